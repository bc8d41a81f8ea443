"""Ways that an editor has settled in ``<slug>.follows.yml``: they overrule the computed ones."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from participation.document import Version
from participation.following import follow
from participation.way import Way
from participation.ways import Targets, overrule
from site_src.messages import message
from site_src.problems import Problem
from site_src.source_files import SourceFile

Follow = Callable[[Sequence[str], Sequence[str]], tuple[Way, ...]]

NUMBER = re.compile(r"[1-9]\d{0,5}")
WORD = re.compile(r"\w+")
ALIKE = 0.5  # of the characters: a corrected word, where two short texts share none


@dataclass(slots=True)
class SettledWays:
    """The ways of one document, as computed and as its editors overrule them.

    ``file`` holds what they have settled, if anything; ``follow`` computes what became of texts;
    ``problems`` are found on the way.
    """

    file: SourceFile | None = None
    follow: Follow = follow
    problems: list[Problem] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # the pairs of versions that were asked for

    def between(self, old: Version, new: Version) -> tuple[Way, ...]:
        """Return the ways between two consecutive versions; refused entries do not count."""
        pair = pair_name(old.number, new.number)
        self.known.append(pair)
        computed = self.follow(old.texts, new.texts)
        if self.file is None or pair not in self.file.front:
            return computed
        settled = dict(_sound(self.file, pair, (old, new), self.problems))
        return overrule(computed, settled, old.texts, new.texts)

    def refuse_unknown(self) -> None:
        """Name every pair of versions in the file that nobody has asked for."""
        if self.file is None:
            return
        for pair in self.file.front:
            if pair not in self.known:
                self.problems.append(_no_pair(self.file, pair, self.known))


def pair_name(old: int, new: int) -> str:
    """Return ``1-2``, as the file and the address of the comparison name two versions."""
    return f"{old}-{new}"


def _sound(
    file: SourceFile, pair: str, versions: tuple[Version, Version], problems: list[Problem]
) -> Iterator[tuple[int, Targets]]:
    """Yield the entries of a pair that make sense; note what is wrong with the others."""
    entries: Mapping[str, list[int]] = file.front[pair]
    for stated, numbers in entries.items():
        wrong = list(_wrong(file, pair, versions, stated, numbers))
        problems += wrong
        if not wrong:
            yield int(stated), tuple(numbers)


def _wrong(
    file: SourceFile,
    pair: str,
    versions: tuple[Version, Version],
    stated: str,
    numbers: Sequence[int],
) -> Iterator[Problem]:
    old, new = versions
    line = file.line(pair, stated)
    if not (NUMBER.fullmatch(stated) and int(stated) <= len(old.paragraphs)):
        yield _no_paragraph(file.path, line, stated, old)
        return
    gone = [number for number in numbers if number > len(new.paragraphs)]
    for number in gone:
        yield _no_paragraph(file.path, line, str(number), new)
    if not gone and numbers and not _akin(old.texts[int(stated) - 1], new.texts, numbers):
        yield _stale(file.path, line, stated, numbers)


def _akin(old: str, texts: Sequence[str], numbers: Sequence[int]) -> bool:
    """Say whether a paragraph and those it is said to have become have anything in common."""
    new = " ".join(texts[number - 1] for number in numbers)
    if not _words(old).isdisjoint(_words(new)):
        return True
    return difflib.SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))


def _no_pair(file: SourceFile, pair: str, known: Sequence[str]) -> Problem:
    choices = ", ".join(known) or "–"
    return Problem(
        file.path,
        file.line(pair),
        message("“{pair}” is no pair of versions that follow each other", pair=pair),
        message("write one of these: {choices}", choices=choices),
    )


def _no_paragraph(path: str, line: int, stated: str, version: Version) -> Problem:
    return Problem(
        path,
        line,
        message(
            "version {version} has no paragraph {number}", version=version.number, number=stated
        ),
        message("its paragraphs are 1 to {last}; correct the number", last=len(version.paragraphs)),
    )


def _stale(path: str, line: int, stated: str, numbers: Sequence[int]) -> Problem:
    new = ", ".join(str(number) for number in numbers)
    return Problem(
        path,
        line,
        message(
            "this entry is stale: old paragraph {old} and new {new} have no word in common",
            old=stated,
            new=new,
        ),
        message("the numbers have probably shifted since; correct or delete the entry"),
    )
