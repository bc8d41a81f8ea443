"""What was said on a document: the overview, and all contributions on a version; no JavaScript."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import escape

from comment_service.discussion import along_the_text, discussed
from comment_service.leaves import leaf
from comment_service.web.contribution_words import contribution_words
from comment_service.web.forms import read_version
from comment_service.web.paragraph_shown import weight_of
from comment_service.web.safety import policy
from comment_service.web.service import commenting
from comment_service.web.spoken import chosen, spoken
from comment_service.web.wanted import read_wanted
from participation.changes import changes
from participation.chapters import Chapter, chapters
from participation.contribution import ContributionKind
from participation.document import Document
from participation.paragraph import ParagraphRef
from participation.selection import Listed, listed, most_supported

bp = Blueprint("discussion", __name__)

SHOWN = 5  # contributions that the overview shows as the newest, and as the most supported
CHANGES = 100  # that it carries for the reader's browser to look for what is new


@bp.get("/beitrag/<slug>", strict_slashes=False)
def overview(slug: str) -> Response:
    """Answer where the discussion of a document is."""
    seen = commenting().document(slug)
    version = discussed(seen, read_version(request))
    along = along_the_text(version)
    page = render_template(
        "overview.html",
        document=seen.document,
        seen=version,
        counts=seen.counts,
        chapters=along,
        most=max(one.peak for one in along),
        touched=sum(len(one.counts) for one in along),
        newest=sorted(seen.contributions, key=lambda one: one.received_at, reverse=True)[:SHOWN],
        supported=most_supported(seen.contributions, SHOWN),
        changes=changes(seen.contributions, CHANGES),
        now=commenting().clock(),
    )
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = policy("script-src 'self'")
    return answer


@bp.get("/beitrag/<slug>/<number:version>", strict_slashes=False)
def version(slug: str, version: int) -> str:
    """Answer the public contributions on a version, or those that are wanted."""
    seen = commenting().document(slug, version)
    shown = seen.versions[0]
    in_order = chapters(shown.version)
    asked = read_wanted(request, in_order)
    every = list(listed(seen.document, seen.contributions, version))
    found = asked.wanted.of(every)
    return render_template(
        "version.html",
        document=seen.document,
        seen=shown,
        counts=seen.counts,
        because=seen.because(version),
        asked=asked,
        kinds=[(kind, contribution_words(kind)) for kind in ContributionKind],
        chapters=_named(in_order),
        stretches=_stretches,
        known={one.id: one.ordinal for one in seen.contributions},
        all=len(every),
        found=len(found),
        leaf=leaf(found, asked.leaf, lambda one: _weight(seen.document, one)),
    )


@bp.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link; there is no cookie for it."""
    values.setdefault("lang", chosen())


def _named(in_order: Iterable[Chapter]) -> list[tuple[int, str]]:
    before = spoken().gettext("Before the first chapter")
    return [(one.place, one.heading or before) for one in in_order]


def _stretches(entries: Iterable[Listed]) -> list[tuple[ParagraphRef, list[Listed]]]:
    """Return runs of contributions on the same paragraph."""
    runs = groupby(entries, key=lambda one: one.contribution.ref)
    return [(ref, list(run)) for ref, run in runs]


def _weight(document: Document, one: Listed) -> int:
    """Return about how many bytes of words a contribution brings to a page."""
    said = one.contribution
    paragraph = document.paragraph(said.ref.version, said.ref.number)
    return weight_of(said) + len(escape(paragraph.text).encode())
