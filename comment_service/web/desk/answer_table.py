"""Answering in a spreadsheet: the table as of now, a look at one that was filled in, taking it in.

Between the look and the taking in, the file itself goes along in the form, as on the page of the
import of cards and letters; what is taken in is read anew.
"""

import base64
from http import HTTPStatus

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.answer_tables import TableLook
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.answer_table_form import answer_table_of
from comment_service.web.desk.answers import PLACE
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.importing import SHOWN, XLSX, carried_file
from comment_service.web.desk.table_problems import cell_words, place_words, unfit_words
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import STATUS_OF
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.permissions import Action
from participation.refusals import AlreadyAnswered, ChangedMeanwhile, Refusal
from spreadsheets.cell_problems import CellProblem, UnfitRows
from spreadsheets.reading import FILE_LIMIT, ROWS_LIMIT
from spreadsheets.refusals import UnfitSpreadsheet

TABLE = f"{PLACE}/tabelle"
REFUSED = (UnfitSpreadsheet, UnfitRows, ChangedMeanwhile, AlreadyAnswered)


@bp.get(TABLE)
@permitted(Action.IMPORT)
def answer_table(slug: str, version: int) -> Response:
    """Answer the page with the table, and the form to hand it in again."""
    return _page(slug, version)


@bp.get(f"{PLACE}/tabelle.xlsx")
@permitted(Action.EXPORT)
def answer_table_file(slug: str, version: int) -> Response:
    """Answer the table of all contributions on a version, to be filled in."""
    catalogue, place = commenting().published(), (slug, version)
    catalogue.version(*place)
    # Who does not ask for a file does not wait for what writes it.
    from spreadsheets.writing import write_xlsx  # noqa: PLC0415

    table = answer_table_of(catalogue, place, at_work().tables.entries(place), spoken())
    answer = Response(write_xlsx(table), mimetype=XLSX)
    name = f"{slug}-{version}-antworten.xlsx"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post(f"{TABLE}/vorschau")
@permitted(Action.IMPORT)
def look_at_answers(slug: str, version: int) -> Response:
    """Answer what a table would do, or what is wrong with it."""
    file = request.files.get("file")
    if file is None:
        return _looked(slug, version, b"")
    with file.stream as stream:
        return _looked(slug, version, stream.read())


@bp.post(TABLE)
@permitted(Action.IMPORT)
def take_in_answers(slug: str, version: int) -> BaseResponse:
    """Take in the table that was looked at."""
    try:
        done = at_work().tables.carry_out(current_account(), (slug, version), carried_file())
    except REFUSED as refusal:
        return _page(slug, version, refusal)
    address = url_for("desk.answers_of_version", slug=slug, version=version)
    return redirect_telling(address, _done_words(done))


def _looked(slug: str, version: int, content: bytes) -> Response:
    try:
        look = at_work().tables.look(current_account(), (slug, version), content)
    except REFUSED as refusal:
        return _page(slug, version, refusal)
    page = render_template(
        "desk/answer_table_look.html",
        document=commenting().published().document(slug),
        version=version,
        look=look,
        shown=SHOWN,
        carried=base64.urlsafe_b64encode(content).decode(),
    )
    return Response(page, mimetype="text/html")


def _page(slug: str, version: int, refusal: Refusal | None = None) -> Response:
    document = commenting().published().document(slug)
    document.version(version)
    problems = refusal.problems if isinstance(refusal, UnfitRows) else ()
    page = render_template(
        "desk/answer_table.html",
        document=document,
        version=version,
        count=len(problems),
        problems=[
            (place_words(one, spoken()), cell_words(one, spoken())) for one in problems[:SHOWN]
        ],
        fields=_field_words(refusal),
        rows_limit=ROWS_LIMIT,
        size_limit=FILE_LIMIT // 1024**2,
    )
    status = HTTPStatus.OK if refusal is None else STATUS_OF[type(refusal)]
    return Response(page, status=status, mimetype="text/html")


def _problem_words(found: CellProblem) -> tuple[str, str]:
    return place_words(found, spoken()), cell_words(found, spoken())


def _field_words(refusal: Refusal | None) -> dict[str, str]:
    match refusal:
        case UnfitSpreadsheet():
            return {"file": unfit_words(refusal, spoken())}
        case ChangedMeanwhile() | AlreadyAnswered():
            return {"file": " ".join(meaning(refusal.code, spoken()))}
    return {}


def _done_words(done: TableLook) -> str:
    language = spoken()
    new = language.ngettext("%(num)s new draft.", "%(num)s new drafts.", len(done.new))
    changed = language.ngettext(
        "%(num)s row changed an answer.", "%(num)s rows changed answers.", len(done.changed)
    )
    return f"{new % {'num': len(done.new)}} {changed % {'num': len(done.changed)}}"
