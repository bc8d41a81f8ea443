"""The thread that sends letters goes on, whatever happens, and tells each trouble once."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Condition, Event

import pytest

from comment_service.posting import Posted, Posting
from comment_service.posting_regularly import PostingRegularly
from participation.faults import StoreUnavailable
from tests.comment_service.test_posting import Office
from tests.servers.mail import MailServer

PATIENCE = 20.0  # seconds, after which a round that does not come is missed


class Rounds:
    """Hands out a sender for each round, or the trouble that keeps it from being made."""

    def __init__(self, office: Office) -> None:
        self.posting = office.posting
        self.trouble: list[Exception] = []
        self._begun, self._changed = 0, Condition()

    def __call__(self) -> Posting:
        with self._changed:
            self._begun += 1
            self._changed.notify_all()
        if self.trouble:
            raise self.trouble[0]
        return self.posting

    def wait_for(self, number: int) -> None:
        """Return once so many rounds were begun."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._begun >= number, PATIENCE)


@contextmanager
def running(rounds: Rounds, awake: Event) -> Iterator[None]:
    regularly = PostingRegularly(rounds, awake)
    regularly.start()
    try:
        yield
    finally:
        regularly.stop()


@pytest.fixture
def office(mail_server: MailServer) -> Iterator[Office]:
    """A sender whose mail server is up."""
    office = Office(mail_server)
    with closing(office.kept):
        yield office


@pytest.mark.parametrize("trouble", [StoreUnavailable("is gone"), ValueError("a mistake of ours")])
def test_a_trouble_is_told_once_and_ends_nothing(
    office: Office, caplog: pytest.LogCaptureFixture, trouble: Exception
):
    rounds, awake = Rounds(office), Event()
    rounds.trouble = [trouble]
    with caplog.at_level(logging.ERROR, "comment_service"), running(rounds, awake):
        for number in (1, 2, 3):
            rounds.wait_for(number)
            awake.set()
        rounds.wait_for(4)
        rounds.trouble = []
        office.ask()
        awake.set()
        assert len(office.server.wait_for(1)) == 1
    told = [vars(record).get("reason") for record in caplog.records]
    assert told == [str(trouble)]


def test_whoever_wakes_it_does_not_wait_for_the_next_round(office: Office):
    rounds, awake = Rounds(office), Event()
    with running(rounds, awake):
        rounds.wait_for(1)
        office.ask()
        awake.set()
        assert len(office.server.wait_for(1)) == 1


def test_rounds_add_up():
    assert Posted(1, 2, 3) + Posted(1, 0, 1, "down") == Posted(2, 2, 4, "down")
