"""A small consultation: two versions, five contributions, most of them answered."""

from datetime import date, timedelta
from typing import Any

from participation.contribution import Channel, ContributionKind
from participation.decision import Answer, Outcome
from participation.document import Document
from participation.paragraph import ParagraphRef
from participation.public_contributions import (
    HandedIn,
    PublicContribution,
    PublicContributions,
    WindowSeen,
)
from participation.way import Way, WayKind
from participation.window import WindowState
from participation.word_diff import word_diff
from synopsis.rows import Synopsis, synopsis
from tests.factories import (
    MARCH,
    NOON,
    make_answered,
    make_document,
    make_paragraph,
    make_public,
    make_version,
    public_id,
)

DECLINED = Answer(Outcome.DECLINED, "Das gehört nicht hierher.", None)
NEW = ParagraphRef("leitlinien", 2, 4)


def first(number: int, **changed: Any) -> dict[str, Any]:
    return {"ref": ParagraphRef("leitlinien", 1, number), **changed}


SAID: tuple[PublicContribution, ...] = (
    make_answered(1, **first(2)),
    make_answered(
        2,
        **first(
            2,
            answer=Answer(Outcome.PARTLY, "Steht nun in\nRn. 4.", date(2023, 1, 1), (NEW,)),
            channel=Channel.WORKSHOP,
            transcribed=HandedIn("Bürgerwerkstatt", date(2024, 3, 21), 3, is_late=True),
            kind=ContributionKind.QUESTION,
        ),
    ),
    make_answered(3, **first(3, answer=DECLINED, text='Zu <lang>\n\nund "schief".')),
    make_public(
        4, **first(3, name=None, is_blacked_out=True, received_at=NOON + timedelta(days=1))
    ),
    make_public(5, **first(1, text="", is_erased=True)),
)

PROPOSAL = make_answered(
    1,
    **first(
        2,
        kind=ContributionKind.PROPOSAL,
        proposed_wording="Der neue Text von Absatz 2.",
        difference=word_diff("Der Text von Absatz 2.", "Der neue Text von Absatz 2."),
        supports=3,
        edited_at=NOON,
    ),
)
REPLY: dict[str, Any] = {"kind": ContributionKind.REPLY, "text": "Gute Idee."}
DISCUSSED: tuple[PublicContribution, ...] = (
    PROPOSAL,
    make_public(2, **first(2)),
    make_public(3, **first(2, **REPLY, in_reply_to=PROPOSAL.id)),
    make_public(4, **first(2, **REPLY, in_reply_to=public_id(99))),
)


def two_versions() -> Document:
    """Return a document: 1 stays, 2 is edited, 3 removed, 4 split and merged; 4 of 2 is new."""
    ways = (
        Way(1, (1,), WayKind.UNCHANGED, 1.0),
        Way(2, (2,), WayKind.EDITED, 0.9),
        Way(3, (), WayKind.REMOVED, 1.0),
        Way(4, (3, 5), WayKind.SPLIT, 0.9),
    )
    old = (
        make_paragraph(1, headings=()),
        *(make_paragraph(number, headings=("1. Ziele", "Ganz kurz")) for number in (2, 3)),
        make_paragraph(4, headings=("2. Wege",), text="Eins und zwei."),
    )
    new = (
        make_paragraph(1, headings=()),
        make_paragraph(2, text="Der neue Text von Absatz 2."),
        make_paragraph(3, headings=("2. Wege",), text="Eins."),
        make_paragraph(4, headings=("2. Wege",), text="Ganz neu."),
        make_paragraph(5, headings=("2. Wege",), text="Und zwei."),
    )
    versions = (
        make_version(1, paragraphs=old),
        make_version(2, window=None, paragraphs=new, ways=ways, published=date(2024, 4, 22)),
    )
    return make_document(versions=versions)


def make_synopsis(
    *said: PublicContribution, number: int = 1, document: Document | None = None
) -> Synopsis:
    """Return the synopsis of a version, of everything that was said or of these contributions."""
    windows: dict[int, WindowSeen | None] = {1: WindowSeen(MARCH, WindowState.CLOSED)}
    public = PublicContributions("leitlinien", "Leitlinien", windows, said or SAID)
    return synopsis(document or two_versions(), public, number)
