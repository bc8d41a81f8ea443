"""The sender of letters: what is due is found in what is kept, so that no crash can lose it."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from comment_service.mailing import day_of, is_gone
from comment_service.smtp import Line, NotTaken, Refused, ServerTrouble
from comment_service.storage.mail.store import MailStore
from comment_service.storage.mail.wish import GivenUp, Letter, Limits, Trouble, Wish
from comment_service.storage.protocol import Store
from participation.contribution import Contribution
from participation.decision import Decision, DecisionStatus
from participation.faults import Fault
from participation.refusals import UnknownContribution

LINK_HOLDS = timedelta(days=7)  # since the letter with it was sent
NEVER_SENT = timedelta(days=30)  # an address whose link could not be sent for so long
NOTED = timedelta(days=30)  # what was given up
PERSISTENCE = timedelta(days=5)  # with a letter that is put off; source: RFC 5321, section 4.5.4.1
CLAIMED = timedelta(hours=1)  # longer than the steps of one letter take together
MOST = 200  # letters of one round
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)  # for a letter put off
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=30)  # for a server in trouble

log = logging.getLogger("comment_service")


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter is about: a contribution and, once there is one, its answer."""

    contribution: Contribution
    decision: Decision | None


@dataclass(slots=True)
class Posted:
    """What became of the letters of one round; ``trouble`` is what the mail server said."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    trouble: str | None = None

    def __add__(self, other: "Posted") -> "Posted":
        return Posted(
            self.sent + other.sent,
            self.put_off + other.put_off,
            self.given_up + other.given_up,
            other.trouble or self.trouble,
        )


@dataclass(frozen=True, slots=True)
class Posting:
    """Sends what is due, with all it leans on handed in; any number of processes may do so."""

    store: Store
    kept: MailStore
    connect: Callable[[], AbstractContextManager[Line]]
    write: Callable[[Wish, Told], bytes]
    sender: str
    keep: timedelta  # for which a confirmed address waits for an answer at most
    clock: Callable[[], datetime]
    _looked: dict[str, object] = field(default_factory=dict)  # by document: what was seen last

    def round(self) -> Posted:
        """Delete what is too old or not wanted any more, and send all that is due.

        Raises:
            StoreUnavailable, UnreadableCatalogue: If it cannot be known what is due; it stays so.
        """
        now = self.clock()
        self.kept.tidy(self._limits(now))
        self._look_for_answers(now)
        due, trouble = self.kept.due(now, MOST), self.kept.trouble()
        if due and trouble is not None and trouble.next_try_at > now:
            return Posted(trouble=trouble.reason)
        return self._deliver(due, trouble) if due else Posted()

    def _deliver(self, due: list[Wish], before: Trouble | None) -> Posted:
        posted = Posted()
        try:
            with self.connect() as line:
                for wish in due:
                    self._send(line, wish, posted)
                    if before is not None:
                        self.kept.clear_trouble()
                        before = None
        except ServerTrouble as trouble:
            posted.trouble = str(trouble)
            self._note(posted.trouble, before)
        return posted

    def _send(self, line: Line, seen: Wish, posted: Posted) -> None:
        claimed = self.kept.claim(seen, self.clock() + CLAIMED)
        if claimed is None:
            return
        try:
            told = self._told(claimed)
            if told is None:
                return
            line.send(self.sender, claimed.address, self.write(claimed, told))
        except NotTaken as why:
            self._not_taken(claimed, why, posted)
        except Fault:
            self.kept.postpone(claimed, self.clock(), seen.tries)
            raise
        else:
            self.kept.sent(claimed, self.clock())
            posted.sent += 1

    def _not_taken(self, claimed: Wish, why: NotTaken, posted: Posted) -> None:
        now, since = self.clock(), claimed.letter_at or claimed.asked_at
        if isinstance(why, Refused) or now - since > PERSISTENCE:
            self.kept.give_up(claimed, GivenUp(claimed.id, now, _letter(claimed), why.reply))
            log.error("mail-given-up", extra={"letter": _letter(claimed), "reply": why.reply})
            posted.given_up += 1
            return
        wait = growing(claimed.tries, FIRST_WAIT, LONGEST_WAIT, 3)
        self.kept.postpone(claimed, now + wait, claimed.tries)
        log.warning("mail-put-off", extra={"letter": _letter(claimed), "reply": why.reply})
        posted.put_off += 1

    def _note(self, reason: str, before: Trouble | None) -> None:
        now, tries = self.clock(), 1 if before is None else before.tries + 1
        since = now if before is None else before.since
        rest = growing(tries, FIRST_REST, LONGEST_REST, 2)
        self.kept.note_trouble(Trouble(since, tries, now + rest, reason))
        log.error("mail-server", extra={"reason": reason, "since": since.isoformat()})

    def _told(self, claimed: Wish) -> Told | None:
        """Return what there is to tell; where it is nothing, the letter is taken back."""
        one = self._wanted(claimed)
        if one is None:
            self.kept.forget([claimed.id])
            return None
        if claimed.letter is not Letter.ANSWER:
            return Told(one, None)
        decision = _answer_to(one, self._answers(claimed.document))
        if decision is None:  # it was revised, and answers others now
            self.kept.take_back(claimed)
            return None
        return Told(one, decision)

    def _look_for_answers(self, now: datetime) -> None:
        for slug, group in groupby(sorted(self.kept.wishes(), key=_document), _document):
            wishes = list(group)
            seen = self.store.state(slug), [(one.id, one.confirmed_at) for one in wishes]
            if self._looked.get(slug) != seen:
                self._look(slug, wishes, now)
                self._looked[slug] = seen

    def _look(self, slug: str, wishes: list[Wish], now: datetime) -> None:
        wanted = {wish.id: self._wanted(wish) for wish in wishes}
        self.kept.forget([wish_id for wish_id, one in wanted.items() if one is None])
        answers = self._answers(slug)
        answered = [name for name, one in wanted.items() if one and _answer_to(one, answers)]
        self.kept.call_for_answers(answered, now)

    def _wanted(self, wish: Wish) -> Contribution | None:
        """Return the contribution of a wish, None if nobody is to be told of it any more."""
        try:
            one = self.store.get(wish.contribution)
        except UnknownContribution:
            return None
        return None if is_gone(one) else one

    def _answers(self, slug: str) -> dict[str, Decision]:
        """Return what was published on a document, by the contributions that it answers."""
        return dict(_by_contribution(self.store.decisions(slug)))

    def _limits(self, now: datetime) -> Limits:
        return Limits(
            sent=now - LINK_HOLDS,
            asked=now - NEVER_SENT,
            confirmed=now - self.keep,
            given_up=now - NOTED,
            day=day_of(now),
        )


def growing(tries: int, first: timedelta, longest: timedelta, factor: int) -> timedelta:
    """Return how long to wait after so many tries in a row, of which there was one at least."""
    steps: int = factor ** min(tries - 1, 9)
    return min(first * steps, longest)


def _by_contribution(decisions: list[Decision]) -> Iterator[tuple[str, Decision]]:
    for decision in decisions:
        if decision.status is DecisionStatus.PUBLISHED:
            for contribution_id in decision.contributions:
                yield contribution_id, decision


def _answer_to(one: Contribution, answers: Mapping[str, Decision]) -> Decision | None:
    """Return what answers a contribution; for a reply, also what answers its contribution."""
    return answers.get(one.id) or answers.get(one.in_reply_to or "")


def _letter(wish: Wish) -> Letter:
    return wish.letter or Letter.CONFIRMATION


def _document(wish: Wish) -> str:
    return wish.document
