"""Finds plain-language twins that are older than the words of their paragraph."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_src.bare_markdown import BareMarkdown
from site_src.editions import PublishedDocument, paragraphs_of, twins_of
from site_src.messages import message
from site_src.plain_twins import Twin, written_twins
from site_src.problems import Problem, warning
from site_src.source_values import SourceDocument
from site_src.states import State


@dataclass(frozen=True, slots=True)
class _Stage:
    """A text on its way: its words and its twins by paragraph, and where each came from."""

    words: Sequence[str]
    twins: Mapping[int, Twin]
    before: Mapping[int, Collection[int]]  # paragraphs of the stage before; empty: the same ones


def older_twins(
    versions: Sequence[Sequence[State]], published: PublishedDocument, markdown: BareMarkdown
) -> Iterator[Problem]:
    """Yield the twins of the newest text that were written for other words of their paragraph.

    ``versions`` are the states that bear each version, oldest first.
    """
    newest = versions[-1][-1].document
    twins = twins_of(newest, markdown)
    if not twins:
        return
    stages = list(_stages(versions, published, markdown))
    lines = [newest.file.body_line + twin.first for twin in written_twins(newest.file.body)]
    for twin, line in zip(twins, lines, strict=False):
        number = twin.number
        if number is not None and _is_older(stages, number):
            yield _older(newest, line, number)


def _stages(
    versions: Sequence[Sequence[State]], published: PublishedDocument, markdown: BareMarkdown
) -> Iterator[_Stage]:
    for bearing, edition in zip(versions, published.editions, strict=True):
        came_from: dict[int, list[int]] = {}
        for way in edition.version.ways:
            for new in way.new:
                came_from.setdefault(new, []).append(way.old)
        for index, state in enumerate(bearing):
            words = [one.text for one in paragraphs_of(state.document, markdown)]
            twins = {one.number or 0: one for one in twins_of(state.document, markdown)}
            same = {number: [number] for number in range(1, len(words) + 1)}
            yield _Stage(words, twins, same if index else came_from)


def _is_older(stages: Sequence[_Stage], number: int) -> bool:
    """Say whether the twin of a paragraph of the last stage was written for other words."""
    stage, twin = stages[-1], stages[-1].twins[number]
    words = stage.words[number - 1]
    for before in reversed(stages[:-1]):
        bearing = [old for old in stage.before.get(number, ()) if _same(before, old, twin)]
        if not bearing:
            break
        stage, number = before, bearing[0]
    return stage.words[number - 1] != words


def _same(stage: _Stage, number: int, twin: Twin) -> bool:
    other = stage.twins.get(number)
    return other is not None and (other.text, other.note) == (twin.text, twin.note)


def _older(document: SourceDocument, line: int, number: int) -> Problem:
    return warning(
        document.file.path,
        line,
        message(
            "these plain words are older than paragraph {number}, which was changed since",
            number=number,
        ),
        message(
            "read both and write the plain words anew; if they still fit, note that: "
            "“/// einfach | gelesen im Mai 2024”"
        ),
    )
