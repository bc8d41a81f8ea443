"""Values for tests, valid without arguments."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from comment_service.storage.mail.wish import Letter, Wish
from participation.account import Account
from participation.catalogue import Catalogue
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    Draft,
)
from participation.decision import Answer, Decision, DecisionStatus, Outcome
from participation.document import Document, Version, VersionStatus
from participation.log_entry import Changed, LogEntry, Role
from participation.paragraph import Paragraph, ParagraphKind, ParagraphRef
from participation.public_contributions import PublicContribution
from participation.support import Support
from participation.window import HOME, Window, closing, opening

MARCH = Window(opening(date(2024, 3, 8)), closing(date(2024, 3, 29)))
NOON = datetime(2024, 3, 20, 11, 0, tzinfo=UTC)  # inside MARCH
BEFORE = MARCH.opens - timedelta(microseconds=1)
FIRST_MOMENT = MARCH.opens
LAST_MOMENT = datetime(2024, 3, 29, 22, 59, 59, 999999, tzinfo=UTC)  # 30 March, 0:00 in Berlin
AFTER = datetime(2024, 3, 29, 23, 0, tzinfo=UTC)
REF = ParagraphRef("leitlinien", 1, 2)


def make_paragraph(number: int = 1, **changed: Any) -> Paragraph:
    """Return a paragraph with a text of its own."""
    given = {
        "number": number,
        "kind": ParagraphKind.PARAGRAPH,
        "headings": ("1. Ziele",),
        "text": f"Der Text von Absatz {number}.",
    }
    return Paragraph(**{**given, **changed})


def make_version(number: int = 1, **changed: Any) -> Version:
    """Return a version of three paragraphs that takes contributions in MARCH."""
    given = {
        "number": number,
        "status": VersionStatus.CONSULTATION,
        "published": date(2024, 3, 8),
        "changes": "Erste Fassung",
        "commit": "0123456789abcdef0123456789abcdef01234567",
        "source_hash": "0" * 64,
        "window": MARCH,
        "answers": date(2024, 4, 22),
        "paragraphs": tuple(make_paragraph(number) for number in (1, 2, 3)),
    }
    return Version(**{**given, **changed})


def make_document(slug: str = "leitlinien", **changed: Any) -> Document:
    """Return a document with one version."""
    given = {"slug": slug, "title": "Leitlinien", "versions": (make_version(),)}
    return Document(**{**given, **changed})


def make_catalogue(*documents: Document) -> Catalogue:
    """Return a catalogue of these documents, or of one."""
    return Catalogue({document.slug: document for document in documents or (make_document(),)})


def make_draft(**changed: Any) -> Draft:
    """Return a comment on REF."""
    given = {"ref": REF, "kind": "comment", "text": "Bitte mehr Bänke.", "name": "Ada"}
    return Draft(**{**given, **changed})


def make_contribution(contribution_id: str = "c1", **changed: Any) -> Contribution:
    """Return a published comment on REF, received at NOON."""
    given = {
        "id": contribution_id,
        "ref": REF,
        "kind": ContributionKind.COMMENT,
        "text": "Bitte mehr Bänke.",
        "name": "Ada",
        "channel": Channel.ONLINE,
        "received_at": NOON,
        "status": ContributionStatus.PUBLISHED,
        "receipt_digest": "0" * 64,
    }
    return Contribution(**{**given, **changed})


def make_account(account_id: str = "a1", **changed: Any) -> Account:
    """Return a moderator of a name of their own."""
    given = {"id": account_id, "name": f"name of {account_id}", "role": Role.MODERATOR}
    return Account(**{**given, **changed})


def make_log_entry(entry_id: str = "l1", **changed: Any) -> LogEntry:
    """Return the entry of a moderator who hid ``c1`` at NOON."""
    given = {
        "id": entry_id,
        "at": NOON,
        "role": Role.MODERATOR,
        "subject": "c1",
        "changed": Changed.STATUS,
        "old": "published",
        "new": "hidden",
        "reason": "Beleidigung",
    }
    return LogEntry(**{**given, **changed})


def make_wish(wish_id: str = "w1", **changed: Any) -> Wish:
    """Return a wish to be told of ``c1``, asked for at NOON, whose link is due."""
    given = {
        "id": wish_id,
        "contribution": "c1",
        "document": "leitlinien",
        "address": "ada@example.org",
        "language": "de",
        "asked_at": NOON,
        "letter": Letter.CONFIRMATION,
        "letter_at": NOON,
        "due_at": NOON,
    }
    return Wish(**{**given, **changed})


def public_id(ordinal: int) -> str:
    """Return an id that looks like a UUIDv7 and counts."""
    return f"018e5b9e-2f80-7c3a-9d0e-{ordinal:012x}"


def make_public(ordinal: int = 1, **changed: Any) -> PublicContribution:
    """Return a public comment on REF, received at NOON, not yet answered."""
    given = {
        "id": public_id(ordinal),
        "ordinal": ordinal,
        "ref": REF,
        "kind": ContributionKind.COMMENT,
        "text": "Bitte mehr Bänke.",
        "name": "Ada",
        "channel": Channel.ONLINE,
        "received_at": NOON.astimezone(HOME),
    }
    return PublicContribution(**{**given, **changed})


def make_answered(ordinal: int = 1, **changed: Any) -> PublicContribution:
    """Return a public comment that was adopted and changed a paragraph of version 2."""
    answer = Answer(
        outcome=Outcome.ADOPTED,
        reason="Das fehlte.",
        meeting=date(2024, 3, 21),
        changes=(ParagraphRef("leitlinien", 2, 2),),
    )
    return make_public(
        ordinal, **{"answer": answer, "answered_at": AFTER.astimezone(HOME), **changed}
    )


def make_support(support_id: str = "s1", **changed: Any) -> Support:
    """Return a support of ``c1``, given at NOON."""
    given = {"id": support_id, "document": "leitlinien", "contribution": "c1", "at": NOON}
    return Support(**{**given, **changed})


def make_decision(decision_id: str = "d1", **changed: Any) -> Decision:
    """Return an editor's draft that adopts ``c1``, made at NOON."""
    given = {
        "id": decision_id,
        "document": "leitlinien",
        "version": 1,
        "contributions": ("c1",),
        "answer": Answer(Outcome.ADOPTED, "Das fehlte.", date(2024, 3, 21)),
        "status": DecisionStatus.DRAFT,
        "role": Role.EDITOR,
        "at": NOON,
    }
    return Decision(**{**given, **changed})
