"""Challenges: what a browser solves unseen while somebody writes."""

from flask import Blueprint, Response

from comment_service.restraint import Asked
from comment_service.web.presenters import json_answer
from comment_service.web.restraining import restrain
from comment_service.web.service import commenting

bp = Blueprint("challenges", __name__)


@bp.get("/api/challenge")
def challenge() -> Response:
    """Answer a new challenge; each is good for one contribution."""
    restrain(Asked.CHALLENGE)
    answer = json_answer(commenting().judging.proofs.challenge(commenting().clock()))
    answer.headers["Cache-Control"] = "no-store"
    return answer
