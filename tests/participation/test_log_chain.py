from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from participation.log_chain import BEGINNING, Logged, chained, digest_of, first_break
from tests.factories import NOON, make_log_entry

LOG = tuple(chained(make_log_entry(f"l{number}") for number in range(4)))


def test_what_was_appended_in_order_has_no_break():
    assert first_break(LOG) is None
    assert first_break([]) is None


def test_the_digests_are_those_of_every_release():
    entry = make_log_entry(reason="Beleidigung: „ä“")
    first = "13faad65dceb962eea8420034a709a3fd31f849723616b7ad86f08cdb5a384a7"
    assert digest_of(BEGINNING, entry) == first


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "l9"},
        {"at": NOON + timedelta(microseconds=1)},
        {"role": "editor"},
        {"subject": "c2"},
        {"changed": "text"},
        {"old": "hidden"},
        {"new": "published"},
        {"reason": None},
    ],
)
def test_an_entry_that_was_changed_is_where_the_chain_breaks(changed: dict[str, object]):
    forged = Logged(replace(LOG[2].entry, **changed), LOG[2].digest)  # type: ignore[arg-type]  # whatever
    assert first_break([*LOG[:2], forged, LOG[3]]) == forged


def test_what_follows_an_entry_that_is_gone_is_where_the_chain_breaks():
    assert first_break([LOG[0], *LOG[2:]]) == LOG[2]


def test_entries_that_changed_places_are_where_the_chain_breaks():
    assert first_break([LOG[1], LOG[0], *LOG[2:]]) == LOG[1]


def test_the_time_zone_of_a_moment_changes_no_digest():
    entry = make_log_entry()
    there = replace(entry, at=NOON.astimezone(timezone(timedelta(hours=1))))
    assert digest_of(BEGINNING, there) == digest_of(BEGINNING, entry)


def test_more_is_chained_behind_what_is_there():
    more = [make_log_entry("l4"), make_log_entry("l5")]
    assert first_break([*LOG, *chained(more, LOG[-1].digest)]) is None
