"""Finding contributions that are to be answered, and what they are answered with so far."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from comment_service.desk_search import PAGE, folded
from comment_service.making_public import ordinals
from comment_service.marks import Marks
from comment_service.storage.protocol import Store
from participation.contribution import Contribution, ContributionKind, ContributionStatus
from participation.deciding import answers
from participation.decision import Decision, DecisionStatus

NOT_ANSWERED = {ContributionStatus.HIDDEN, ContributionStatus.WITHDRAWN}  # nobody would read it


class AnswerState(StrEnum):
    """How far the answer to a contribution has come."""

    OPEN = "open"
    DRAFT = "draft"
    PUBLISHED = "published"
    ALONG = "along"  # of a reply: the answer to what it replies to stands for it, too


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A contribution with its number, and the decision that answers it, if there is one."""

    contribution: Contribution
    ordinal: int
    decision: Decision | None = None

    @property
    def state(self) -> AnswerState:
        """How far its answer has come."""
        if self.decision is not None:
            return AnswerState(self.decision.status.value)
        is_reply = self.contribution.kind is ContributionKind.REPLY
        return AnswerState.ALONG if is_reply else AnswerState.OPEN


@dataclass(frozen=True, slots=True)
class WantedAnswers:
    """What somebody looks for on one version; what is None makes no difference."""

    document: str
    version: int
    number: int | None = None
    state: AnswerState | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FoundAnswers:
    """What was found, in the order of the text; ``counts`` is by state, whatever is wanted."""

    entries: tuple[ToAnswer, ...]
    counts: Mapping[AnswerState, int]

    @property
    def pages(self) -> int:
        """How many pages it fills."""
        return max(1, -(-len(self.entries) // PAGE))

    def page(self, number: int) -> tuple[ToAnswer, ...]:
        """Return one page of it, counted from 1."""
        return self.entries[(number - 1) * PAGE : number * PAGE]


@dataclass(frozen=True, slots=True)
class _Kept:
    mark: str
    entries: tuple[ToAnswer, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class AnswerSearch:
    """Searches in memory, in what is read of a document once after each change.

    Texts are folded when words are first looked for, and not again while they stay as they are.
    """

    store: Store
    marks: Marks
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _folded: dict[str, tuple[str, str]] = field(default_factory=dict)  # by id: text and folded
    _answered: dict[str, tuple[str, Mapping[str, Decision]]] = field(
        default_factory=dict
    )  # by slug

    def find(self, wanted: WantedAnswers) -> FoundAnswers:
        """Return what is wanted, by number of paragraph, then by number of contribution."""
        fits = [one for one in self._of(wanted.document).entries if _fits(one, wanted)]
        words = folded(wanted.words).split()
        if words:
            fits = [one for one in fits if self._has(one.contribution, words)]
        found = [one for one in fits if wanted.state in {None, one.state}]
        return FoundAnswers(tuple(found), Counter(one.state for one in fits))

    def chosen(self, slug: str, ids: Iterable[str]) -> list[ToAnswer]:
        """Return contributions on a document by their ids, in the order of the text."""
        wanted = set(ids)
        return [one for one in self._of(slug).entries if one.contribution.id in wanted]

    def decision_on(self, slug: str, contribution_id: str) -> Decision | None:
        """Return the decision that answers a contribution on a document, if there is one."""
        # Not by ``_of``: whoever looks at one contribution need not read all of them for that.
        mark, known = self.marks(slug, fresh=True), self._answered.get(slug)
        if known is None or known[0] != mark:
            known = self._answered[slug] = mark, answers(self.store.decisions(slug))
        return known[1].get(contribution_id)

    def drafts(self, slug: str, version: int) -> list[Decision]:
        """Return the drafts of answers to contributions on a version, by id."""
        return [
            one
            for one in self._of(slug).decisions
            if (one.version, one.status) == (version, DecisionStatus.DRAFT)
        ]

    def _of(self, slug: str) -> _Kept:
        mark, kept = self.marks(slug, fresh=True), self._kept.get(slug)
        if kept is not None and kept.mark == mark:
            return kept
        there, decisions = self.store.of_document(slug), self.store.decisions(slug)
        numbers, answered = ordinals(there), answers(decisions)
        entries = [ToAnswer(one, numbers[one.id], answered.get(one.id)) for one in there]
        entries.sort(key=partial(_place, numbers))
        kept = self._kept[slug] = _Kept(mark, tuple(entries), tuple(decisions))
        return kept

    def _has(self, contribution: Contribution, words: list[str]) -> bool:
        text, plain = self._folded.get(contribution.id, ("", ""))
        if text != contribution.text:
            plain = folded(contribution.text)
            self._folded[contribution.id] = (contribution.text, plain)
        return all(word in plain for word in words)


def _place(numbers: Mapping[str, int], one: ToAnswer) -> tuple[int, int, int]:
    """Return where it stands: in the order of the text, a reply behind what it answers."""
    contribution = one.contribution
    first = numbers.get(contribution.in_reply_to or "", one.ordinal)
    return contribution.ref.number, first, one.ordinal


def _fits(one: ToAnswer, wanted: WantedAnswers) -> bool:
    contribution = one.contribution
    return (
        contribution.ref.version == wanted.version
        and contribution.status not in NOT_ANSWERED
        and wanted.number in {None, contribution.ref.number}
    )
