"""Forms that are not ours, or made for somebody else: refused, with what was typed."""

from flask import Flask, Response, render_template, request

from comment_service.web.desk.access import current_signed_in
from comment_service.web.desk.kept_form import sent_form
from comment_service.web.errors import STATUS_OF
from comment_service.web.refusals import ForeignForm, StaleForm
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.refusals import Refusal


def answer_forged_forms(desk: Flask) -> None:
    """Answer forms that are not carried out."""
    desk.register_error_handler(ForeignForm, _refused)
    desk.register_error_handler(StaleForm, _refused)


def _refused(refusal: Refusal) -> Response:
    """Show what was typed; only a form of this address can be sent again from here."""
    happened, cure = meaning(refusal.code, spoken())
    signed_in = current_signed_in()
    again = isinstance(refusal, StaleForm) and signed_in is not None
    page = render_template(
        "desk/form_again.html",
        code=refusal.code,
        happened=happened,
        cure=cure,
        kept=sent_form(request),
        again=again,
    )
    return Response(page, status=STATUS_OF[type(refusal)], mimetype="text/html")
