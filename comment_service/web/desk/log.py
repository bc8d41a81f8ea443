"""The log at the desk: who, by role, changed what, and when; newest first."""

from flask import render_template, request

from comment_service.desk_search import PAGE
from comment_service.web.desk.access import permitted
from comment_service.web.desk.addresses import changed
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.log_words import changed_words, log_words
from comment_service.web.desk.wanted import read_number
from participation.log_entry import Changed
from participation.permissions import Action


@bp.get("/protokoll")
@permitted(Action.SEE_LOG)
def log() -> str:
    """Answer a page of the log."""
    wanted = request.args.get("changed", "")
    entries = [one for one in at_work().history.all() if wanted in {"", one.entry.changed}]
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(read_number(request.args.get("page", "")) or 1, 1), pages)
    shown = entries[::-1][(page - 1) * PAGE : page * PAGE]
    return render_template(
        "desk/log.html",
        entries=shown,
        count=len(entries),
        page=page,
        pages=pages,
        wanted=wanted,
        kinds=list(Changed),
        changed_words=changed_words,
        log_words=log_words,
        changed=changed,
    )
