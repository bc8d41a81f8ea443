"""The notes at the paragraphs of a version: meetings, and the ways to the versions beside it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from participation.document import Document, Version
from participation.meeting import Meeting
from participation.paragraph import ParagraphRef
from participation.way import Way, WayKind
from site_src.archives import Archive
from site_src.dates_in_words import day_words
from site_src.editions import Definition
from site_src.messages import Translator
from site_src.page_addresses import (
    comparison_page,
    link_to,
    meeting_page,
    synopsis_page,
    version_page,
)
from site_src.words_of_changes import (
    ADDED,
    because_words,
    predecessor_words,
    successor_words,
)

Note = tuple[str, str]  # the page that it leads to, and its words
Notes = Mapping[int, list[Note]]  # by paragraph


@dataclass(frozen=True, slots=True)
class ParagraphNotes:
    """Makes the notes of a document's versions."""

    document: Document
    meetings: Sequence[Meeting]
    translator: Translator
    archive: Archive | None = None  # of what was said, where nobody need be asked for it

    def definitions(self, version: Version, *, here: str) -> Iterator[Definition]:
        """Yield the definitions of all notes, for the page ``here``."""
        sources = [self._of_meetings(version), *self._of_ways(version), self._of_answers(version)]
        for paragraph in version.paragraphs:
            notes = [note for source in sources for note in source.get(paragraph.number, ())]
            for index, (page, words) in enumerate(notes, start=1):
                path, mark, anchor = page.partition("#")
                target = f"{link_to(path, here=here)}{mark}{anchor}"
                yield Definition(f"rn-{paragraph.number}-{index}", target, words)

    def _of_meetings(self, version: Version) -> Notes:
        notes: defaultdict[int, list[Note]] = defaultdict(list)
        for meeting in self.meetings:
            words = self._meeting_words(meeting)
            for paragraph in version.paragraphs:
                ref = ParagraphRef(self.document.slug, version.number, paragraph.number)
                if meeting.discussed_paragraph(ref):
                    notes[paragraph.number].append((meeting_page(meeting.date), words))
        return notes

    def _meeting_words(self, meeting: Meeting) -> str:
        return self.translator.gettext(
            "Discussed in meeting {number}, {day}",
            number=meeting.number,
            day=day_words(meeting.date, self.translator),
        )

    def _of_answers(self, version: Version) -> Notes:
        """Return what paragraphs of this version were changed because of."""
        if self.archive is None or version.number not in self.archive.shown:
            return {}
        page = synopsis_page(self.document.slug, version.number)
        found = self.archive.because(version.number)
        return {
            number: [(f"{page}#rn-{number}", because_words(ordinals, self.translator))]
            for number, ordinals in found.items()
        }

    def _of_ways(self, version: Version) -> Iterator[Notes]:
        for old, new in pairwise(self.document.versions):
            if new.number == version.number:
                yield self._predecessors(old, new)
            if old.number == version.number:
                yield self._successors(old, new)

    def _predecessors(self, old: Version, new: Version) -> Notes:
        notes: defaultdict[int, list[Note]] = defaultdict(list)
        known: set[int] = set()
        for way in new.ways:
            known.update(way.new)
            for number in () if _stays(way) else way.new:
                words = predecessor_words(way, old.number, self.translator)
                notes[number].append((self._at(old, way.old), words))
        added = self.translator.gettext(ADDED.english, version=old.number)
        for paragraph in new.paragraphs:
            if paragraph.number not in known:
                page = comparison_page(self.document.slug, old.number, new.number)
                notes[paragraph.number].append((f"{page}#new-{paragraph.number}", added))
        return notes

    def _successors(self, old: Version, new: Version) -> Notes:
        notes: defaultdict[int, list[Note]] = defaultdict(list)
        for way in new.ways:
            for number in () if _stays(way) else way.new:
                words = successor_words(way, number, new.number, self.translator)
                notes[way.old].append((self._at(new, number), words))
            if way.kind is WayKind.REMOVED:
                page = comparison_page(self.document.slug, old.number, new.number)
                words = successor_words(way, 0, new.number, self.translator)
                notes[way.old].append((f"{page}#old-{way.old}", words))
        return notes

    def _at(self, version: Version, number: int) -> str:
        return f"{version_page(self.document.slug, version.number)}#rn-{number}"


def _stays(way: Way) -> bool:
    """Say whether neither the text nor the number changed."""
    return way.kind is WayKind.UNCHANGED and way.new == (way.old,)
