"""What the working group does with contributions: answer them, revise, publish, discard."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from comment_service.marks import Marks
from comment_service.storage.protocol import Change, Store
from participation.account import Account
from participation.answer_draft import AnswerDraft, Ground, read_answer
from participation.catalogue import Catalogue
from participation.contribution import Contribution
from participation.deciding import (
    Hand,
    answers,
    decided,
    digest_of_decision,
    discarded,
    published,
    revised,
)
from participation.decision import Answer, Decision, DecisionStatus
from participation.log_entry import Changed, LogEntry
from participation.permissions import Action, allow
from participation.refusals import AlreadyAnswered, ChangedMeanwhile, FieldProblem, InvalidInput
from participation.text_digest import words_digest

NOTHING = "none"  # what the log tells of a decision before there was one


@dataclass(frozen=True, slots=True)
class SeenDecision:
    """A decision as somebody saw it: ``digest`` is of ``digest_of_decision``."""

    id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Revised:
    """A decision as it was, and what it is to say, for which contributions (ids)."""

    before: Decision
    answer: Answer
    contributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """The use cases of answering, with all they lean on handed in."""

    published: Callable[[], Catalogue]
    store: Store
    marks: Marks
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def answer(
        self, account: Account, chosen: Sequence[str], draft: AnswerDraft, *, publish: bool = False
    ) -> Decision:
        """Answer contributions, by their ids, all of them with the same words.

        Raises:
            NotPermitted: If the account may not answer, or not publish.
            UnknownContribution: If there is none of such an id.
            AlreadyAnswered: If one of them has an answer, perhaps as a draft.
            InvalidInput: If none was chosen, or a field cannot be taken.
        """
        self._allow(account, publish=publish)
        contributions = self._together(chosen)
        place = contributions[0].ref.document, contributions[0].ref.version
        self._refuse_answered(place[0], chosen)
        answer = read_answer(draft, self.ground(*place))
        hand = self._hand(account)
        decision = decided(answer, place, chosen, hand, decision_id=self.new_id())
        made = published(decision, hand) if publish else decision
        self._keep([(None, made)], hand)
        return made

    def revise(
        self,
        account: Account,
        seen: SeenDecision,
        chosen: Sequence[str],
        draft: AnswerDraft,
        *,
        publish: bool = False,
    ) -> Decision:
        """Give a decision other words or contributions; what is public changes at once.

        Raises:
            NotPermitted, UnknownContribution, AlreadyAnswered, InvalidInput: As ``answer``.
            UnknownDecision: If there is none of that id.
            ChangedMeanwhile: If it is no longer as it was seen.
            DecisionIsDiscarded: If it was discarded.
        """
        before = self._look(seen)
        is_public = before.status is DecisionStatus.PUBLISHED
        self._allow(account, publish=publish or is_public)
        self._together(chosen, (before.document, before.version))
        self._refuse_answered(before.document, chosen, but=before.id)
        answer = read_answer(draft, self.ground(before.document, before.version))
        hand = self._hand(account)
        after = revised(before, answer, chosen, hand)
        after = published(after, hand) if publish else after
        self._keep([(before, after)], hand)
        return after

    def publish(self, account: Account, seen: Sequence[SeenDecision]) -> list[Decision]:
        """Publish decisions, all of them or none.

        Raises:
            NotPermitted: If the account may not publish.
            UnknownDecision, ChangedMeanwhile, DecisionIsDiscarded: As ``revise``.
        """
        allow(account, Action.PUBLISH_ANSWERS)
        hand = self._hand(account)
        before = [self._look(one) for one in seen]
        after = [published(one, hand) for one in before]
        self._keep(list(zip(before, after, strict=True)), hand)
        return after

    def discard(self, account: Account, seen: SeenDecision) -> Decision:
        """Discard a draft.

        Raises:
            NotPermitted: If the account may not answer.
            DecisionIsPublic: If it is no draft.
            UnknownDecision, ChangedMeanwhile: As ``revise``.
        """
        allow(account, Action.ANSWER)
        hand, before = self._hand(account), self._look(seen)
        after = discarded(before, hand)
        self._keep([(before, after)], hand)
        return after

    def carry_out(
        self,
        account: Account,
        place: tuple[str, int],
        new: Sequence[tuple[str, Answer]],
        changed: Sequence[Revised],
    ) -> None:
        """Keep what a table says, all of it or nothing; ``new`` are ids with their answers.

        Raises:
            NotPermitted: If the account may not answer, or something is public already and it
                may not publish.
            ChangedMeanwhile: If a decision is no longer as it was before.
            AlreadyAnswered: If a contribution has got an answer in between.
        """
        is_public = any(one.before.status is DecisionStatus.PUBLISHED for one in changed)
        self._allow(account, publish=is_public)
        self._refuse_answered(place[0], [one for one, _ in new])
        hand = self._hand(account)
        pairs: list[tuple[Decision | None, Decision]] = [
            (None, decided(answer, place, [one], hand, decision_id=self.new_id()))
            for one, answer in new
        ]
        pairs += [
            (one.before, revised(one.before, one.answer, one.contributions, hand))
            for one in changed
        ]
        self._keep(pairs, hand)

    def ground(self, slug: str, version: int) -> Ground:
        """Return what answers to contributions on a version may refer to.

        Raises:
            UnknownDocument, UnknownVersion: If there is no such one.
        """
        catalogue = self.published()
        catalogue.version(slug, version)
        days = {minutes.date for minutes in catalogue.meetings}
        return Ground(catalogue.document(slug), version, days)

    def refuse_reworded(self, worded: Mapping[str, str]) -> None:
        """Return if contributions say what they said; ``worded`` are digests by id.

        Raises:
            UnknownContribution: If there is none of such an id.
            ChangedMeanwhile: If an author has corrected one, or its words were taken out.
        """
        for contribution_id, digest in worded.items():
            if words_digest(self.store.get(contribution_id)) != digest:
                raise ChangedMeanwhile(contribution_id)

    def _allow(self, account: Account, *, publish: bool) -> None:
        allow(account, Action.ANSWER)
        if publish:
            allow(account, Action.PUBLISH_ANSWERS)

    def _look(self, seen: SeenDecision) -> Decision:
        now = self.store.decision(seen.id)
        if digest_of_decision(now) != seen.digest:
            raise ChangedMeanwhile(seen.id)
        return now

    def _together(
        self, chosen: Sequence[str], place: tuple[str, int] | None = None
    ) -> list[Contribution]:
        """Return the contributions, which are all on one version: that of ``place``, if given."""
        if not chosen:
            raise InvalidInput({"contributions": FieldProblem("nothing-chosen")})
        found = [self.store.get(one) for one in chosen]
        places = {(one.ref.document, one.ref.version) for one in found}
        if len(places | ({place} if place else set())) > 1:
            raise InvalidInput({"contributions": FieldProblem("mixed-versions")})
        return found

    def _refuse_answered(self, slug: str, chosen: Iterable[str], *, but: str = "") -> None:
        known = answers(self.store.decisions(slug))
        for one in chosen:
            if one in known and known[one].id != but:
                raise AlreadyAnswered(one)

    def _hand(self, account: Account) -> Hand:
        return Hand(account.role, self.clock())

    def _keep(self, pairs: Sequence[tuple[Decision | None, Decision]], hand: Hand) -> None:
        changed = [(before, after) for before, after in pairs if before != after]
        if not changed:
            return
        entries = [entry for before, after in changed for entry in self._told(before, after, hand)]
        self.store.change([Change(before, after) for before, after in changed], entries)
        for slug in {after.document for _, after in changed}:
            self.marks.forget(slug)

    def _told(self, before: Decision | None, after: Decision, hand: Hand) -> Iterator[LogEntry]:
        """Yield what the log tells: digests of what was said, and statuses in words."""
        said = NOTHING if before is None else _said(before)
        if said != _said(after):
            yield self._entry(after, hand, said, _said(after))
        status = DecisionStatus.DRAFT if before is None else before.status
        if status is not after.status:
            yield self._entry(after, hand, status.value, after.status.value)

    def _entry(self, decision: Decision, hand: Hand, old: str, new: str) -> LogEntry:
        return LogEntry(self.new_id(), hand.at, hand.role, decision.id, Changed.DECISION, old, new)


def _said(decision: Decision) -> str:
    return digest_of_decision(decision, with_status=False)
