"""The first page of the desk."""

from flask import render_template

from comment_service.web.desk.access import permitted
from comment_service.web.desk.blueprint import bp
from participation.permissions import Action


@bp.get("/")
@permitted(Action.SEE_DESK)
def start() -> str:
    """Answer the overview."""
    return render_template("desk/start.html")
