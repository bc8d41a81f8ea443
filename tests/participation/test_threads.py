"""Replies stand under what they answer; what that was may be gone."""

from datetime import timedelta

from participation.threads import Thread, threads
from participation.window import HOME
from tests.factories import NOON, make_public, public_id


def test_replies_stand_under_what_they_answer_oldest_first():
    later = (NOON + timedelta(hours=1)).astimezone(HOME)
    late = make_public(3, in_reply_to=public_id(1), received_at=later)
    first, other = make_public(1), make_public(2)
    early = make_public(4, in_reply_to=public_id(1))
    found = threads([late, first, other, early])
    assert found == (Thread(first, (early, late)), Thread(other))
    assert found[0].all == (first, early, late)


def test_a_reply_to_what_is_gone_stands_for_itself():
    orphan = make_public(2, in_reply_to=public_id(9))
    assert threads([orphan]) == (Thread(orphan),)


def test_a_reply_to_a_reply_is_not_lost():
    first = make_public(1)
    reply = make_public(2, in_reply_to=public_id(1))
    deeper = make_public(3, in_reply_to=public_id(2))
    assert threads([first, reply, deeper]) == (Thread(first, (reply,)), Thread(deeper))
