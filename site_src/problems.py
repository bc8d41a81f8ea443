"""Problems: what is wrong in the sources, where, and what to do about it."""

from dataclasses import dataclass
from enum import IntEnum

from site_src.messages import Message, Translator, message


class Level(IntEnum):
    """How much a problem weighs."""

    ERROR = 0  # nothing is published
    WARNING = 1  # is published, but somebody should know
    HINT = 2  # is fine, and could be better


INTRODUCTIONS = {
    Level.WARNING: message("Warning: {what}; {cure}"),
    Level.HINT: message("Hint: {what}; {cure}"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ``path`` is relative to the content, ``line`` counts from 1."""

    path: str
    line: int | None
    what: Message
    cure: Message
    level: Level = Level.ERROR

    def in_words(self, translator: Translator) -> str:
        """Return ``guidelines/leitlinien.md:7: what is wrong; what to do``."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        what, cure = self.what.in_words(translator), self.cure.in_words(translator)
        introduction = INTRODUCTIONS.get(self.level)
        if introduction is None:
            return f"{place}: {what}; {cure}"
        return f"{place}: {translator.gettext(introduction.english, what=what, cure=cure)}"


def hint(path: str, line: int | None, what: Message, cure: Message) -> Problem:
    """Return a problem that does not keep anything from being published."""
    return Problem(path, line, what, cure, Level.HINT)


def warning(path: str, line: int | None, what: Message, cure: Message) -> Problem:
    """Return a problem that somebody should know of before it is published."""
    return Problem(path, line, what, cure, Level.WARNING)


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return the problems by file and line, each once."""
    unique = list(dict.fromkeys(problems))
    return sorted(unique, key=lambda problem: (problem.path, problem.line or 0, problem.level))


def errors(problems: list[Problem]) -> list[Problem]:
    """Return those that keep the site from being published."""
    return [problem for problem in problems if problem.level is Level.ERROR]


class BrokenSource(Exception):
    """A source cannot be read at all; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what.english)
        self.problem = problem
