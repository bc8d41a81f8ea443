"""The versions of a document, told from its states: what counts, and what is passed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from participation.document import VersionStatus
from site_src.messages import Message, message
from site_src.problems import Problem, hint, warning
from site_src.source_values import SourceDocument
from site_src.states import State, Unreadable

SHORT = 10  # characters that name a commit for people

Count = Callable[[SourceDocument], int]


@dataclass(slots=True)
class VersionHistory:
    """The states that bear each version, oldest first, and what is wrong with the others."""

    path: str
    versions: list[list[State]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def version_history(
    path: str, states: Sequence[State | Unreadable], count: Count
) -> VersionHistory:
    """Tell the versions of the document at ``path``; ``count`` counts a text's paragraphs.

    Versions count up by one, and a correction keeps the number of paragraphs. A state that
    does otherwise is refused where it is the newest, else passed over: it was mended since.
    Drafts publish nothing.
    """
    told = VersionHistory(path)
    walk = _Walk(told, count)
    for state in states[:-1]:
        walk.take(state, is_newest=False)
    for state in states[-1:]:
        walk.take(state, is_newest=True)
    return told


@dataclass(slots=True)
class _Walk:
    """Goes through the states and sorts each into its version."""

    told: VersionHistory
    count: Count
    unread: list[Unreadable] = field(default_factory=list)  # since the last state that was read

    def take(self, state: State | Unreadable, *, is_newest: bool) -> None:
        if isinstance(state, Unreadable):
            self.unread.append(state)
            self.told.problems.append(_passed_over(self.told.path, state.commit, UNREADABLE))
        elif state.document.status is not VersionStatus.DRAFT:
            self._take(state, is_newest=is_newest)

    def _take(self, state: State, *, is_newest: bool) -> None:
        wrong = self._wrong(state)
        if wrong is None:
            self._sort_in(state)
        elif is_newest:
            line = state.document.file.line("version")
            self.told.problems.append(Problem(self.told.path, line, *wrong))
        else:
            self.told.problems.append(_passed_over(self.told.path, state.commit, wrong[0]))

    def _wrong(self, state: State) -> tuple[Message, Message] | None:
        if not self.told.versions:
            return None
        first = self.told.versions[-1][0]
        number, current = state.number, first.number
        if number == current:
            return _other_count(first, self.count(state.document), self.count(first.document))
        if number < current:
            return _goes_back(number, current)
        if number > current + 1 and not self.unread:
            return _jumps(number, current)
        return None

    def _sort_in(self, state: State) -> None:
        current = self.told.versions[-1][0].number if self.told.versions else 0
        if state.number == current:
            self.told.versions[-1].append(state)
        else:
            self._name_lost(range(current + 1, state.number))
            self.told.versions.append([state])
        self.unread.clear()

    def _name_lost(self, numbers: range) -> None:
        for number in numbers if self.unread else ():
            named = [one for one in self.unread if one.number == number] or self.unread
            commit = named[-1].commit[:SHORT]
            what = message("version {number} cannot be shown", number=number)
            cure = message(
                "its front matter in commit {commit} cannot be read; if it never appeared, "
                "nothing is to be done",
                commit=commit,
            )
            self.told.problems.append(warning(self.told.path, None, what, cure))


UNREADABLE = message("its front matter cannot be read")


def _passed_over(path: str, commit: str | None, why: Message) -> Problem:
    return hint(
        path,
        None,
        message("commit {commit} is passed over: {why}", commit=(commit or "")[:SHORT], why=why),
        message("nothing is to be done, a later commit has mended it"),
    )


def _other_count(first: State, now: int, then: int) -> tuple[Message, Message] | None:
    if now == then:
        return None
    return (
        message(
            "version {number} was published with {then} paragraphs, and now there are {now}",
            number=first.number,
            then=then,
            now=now,
        ),
        message("raise “version”: a correction changes words, never the number of paragraphs"),
    )


def _goes_back(number: int, current: int) -> tuple[Message, Message]:
    return (
        message("version {number} follows version {current}", number=number, current=current),
        message(
            "write “version: {current}” to correct that text, or “version: {following}” for a "
            "new one; what was published stays",
            current=current,
            following=current + 1,
        ),
    )


def _jumps(number: int, current: int) -> tuple[Message, Message]:
    return (
        message(
            "version {number} follows version {current}, a version between them is missing",
            number=number,
            current=current,
        ),
        message("write “version: {following}”", following=current + 1),
    )
