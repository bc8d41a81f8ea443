"""Spreadsheets of cards and letters: the template, a look at what a file would add, taking it in.

Between the look and the taking in, the file itself goes along in the form: nothing is kept here
that could get lost, or that another process would have to know; what is taken in is read anew.
"""

import base64
import binascii
from functools import partial
from http import HTTPStatus

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.dates import day_words
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.places_of_versions import read_place, version_places
from comment_service.web.desk.table_form import template_of
from comment_service.web.desk.table_problems import cell_words, place_words, unfit_words
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import field_messages
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from comment_service.web.words_of_contributions import CHANNELS, KINDS
from participation.permissions import Action
from participation.refusals import InvalidInput
from spreadsheets.cell_problems import CellProblem, UnfitRows
from spreadsheets.reading import FILE_LIMIT, ROWS_LIMIT
from spreadsheets.refusals import Unfit, UnfitSpreadsheet
from spreadsheets.writing import write_xlsx

IMPORT = "/einlesen"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50  # rows of a look, and at most that many problems; more help nobody
Refused = InvalidInput | UnfitSpreadsheet | UnfitRows
REFUSED = (InvalidInput, UnfitSpreadsheet, UnfitRows)


@bp.get(IMPORT)
@permitted(Action.IMPORT)
def import_table() -> Response:
    """Answer the form to hand in a spreadsheet, and the templates."""
    return _page()


@bp.get(f"{IMPORT}/vorlage/<slug>/<number:version>.xlsx")
@permitted(Action.IMPORT)
def import_template(slug: str, version: int) -> Response:
    """Answer the template for a version."""
    document = commenting().published().document(slug)
    document.version(version)
    answer = Response(write_xlsx(template_of(document, version, spoken())), mimetype=XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-{version}.xlsx")
    return answer


@bp.post(f"{IMPORT}/vorschau")
@permitted(Action.IMPORT)
def look_at_table() -> Response:
    """Answer what a spreadsheet would add, or what is wrong with it."""
    file = request.files.get("file")
    if file is None:
        return _looked(b"")
    with file.stream as stream:  # a large one lies on the disk until it is closed
        return _looked(stream.read())


@bp.post(IMPORT)
@permitted(Action.IMPORT)
def take_in_table() -> BaseResponse:
    """Take in the spreadsheet that was looked at."""
    try:
        place, content = read_place(request.form.get("place", "")), carried_file()
        taken = made_of().importing.take_in(current_account(), place, content)
    except REFUSED as refusal:
        return _page(refusal)
    language = spoken()
    said = language.ngettext(
        "%(count)s contribution was added.", "%(count)s contributions were added.", taken.added
    ) % {"count": language.number(taken.added)}
    if taken.known:
        known = language.ngettext(
            "%(count)s was there already.", "%(count)s were there already.", taken.known
        )
        said = f"{said} {known % {'count': language.number(taken.known)}}"
    return redirect_telling(url_for("desk.import_table"), said)


def _looked(content: bytes) -> Response:
    try:
        place = read_place(request.form.get("place", ""))
        looked = made_of().importing.look(current_account(), place, content)
    except REFUSED as refusal:
        return _page(refusal)
    document = commenting().published().document(place[0])
    page = render_template(
        "desk/import_look.html",
        place="/".join(map(str, place)),
        document=document,
        version=document.version(place[1]),
        looked=looked,
        rows=looked.rows[:SHOWN],
        carried=base64.urlsafe_b64encode(content).decode(),
        kinds=KINDS,
        channels=CHANNELS,
        day_words=partial(day_words, language=spoken()),
    )
    return Response(page, mimetype="text/html")


def carried_file() -> bytes:
    """Return the file that went along in the form.

    Raises:
        UnfitSpreadsheet: If it is not as we gave it away.
    """
    try:
        return base64.b64decode(request.form.get("carried", ""), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise UnfitSpreadsheet(Unfit.BROKEN) from None


def _page(refusal: Refused | None = None) -> Response:
    problems = refusal.problems if isinstance(refusal, UnfitRows) else ()
    page = render_template(
        "desk/import.html",
        versions=version_places(),
        chosen=request.form.get("place", ""),
        fields=_field_words(refusal),
        problems=[_problem(found) for found in problems[:SHOWN]],
        count=len(problems),
        rows_limit=ROWS_LIMIT,
        size_limit=FILE_LIMIT // 1024**2,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return Response(page, status=status, mimetype="text/html")


def _field_words(refusal: Refused | None) -> dict[str, str]:
    match refusal:
        case UnfitSpreadsheet():
            return {"file": unfit_words(refusal, spoken())}
        case InvalidInput():
            return field_messages(refusal)
    return {}


def _problem(found: CellProblem) -> tuple[str, str]:
    return place_words(found, spoken()), cell_words(found, spoken())
