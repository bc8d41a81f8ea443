"""The first page of the desk."""

from flask import render_template

from comment_service.desk_search import Wanted
from comment_service.web.desk.access import permitted
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from participation.contribution import ContributionStatus
from participation.permissions import Action


@bp.get("/")
@permitted(Action.SEE_DESK)
def start() -> str:
    """Answer the overview: what there is to do, and where."""
    search = at_work().search
    waiting = search.find(Wanted(status=ContributionStatus.PENDING)).count
    unanswered = search.find(Wanted(status=ContributionStatus.PUBLISHED, is_answered=False)).count
    return render_template("desk/start.html", waiting=waiting, unanswered=unanswered)
