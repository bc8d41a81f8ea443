"""What is published and stored while the load is measured: made up, always the same."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from comment_service.storage.opening import open_store
from comment_service.storage.protocol import PART, Kept, Stock
from participation.catalogue import Catalogue, plain_catalogue
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
)
from participation.document import Document, Version, VersionStatus
from participation.paragraph import Paragraph, ParagraphKind, ParagraphRef
from participation.window import Window

WRITTEN, READ = "geschrieben", "gelesen"  # the document that takes contributions, and the one read
PARAGRAPHS = 500
TO_READ = 100  # contributions in the answer that is read
TEXT = (
    "Mehr Bänke und Schatten am Marktplatz wären schön, besonders für Ältere und Kinder. "
    "Außerdem fehlt ein Hinweis, wer über die Vorhabenliste entscheidet und bis wann. "
)  # 160 characters
LONG_AGO = datetime(2024, 3, 8, 12, tzinfo=UTC)


def write_catalogue(path: Path) -> None:
    """Publish two documents whose windows are open until further notice."""
    documents = {slug: _document(slug) for slug in (WRITTEN, READ)}
    path.write_text(json.dumps(plain_catalogue(Catalogue(documents))))


def fill(url: str, count: int) -> None:
    """Store ``count`` contributions on the written document, and TO_READ on the read one."""
    store = open_store(url)
    on_written = [_kept(WRITTEN, number) for number in range(count)]
    everything = on_written + [_kept(READ, count + number) for number in range(TO_READ)]
    for start in range(0, len(everything), PART):
        store.take_over(Stock(tuple(everything[start : start + PART])))
    store.close()


def _document(slug: str) -> Document:
    paragraphs = tuple(
        Paragraph(number, ParagraphKind.PARAGRAPH, ("1. Ziele",), f"Absatz {number}. {TEXT}")
        for number in range(1, PARAGRAPHS + 1)
    )
    version = Version(
        number=1,
        status=VersionStatus.CONSULTATION,
        published=date(2024, 3, 8),
        changes="Erste Fassung",
        commit="0" * 40,
        source_hash="0" * 64,
        window=Window(LONG_AGO),
        paragraphs=paragraphs,
    )
    return Document(slug, slug.title(), (version,))


def _kept(slug: str, number: int) -> Kept:
    received_at = LONG_AGO + timedelta(seconds=number)
    return Kept(
        Contribution(
            id=str(uuid.UUID(int=(int(received_at.timestamp() * 1000) << 80) | (7 << 76) | number)),
            ref=ParagraphRef(slug, 1, 1 + number % PARAGRAPHS),
            kind=ContributionKind.COMMENT,
            text=f"{number}: {TEXT}",
            name=None if number % 3 else "Ada Lovelace",
            channel=Channel.ONLINE,
            received_at=received_at,
            status=ContributionStatus.PUBLISHED,
            receipt_digest=f"{number:064x}",
        ),
        None,
    )
