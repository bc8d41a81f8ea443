"""A tiny town whose consultation is over: version 1 is answered, version 2 is published."""

from datetime import date
from pathlib import Path
from typing import Any

from participation.contributions_of_document import plain_contributions
from participation.document import Document
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution, WindowSeen
from participation.window import WindowState
from site_src.archives import written
from site_src.content import Content, read_content
from site_src.places import Places
from tests.factories import make_answered, make_public
from tests.site_src.conftest import Edit
from tests.site_src.repositories import PATH, Commit

AFTER = date(2024, 5, 2)
ARCHIVE = "guidelines/leitlinien.contributions.json"
COMMENTING = """commenting:
  opens: 2024-03-08
  closes: 2024-03-29
  moderation: after
  answers: 2024-04-22
"""


def read(tiny: Places) -> Content:
    """Read the content on a day after the window."""
    return read_content(tiny, today=AFTER)


def seen(document: Document, state: WindowState = WindowState.CLOSED) -> dict[int, Any]:
    """Return the windows as they were seen in that state."""
    windows = {version.number: version.window for version in document.versions}
    return {number: one and WindowSeen(one, state) for number, one in windows.items()}


def publish_two(commit: Commit, edit: Edit) -> None:
    """Publish version 1, and after its window version 2, whose Rn. 2 is edited, 4 removed."""
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08\n", "published: 2024-04-22\n")
    edit(PATH, COMMENTING, "")
    edit(PATH, "Zweiter Absatz,", "Zweiter Absatz mit Bänken,")
    edit(PATH, "\n| Was | Wer |\n|---|---|\n| Vierter | Absatz |\n", "")
    commit("2024-04-22")


def said(number: int = 2, ordinal: int = 1, **changed: Any) -> PublicContribution:
    """Return an answered contribution on a paragraph of version 1 that changed none."""
    given = {"ref": ParagraphRef("leitlinien", 1, number), **changed}
    answered = make_answered(ordinal, **given)
    return make_public(
        ordinal, **{"answer": answered.answer, "answered_at": answered.answered_at, **given}
    )


def put_archive(
    tiny: Places, *contributions: PublicContribution, state: WindowState = WindowState.CLOSED
) -> Path:
    """Write an archive of these contributions, as the service would tell them."""
    document = read(tiny).documents["leitlinien"].document
    file = tiny.content / ARCHIVE
    file.write_bytes(written(plain_contributions(document, contributions, seen(document, state))))
    return file
