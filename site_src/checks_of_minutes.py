"""Checks of minutes: numbers, dates, times, and what they say was discussed."""

from collections.abc import Callable, Iterator

from participation.catalogue import Catalogue
from participation.document import Document
from participation.meeting import Discussed
from participation.refusals import UnknownDocument, UnknownParagraph, UnknownVersion
from site_src.catalogue_file import catalogue_of
from site_src.content import Content
from site_src.messages import Message, message
from site_src.problems import Problem
from site_src.source_values import SourceMeeting


def check_minutes(content: Content) -> Iterator[Problem]:
    """Yield what is wrong with the minutes among themselves and with what they name."""
    meetings = content.sources.meetings
    yield from _check_unique(meetings, "number", lambda source: source.meeting.number)
    yield from _check_unique(meetings, "date", lambda source: source.meeting.date)
    catalogue = catalogue_of(content.documents.values())
    unread = {path for path in content.sources.unread if path.startswith("guidelines/")}
    for source in meetings:
        yield from _check_times(source)
        for index, discussed in enumerate(source.meeting.discussed):
            if f"guidelines/{discussed.document}.md" not in unread:
                yield from _check_discussed(source, index, discussed, catalogue)


def _check_unique(
    meetings: list[SourceMeeting], field: str, value_of: Callable[[SourceMeeting], object]
) -> Iterator[Problem]:
    seen: dict[object, str] = {}
    for source in meetings:
        value, path = value_of(source), source.file.path
        first = seen.setdefault(value, path)
        if first != path:
            yield Problem(
                path,
                source.file.line(field),
                message(
                    "“{field}: {value}” is also in {path}", field=field, value=value, path=first
                ),
                message("correct one of the two"),
            )


def _check_times(source: SourceMeeting) -> Iterator[Problem]:
    meeting = source.meeting
    if meeting.ends is None:
        return
    if meeting.starts is None or meeting.ends <= meeting.starts:
        yield Problem(
            source.file.path,
            source.file.line("ends"),
            message("the meeting ends before it begins"),
            message("correct “time” or “ends”"),
        )


def _check_discussed(
    source: SourceMeeting, index: int, discussed: Discussed, catalogue: Catalogue
) -> Iterator[Problem]:
    found = _unknown(discussed, catalogue)
    if found is not None:
        what, cure = found
        yield Problem(source.file.path, source.file.line("discussed", index), what, cure)


def _unknown(discussed: Discussed, catalogue: Catalogue) -> tuple[Message, Message] | None:
    """Say what of the discussed is not published, and what is."""
    try:
        document = catalogue.document(discussed.document)
        for ref in discussed.paragraphs:
            catalogue.paragraph(ref)
    except UnknownDocument as refusal:
        return _no_document(refusal, catalogue)
    except UnknownVersion as refusal:
        return _no_version(refusal, document)
    except UnknownParagraph as refusal:
        return _no_paragraph(refusal, document)
    return None


def _no_document(refusal: UnknownDocument, catalogue: Catalogue) -> tuple[Message, Message]:
    known = ", ".join(catalogue.documents) or "–"
    return (
        message("there is no published document “{slug}”", slug=refusal.slug),
        message("write one of these: {choices}", choices=known),
    )


def _no_version(refusal: UnknownVersion, document: Document) -> tuple[Message, Message]:
    known = ", ".join(str(version.number) for version in document.versions)
    return (
        message("“{slug}” has no version {number}", slug=refusal.slug, number=refusal.version),
        message("write one of these versions: {choices}", choices=known),
    )


def _no_paragraph(refusal: UnknownParagraph, document: Document) -> tuple[Message, Message]:
    last = len(document.version(refusal.version).paragraphs)
    return (
        message("“{slug}” has no paragraph {number}", slug=refusal.slug, number=refusal.number),
        message("its paragraphs are 1 to {last}; correct the number", last=last),
    )
