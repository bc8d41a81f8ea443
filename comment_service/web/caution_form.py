"""What a form bears so that programs stay out, and what of it comes back."""

from dataclasses import dataclass

from flask import Request

from comment_service.sent import Sent
from comment_service.web.caution_words import QUESTION_WORDS
from comment_service.web.sender import sender
from comment_service.web.service import commenting, service
from comment_service.web.spoken import spoken

STAMP, TRAP, ANSWER = "shown", "subject", "answer"  # names of the fields
LONGEST = 200  # characters that are read of an answer


@dataclass(frozen=True, slots=True)
class CautiousForm:
    """The stamp of a form, and the question that goes with it, in words."""

    stamp: str
    question: str


def cautious_form() -> CautiousForm:
    """Return what a form that is handed out now bears."""
    stamp, question = commenting().judging.stamps.new(commenting().clock())
    return CautiousForm(stamp, spoken().gettext(QUESTION_WORDS[question]))


def read_sent(request: Request) -> Sent:
    """Read what came beside the words of a form."""
    form = request.form
    return Sent(
        address=sender(request.environ, service().settings.proxies),
        trap=form.get(TRAP, ""),
        shown=form.get(STAMP),
        answer=form.get(ANSWER, "")[:LONGEST],
    )
