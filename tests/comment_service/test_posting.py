"""Letters on their way: what is due, once, over a real mail server that may be down."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from threading import Barrier, Thread
from typing import NoReturn

import pytest

from comment_service.mail_links import Links, Purpose
from comment_service.mail_settings import Sender
from comment_service.mail_settings import mail_server as read_url
from comment_service.posting import (
    CLAIMED,
    LINK_HOLDS,
    LONGEST_REST,
    PERSISTENCE,
    Posted,
    Posting,
)
from comment_service.smtp import connected
from comment_service.storage.mail.store import MailStore
from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import Change
from comment_service.web.letters import Letters
from participation.contribution import Contribution
from participation.decision import DecisionStatus
from participation.faults import UnreadableCatalogue
from participation.moderation import erased, withdrawn
from participation.refusals import UnknownDocument
from tests.conftest import Clock
from tests.factories import (
    NOON,
    make_catalogue,
    make_contribution,
    make_decision,
    make_document,
    make_log_entry,
    make_wish,
)
from tests.servers.mail import MailServer

LINKS = Links(b"s" * 32)
KEEP = timedelta(days=365)
SOON = NOON + timedelta(minutes=1)


class Office:
    """A contribution, the store of mail and a sender, with their clock."""

    def __init__(self, server: MailServer) -> None:
        self.server, self.clock = server, Clock(NOON)
        self.store, self.kept = MemoryStore(), MailStore("memory:")
        self.store.add(make_contribution())
        self.catalogue = make_catalogue()
        self.posting = self.another()

    def another(self) -> Posting:
        """Return a sender as another process has it."""
        address = read_url(self.server.url)
        assert address is not None
        sender = Sender("Stadt Übermaß, Geschäftsstelle", "stadt@example.org")
        letters = Letters(
            sender, "https://texte.example.org/", LINKS, lambda: self.catalogue, self.clock
        )
        return Posting(
            self.store,
            self.kept,
            partial(connected, address, "texte.example.org"),
            letters.write,
            sender.address,
            KEEP,
            self.clock,
        )

    def ask(self, wish_id: str = "w1", **changed: object) -> None:
        """Have somebody leave an address."""
        self.kept.ask(make_wish(wish_id, **changed), [], "2024-03-20")

    def confirmed(self, wish_id: str = "w1", **changed: object) -> None:
        """Have somebody leave an address and confirm it."""
        self.ask(wish_id, **changed)
        self.kept.confirm(wish_id, self.clock())

    def publish(self, decision_id: str = "d1", **changed: object) -> None:
        """Publish an answer."""
        decision = make_decision(decision_id, status=DecisionStatus.PUBLISHED, **changed)
        self.store.change([Change(None, decision)], [make_log_entry(f"of {decision.id}")])

    def put(self, before: Contribution, after: Contribution) -> None:
        """Change a contribution."""
        self.store.change([Change(before, after)], [make_log_entry(f"l{id(after)}")])

    def later(self, wait: timedelta) -> datetime:
        """Let time go by."""
        self.clock.now += wait
        return self.clock.now


@pytest.fixture
def office(mail_server: MailServer) -> Iterator[Office]:
    """A sender whose mail server is up."""
    office = Office(mail_server)
    with closing(office.kept):
        yield office


def subjects(letters: list[EmailMessage]) -> list[str]:
    return [letter["Subject"] for letter in letters]


def test_nothing_is_sent_while_nothing_is_due(office: Office):
    office.server.down()
    assert office.posting.round() == Posted()


def test_the_link_to_confirm_is_sent_once(office: Office):
    office.ask()
    assert office.posting.round() == Posted(sent=1)
    assert office.posting.round() == Posted()
    assert subjects(office.server.letters) == [
        "Bitte bestätigen: E-Mail, wenn Ihr Beitrag beantwortet ist"
    ]
    token = LINKS.token(Purpose.CONFIRM, "w1")
    link = f"https://texte.example.org/beitrag/mail/bestaetigen/{token}?lang=de"
    assert link in office.server.letters[0].get_content()


def test_nobody_is_told_of_an_answer_before_the_address_is_confirmed(office: Office):
    office.ask()
    office.publish()
    office.posting.round()
    office.posting.round()
    assert len(office.server.letters) == 1


def test_an_answer_is_told_once_and_the_address_is_gone(office: Office):
    office.confirmed()
    office.posting.round()
    assert office.server.letters == []
    office.publish()
    assert office.posting.round() == Posted(sent=1)
    assert office.kept.wishes() == []
    assert office.posting.round() == Posted()
    assert subjects(office.server.letters) == ["Die Arbeitsgruppe hat Ihren Beitrag beantwortet"]


def test_an_address_that_is_confirmed_after_the_answer_is_told_at_once(office: Office):
    office.ask()
    office.publish()
    office.posting.round()
    office.kept.confirm("w1", NOON)
    assert office.posting.round() == Posted(sent=1)


def test_many_are_told_when_many_are_answered_at_once(office: Office):
    for number in range(2, 5):
        office.store.add(make_contribution(f"c{number}"))
        office.confirmed(f"w{number}", contribution=f"c{number}")
    office.publish(contributions=("c2", "c3", "c4"))
    assert office.posting.round() == Posted(sent=3)


def test_a_draft_of_an_answer_is_told_to_nobody(office: Office):
    office.confirmed()
    draft = make_decision(status=DecisionStatus.DRAFT)
    office.store.change([Change(None, draft)], [make_log_entry()])
    assert office.posting.round() == Posted()


def test_an_answer_is_found_by_a_sender_that_was_not_there_when_it_was_published(office: Office):
    office.confirmed()
    office.publish()
    assert office.another().round() == Posted(sent=1)


def test_a_letter_has_the_headers_that_programs_need(office: Office):
    office.confirmed(language="en")
    office.publish()
    office.posting.round()
    letter, raw = office.server.letters[0], office.server.envelopes[0].content
    stop = f"https://texte.example.org/beitrag/mail/abmelden/{LINKS.token(Purpose.STOP, 'w1')}"
    assert letter["From"].addresses[0].display_name == "Stadt Übermaß, Geschäftsstelle"
    assert str(letter["To"]) == "ada@example.org"
    assert letter["Subject"] == "The working group has answered your contribution"
    assert letter["Date"].datetime == NOON
    assert letter["Message-ID"].endswith("@texte.example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "en"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content_charset() == "utf-8"
    assert isinstance(raw, bytes)
    assert f"\r\nList-Unsubscribe: <{stop}?lang=en>\r\n".encode() in raw
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert raw.isascii()


def test_a_letter_says_what_became_of_it_and_where_it_stands(office: Office):
    office.confirmed()
    office.publish()
    office.posting.round()
    text = office.server.letters[0].get_content()
    for words in (
        "Leitlinien, Fassung 1, Rn. 2",
        "Was daraus wurde: übernommen",
        "Das fehlte.",
        "https://texte.example.org/beitrag/leitlinien/1/2?lang=de",
        "https://texte.example.org/beitrag/quittung?lang=de",
    ):
        assert words in text


def test_no_words_of_residents_stand_in_a_letter(office: Office):
    office.ask()
    office.posting.round()
    office.kept.confirm("w1", NOON)
    office.publish()
    office.posting.round()
    for envelope in office.server.envelopes:
        assert isinstance(envelope.content, bytes)
        assert b"nke." not in envelope.content  # of "Bitte mehr Bänke."
        assert b"Ada" not in envelope.content


def test_a_server_that_is_down_delays_letters_and_loses_none(office: Office):
    office.confirmed()
    office.store.add(make_contribution("c2"))
    office.ask("w2", contribution="c2", address="eda@example.org")
    office.publish()
    office.server.down()
    down = office.posting.round()
    assert down.trouble is not None
    assert "refused" in down.trouble
    assert len(office.kept.wishes()) == 2
    office.server.up()
    assert office.posting.round().trouble == down.trouble  # it is not asked again so soon
    assert office.server.letters == []
    office.later(timedelta(minutes=1))
    assert office.posting.round() == Posted(sent=2)
    assert office.kept.trouble() is None


def test_a_server_that_stays_down_is_asked_more_and_more_rarely(office: Office):
    office.ask()
    office.server.down()
    waits = []
    for _ in range(8):
        office.posting.round()
        trouble = office.kept.trouble()
        assert trouble is not None
        assert trouble.since == NOON
        waits.append(int((trouble.next_try_at - office.clock()).total_seconds() // 60))
        office.clock.now = trouble.next_try_at
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    office.server.up()
    assert office.posting.round() == Posted(sent=1)


def test_trouble_for_weeks_costs_nobody_their_letter(office: Office):
    office.confirmed()
    office.publish()
    office.server.down()
    for _ in range(20):
        office.posting.round()
        office.later(timedelta(days=1))
    office.server.up()
    assert office.posting.round() == Posted(sent=1)


def test_a_letter_that_is_put_off_is_tried_more_and_more_rarely_and_then_given_up(office: Office):
    office.ask()
    office.server.on_recipient = lambda _: "450 4.2.0 greylisted, try again"
    waits = []
    while office.kept.wishes():
        posted = office.posting.round()
        if posted.put_off:
            due = office.kept.wishes()[0].due_at
            assert due is not None
            waits.append(int((due - office.clock()).total_seconds() // 60))
            office.clock.now = due
    assert waits[:5] == [5, 15, 45, 135, 360]
    assert office.clock() - NOON > PERSISTENCE
    assert [one.reply for one in office.kept.given_up()] == ["450 4.2.0 greylisted, try again"]


def test_a_letter_that_is_put_off_keeps_no_other_from_being_sent(office: Office):
    office.store.add(make_contribution("c2"))
    office.ask()
    office.ask("w2", contribution="c2", address="eda@example.org")
    office.server.on_recipient = lambda to: "450 later" if to == "ada@example.org" else "250 OK"
    assert office.posting.round() == Posted(sent=1, put_off=1)
    office.server.on_recipient = lambda _: "250 OK"
    office.later(timedelta(minutes=5))
    assert office.posting.round() == Posted(sent=1)


def test_an_address_that_does_not_exist_is_deleted_and_the_operator_told(
    office: Office, caplog: pytest.LogCaptureFixture
):
    office.ask()
    office.server.on_recipient = lambda _: "550 5.1.1 <ada@example.org>: unknown"
    assert office.posting.round() == Posted(given_up=1)
    assert office.kept.wishes() == []
    assert [one.reply for one in office.kept.given_up()] == ["550 5.1.1 <…>: unknown"]
    assert [record.msg for record in caplog.records if record.name == "comment_service"] == [
        "mail-given-up"
    ]
    assert "ada" not in caplog.text
    assert office.posting.round() == Posted()


def test_what_is_our_own_fault_costs_nobody_their_address(office: Office):
    office.ask()
    office.server.on_recipient = lambda _: "550 5.7.1 relaying denied"
    assert office.posting.round() == Posted(put_off=1)
    assert len(office.kept.wishes()) == 1


def test_a_letter_whose_receipt_was_lost_is_sent_again_under_the_same_name(office: Office):
    office.ask()
    office.server.on_letter = lambda: None  # it is taken, and then the server hangs up
    assert office.posting.round().trouble is not None
    office.server.on_letter = lambda: "250 OK"
    office.later(timedelta(minutes=1))
    assert office.posting.round() == Posted(sent=1)
    first, second = office.server.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_a_letter_at_which_the_server_hangs_up_keeps_no_other_from_being_sent(office: Office):
    office.store.add(make_contribution("c2"))
    office.ask()
    office.ask("w2", contribution="c2", address="eda@example.org", due_at=SOON)
    office.later(CLAIMED)
    office.server.on_recipient = lambda to: "421 no" if to == "ada@example.org" else "250 OK"
    assert office.posting.round().trouble == "421 no"
    office.later(timedelta(minutes=1))
    assert office.posting.round().sent == 1
    assert [str(letter["To"]) for letter in office.server.letters] == ["eda@example.org"]


def test_a_letter_of_a_sender_that_died_is_sent_by_another_one_after_a_while(office: Office):
    office.ask()
    assert office.kept.claim(office.kept.due(NOON, 1)[0], NOON + CLAIMED)  # then it dies
    assert office.another().round() == Posted()
    office.later(CLAIMED)
    assert office.another().round() == Posted(sent=1)


def test_of_many_senders_at_once_each_letter_is_sent_by_one(office: Office):
    for number in range(2, 12):
        office.store.add(make_contribution(f"c{number}"))
        office.ask(f"w{number}", contribution=f"c{number}", address=f"ada{number}@example.org")
    together = Barrier(4)

    def send() -> None:
        posting = office.another()
        together.wait()
        posting.round()

    senders = [Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    recipients = [str(letter["To"]) for letter in office.server.letters]
    assert sorted(recipients) == sorted(f"ada{number}@example.org" for number in range(2, 12))


@pytest.mark.parametrize("gone", ["withdrawn", "erased", "unknown"])
def test_the_address_goes_with_its_contribution(office: Office, gone: str):
    one = make_contribution()
    office.confirmed(contribution="c9" if gone == "unknown" else "c1")
    if gone != "unknown":
        office.put(one, withdrawn(one) if gone == "withdrawn" else erased(one, NOON))
    office.publish()
    assert office.posting.round() == Posted()
    assert office.kept.wishes() == []


def test_a_contribution_that_is_withdrawn_while_its_letter_waits_is_told_to_nobody(
    office: Office,
):
    office.confirmed()
    office.publish()
    office.server.down()
    office.posting.round()
    office.put(make_contribution(), withdrawn(make_contribution()))
    office.server.up()
    office.later(timedelta(minutes=1))
    assert office.posting.round() == Posted()
    assert office.kept.wishes() == []


def test_a_contribution_that_is_withdrawn_while_others_are_told_is_told_to_nobody(office: Office):
    second = make_contribution("c2")
    office.store.add(second)
    office.confirmed()
    office.confirmed("w2", contribution="c2", address="eda@example.org")
    office.publish(contributions=("c1", "c2"))

    def withdraw_second(_: str) -> str:
        if office.store.get("c2") == second:
            office.put(second, withdrawn(second))
        return "250 OK"

    office.server.on_recipient = withdraw_second
    assert office.posting.round() == Posted(sent=1)
    assert office.kept.wishes() == []


def test_an_answer_that_was_given_to_others_while_its_letter_waited_is_waited_for(office: Office):
    office.confirmed()
    office.publish()
    office.server.down()
    office.posting.round()
    before = office.store.decision("d1")
    after = replace(before, contributions=("c2",))
    office.store.change([Change(before, after)], [make_log_entry("l9")])
    office.server.up()
    office.later(timedelta(minutes=1))
    assert office.posting.round() == Posted()
    office.publish("d2")
    assert office.posting.round() == Posted(sent=1)


def test_an_address_that_nobody_confirms_is_deleted_when_its_link_is_over(office: Office):
    office.ask()
    office.posting.round()
    office.later(LINK_HOLDS)
    office.posting.round()
    assert len(office.kept.wishes()) == 1
    office.later(timedelta(seconds=1))
    office.posting.round()
    assert office.kept.wishes() == []


def test_a_link_holds_from_when_it_was_sent_and_not_from_when_it_was_asked_for(office: Office):
    office.ask()
    office.server.down()
    office.posting.round()
    office.later(LINK_HOLDS + LONGEST_REST)
    office.server.up()
    office.posting.round()
    office.later(LINK_HOLDS)
    office.posting.round()
    assert len(office.kept.wishes()) == 1


def test_a_confirmed_address_does_not_wait_for_ever(office: Office):
    office.confirmed()
    office.later(KEEP)
    office.posting.round()
    assert len(office.kept.wishes()) == 1
    office.later(timedelta(seconds=1))
    office.posting.round()
    assert office.kept.wishes() == []


def test_a_letter_that_cannot_be_written_is_tried_again_later(office: Office):
    office.ask()
    whole, office.catalogue = office.catalogue, make_catalogue(make_document("methodenkoffer"))
    with pytest.raises(UnknownDocument):
        office.posting.round()
    office.catalogue = whole
    assert office.posting.round() == Posted()
    office.later(CLAIMED)
    assert office.posting.round() == Posted(sent=1)


def test_a_letter_stays_due_while_the_catalogue_cannot_be_read(office: Office):
    office.ask()

    def missing() -> NoReturn:
        raise UnreadableCatalogue("it is missing")

    letters = Letters(
        Sender("", "stadt@example.org"), "https://x.example/", LINKS, missing, office.clock
    )
    with pytest.raises(UnreadableCatalogue):
        replace(office.posting, write=letters.write).round()
    assert office.posting.round() == Posted(sent=1)


def test_whoever_replied_is_told_when_the_contribution_is_answered(office: Office):
    office.store.add(make_contribution("c2", in_reply_to="c1"))
    office.confirmed("w2", contribution="c2")
    office.publish()
    assert office.posting.round() == Posted(sent=1)
    text = office.server.letters[0].get_content()
    assert "den Beitrag beantwortet, zu dem Sie eine Erwiderung geschrieben haben" in text
