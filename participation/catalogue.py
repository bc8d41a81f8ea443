"""The catalogue: what is published, in the one form that site and service share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Never

from participation.document import Document, Moderation, Version, VersionStatus
from participation.faults import UnreadableCatalogue
from participation.meeting import PublicMinutes
from participation.paragraph import Paragraph, ParagraphKind, ParagraphRef
from participation.period import read_period
from participation.refusals import UnknownDocument
from participation.way import Way, WayKind
from participation.window import Window

FORMAT = 1  # raised when an older reader would misread; schema: catalogue.schema.json


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The published documents by their slugs, and the published minutes by their days.

    ``languages`` are those in which the site is found below its root, such as ``en/``.
    """

    documents: Mapping[str, Document]
    meetings: tuple[PublicMinutes, ...] = ()
    languages: tuple[str, ...] = ()

    def document(self, slug: str) -> Document:
        """Return the document of that slug.

        Raises:
            UnknownDocument: If there is none.
        """
        try:
            return self.documents[slug]
        except KeyError:
            raise UnknownDocument(slug) from None

    def version(self, slug: str, number: int) -> Version:
        """Return one version of a document.

        Raises:
            UnknownDocument: If there is no such document.
            UnknownVersion: If it has no such version.
        """
        return self.document(slug).version(number)

    def paragraph(self, ref: ParagraphRef) -> Paragraph:
        """Return the paragraph that a reference names.

        Raises:
            UnknownDocument: If there is no such document.
            UnknownVersion: If it has no such version.
            UnknownParagraph: If that version has no such paragraph.
        """
        return self.document(ref.document).paragraph(ref.version, ref.number)


def plain_catalogue(catalogue: Catalogue) -> dict[str, Any]:
    """Return the catalogue as plain data for JSON; ``read_catalogue`` undoes it."""
    documents = {slug: _plain_document(document) for slug, document in catalogue.documents.items()}
    meetings = [_plain_minutes(minutes) for minutes in catalogue.meetings]
    languages = {"languages": list(catalogue.languages)} if catalogue.languages else {}
    return {"format": FORMAT, "documents": documents, "meetings": meetings, **languages}


def read_catalogue(plain: Mapping[str, Any]) -> Catalogue:
    """Read the catalogue that ``site_src/catalogue_file.py`` wrote.

    Args:
        plain: Decoded JSON, times in ISO 8601 with an offset::

            {"format": 1, "documents": {"leitlinien": {"title": "Leitlinien …", "versions": [{
                "number": 1, "status": "consultation", "published": "2024-03-08",
                "changes": "…", "commit": "1f0c…", "source_hash": "9a3b…",
                "window": {"opens": "2024-03-08T00:00:00+01:00",
                           "closes": "2024-03-30T00:00:00+01:00"},
                "moderation": "after", "answers": "2024-04-22",
                "paragraphs": [{"number": 1, "kind": "paragraph", "headings": ["…"], "text": "…"}],
                "ways": []
            }, {"number": 2, …, "ways": [
                {"from": 1, "to": [1, 2], "kind": "split", "confidence": 0.93}
            ]}]}}, "meetings": [
                {"date": "2024-03-21", "title": "7. Sitzung …", "url": "sitzungen/2024-03-21/"}
            ]}

            A site of an earlier release names no meetings. A document may say, beside its title,
            for how long personal data of its contributions is kept: ``"retention": "P2Y"``.
            A site in further languages names them: ``"languages": ["en"]``.

    Raises:
        UnreadableCatalogue: If the format is another, or a part is missing or makes no sense.
    """
    try:
        return _read(plain)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableCatalogue(f"the catalogue makes no sense: {error!r}") from error


def _read(plain: Mapping[str, Any]) -> Catalogue:
    if plain["format"] != FORMAT:
        raise UnreadableCatalogue(
            f"the catalogue has format {plain['format']!r}, this service reads {FORMAT}"
        )
    return Catalogue(
        {slug: _read_document(slug, entry) for slug, entry in plain["documents"].items()},
        tuple(sorted(_read_minutes(minutes) for minutes in plain.get("meetings", ()))),
        tuple(plain.get("languages", ())),
    )


def _read_document(slug: str, plain: Mapping[str, Any]) -> Document:
    versions = tuple(_read_version(version) for version in plain["versions"])
    numbers = [version.number for version in versions]
    if not numbers or numbers != sorted(set(numbers)):
        _senseless(f"the versions of {slug!r} are numbered {numbers}")
    _refuse_senseless_ways(versions)
    retention = plain.get("retention")
    return Document(
        slug, plain["title"], versions, None if retention is None else read_period(retention)
    )


def _read_version(plain: Mapping[str, Any]) -> Version:
    window, answers = plain["window"], plain["answers"]
    return Version(
        number=plain["number"],
        status=VersionStatus(plain["status"]),
        published=date.fromisoformat(plain["published"]),
        changes=plain["changes"],
        commit=plain["commit"],
        source_hash=plain["source_hash"],
        window=None if window is None else _read_window(window),
        moderation=Moderation(plain["moderation"]),
        answers=None if answers is None else date.fromisoformat(answers),
        paragraphs=_read_paragraphs(plain["paragraphs"]),
        ways=tuple(_read_way(way) for way in plain["ways"]),
    )


def _read_way(plain: Mapping[str, Any]) -> Way:
    return Way(plain["from"], tuple(plain["to"]), WayKind(plain["kind"]), plain["confidence"])


def _refuse_senseless_ways(versions: tuple[Version, ...]) -> None:
    """Refuse ways from or to a paragraph that is not there."""
    before = 0  # number of paragraphs in the version before
    for version in versions:
        last = len(version.paragraphs)
        for way in version.ways:
            if not (1 <= way.old <= before and all(1 <= number <= last for number in way.new)):
                _senseless(f"version {version.number} has a way from {way.old} to {way.new}")
        before = last


def _read_window(plain: Mapping[str, Any]) -> Window:
    closes = plain["closes"]
    return Window(
        opens=datetime.fromisoformat(plain["opens"]),
        closes=None if closes is None else datetime.fromisoformat(closes),
    )


def _read_paragraphs(plain: list[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    paragraphs = tuple(
        Paragraph(
            number=entry["number"],
            kind=ParagraphKind(entry["kind"]),
            headings=tuple(entry["headings"]),
            text=entry["text"],
        )
        for entry in plain
    )
    numbers = [paragraph.number for paragraph in paragraphs]
    if numbers != list(range(1, len(numbers) + 1)):
        _senseless("the paragraphs are not numbered 1, 2, 3 …")
    return paragraphs


def _read_minutes(plain: Mapping[str, Any]) -> PublicMinutes:
    return PublicMinutes(date.fromisoformat(plain["date"]), plain["title"], plain["url"])


def _senseless(what: str) -> Never:
    raise ValueError(what)


def _plain_document(document: Document) -> dict[str, Any]:
    versions = [_plain_version(version) for version in document.versions]
    retention = {} if document.retention is None else {"retention": str(document.retention)}
    return {"title": document.title, **retention, "versions": versions}


def _plain_version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "status": version.status.value,
        "published": version.published.isoformat(),
        "changes": version.changes,
        "commit": version.commit,
        "source_hash": version.source_hash,
        "window": None if version.window is None else _plain_window(version.window),
        "moderation": version.moderation.value,
        "answers": None if version.answers is None else version.answers.isoformat(),
        "paragraphs": [_plain_paragraph(paragraph) for paragraph in version.paragraphs],
        "ways": [_plain_way(way) for way in version.ways],
    }


def _plain_window(window: Window) -> dict[str, Any]:
    closes = None if window.closes is None else window.closes.isoformat()
    return {"opens": window.opens.isoformat(), "closes": closes}


def _plain_paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "kind": paragraph.kind.value,
        "headings": list(paragraph.headings),
        "text": paragraph.text,
    }


def _plain_way(way: Way) -> dict[str, Any]:
    return {
        "from": way.old,
        "to": list(way.new),
        "kind": way.kind.value,
        "confidence": way.confidence,
    }


def _plain_minutes(minutes: PublicMinutes) -> dict[str, Any]:
    return {"date": minutes.date.isoformat(), "title": minutes.title, "url": minutes.url}
