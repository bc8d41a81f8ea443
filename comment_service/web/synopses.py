"""The synopsis of a version: wordings, contributions and answers side by side, and as files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

import synopsis as shared
from comment_service.web.api import rendered
from comment_service.web.exports import CSV, XLSX
from comment_service.web.forms import read_language, wants_fresh
from comment_service.web.rendering import FOREVER, Rendering
from comment_service.web.service import commenting, service
from comment_service.web.site_address import site_url
from comment_service.web.spoken import chosen, spoken
from participation.document import Document
from participation.public_contributions import PublicContributions, WindowSeen

if TYPE_CHECKING:
    from synopsis.addresses import Addresses
    from synopsis.rows import Synopsis

ASSETS = Path(shared.__file__).with_name("assets")
STATIC = "/beitrag/abwaegung"
PAGE = "/beitrag/<slug>/<number:version>/abwaegung"
NUMBER = 987_654_321  # no version bears it: it holds the place of a number in an address

bp = Blueprint("synopses", __name__, static_folder=str(ASSETS), static_url_path=STATIC)


@bp.url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in links to pages; files are in the texts' own."""
    if endpoint == f"{bp.name}.page":
        values.setdefault("lang", chosen())


@bp.get(PAGE)
def page(slug: str, version: int) -> str:
    """Answer the synopsis of a version, for people to read."""
    seen = commenting().document(slug, version)  # refuses what is not there
    html = _made(slug, version, f"html {spoken().code}", _html(version)).body.decode()
    return render_template(
        "synopsis.html",
        document=seen.document,
        version=version,
        synopsis=Markup(html),  # noqa: S704  # its own templates have escaped what people wrote
    )


@bp.get(f"{PAGE}.json")
def as_json(slug: str, version: int) -> Response:
    """Answer it for programs."""
    from synopsis.table import synopsis_json  # noqa: PLC0415  # only where it is asked for

    def render(document: Document) -> Rendering:
        return Rendering(synopsis_json(_synopsis(document, version)), FOREVER)

    return rendered(_made(slug, version, "json", render))


@bp.get(f"{PAGE}.csv")
def as_csv(slug: str, version: int) -> Response:
    """Answer it as CSV."""
    from spreadsheets.writing import write_csv  # noqa: PLC0415  # as above

    return _table(slug, version, CSV, write_csv)


@bp.get(f"{PAGE}.xlsx")
def as_xlsx(slug: str, version: int) -> Response:
    """Answer it as a workbook."""
    from spreadsheets.writing import write_xlsx  # noqa: PLC0415  # as above

    return _table(slug, version, XLSX, write_xlsx)


def _made(slug: str, version: int, form: str, render: Callable[[Document], Rendering]) -> Rendering:
    """Return what was made of a version and is still true, or make it."""
    commenting().published().version(slug, version)  # refuses what is not there
    form = f"synopsis {version} {form}"
    return service().reading.export(slug, form, render, fresh=wants_fresh(request))


def _html(version: int) -> Callable[[Document], Rendering]:
    from synopsis.page import synopsis_html  # noqa: PLC0415  # as above
    from synopsis.words import words  # noqa: PLC0415  # as above

    code, text_language = spoken().code, service().settings.language

    def render(document: Document) -> Rendering:
        shown, to = _synopsis(document, version), _addresses(document.slug, version)
        html = synopsis_html(shown, words(code), to, text_language=text_language)
        return Rendering(html.encode(), FOREVER, "text/html")

    return render


def _table(slug: str, version: int, media_type: str, write: Callable[..., bytes]) -> Response:
    from synopsis.table import synopsis_table  # noqa: PLC0415  # as above
    from synopsis.words import words  # noqa: PLC0415  # as above

    code = read_language(request) or service().settings.language

    def render(document: Document) -> Rendering:
        table = synopsis_table(_synopsis(document, version), words(code))
        return Rendering(write(table), FOREVER, media_type)

    return rendered(_made(slug, version, f"{media_type} {code}", render))


def _synopsis(document: Document, version: int) -> "Synopsis":
    from synopsis.rows import synopsis  # noqa: PLC0415  # as above

    now, windows = commenting().clock(), {}
    for one in document.versions:
        window = one.window
        windows[one.number] = None if window is None else WindowSeen(window, window.state(now))
    said = commenting().public(document)
    public = PublicContributions(document.slug, document.title, windows, said)
    return synopsis(document, public, version)


def _addresses(slug: str, version: int) -> "Addresses":
    from synopsis.addresses import Addresses  # noqa: PLC0415  # as above

    # Files bear no language, and so the address of the page must not, either.
    page, place = (
        url_for(f"{bp.name}.page", slug=slug, version=one, lang=None) for one in (version, NUMBER)
    )
    return Addresses(
        site=site_url(),
        files=page,
        synopses=place.replace(str(NUMBER), "{version}"),
        minutes=frozenset(one.date for one in commenting().published().meetings),
    )
