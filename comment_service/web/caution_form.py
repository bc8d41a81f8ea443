"""What a form bears so that programs stay out, and what of it comes back."""

from dataclasses import dataclass

from flask import Request, request

from comment_service.sent import Sent
from comment_service.web.caution_words import QUESTION_WORDS
from comment_service.web.errors import log_fault
from comment_service.web.sender import sender
from comment_service.web.service import commenting, service
from comment_service.web.spoken import spoken
from participation.faults import Fault

STAMP, TRAP, ANSWER = "shown", "subject", "answer"  # names of the fields
LONGEST = 200  # characters that are read of an answer


@dataclass(frozen=True, slots=True)
class CautiousForm:
    """The stamp of a form, the question that goes with it in words, and what was answered."""

    stamp: str
    question: str
    answer: str = ""


def cautious_form() -> CautiousForm | None:
    """Return what a form that is handed out now bears; one that is shown again bears the same.

    Without the store's secret there is none: a form that shows what was typed need not wait.
    """
    try:
        return _shown_again() or _new()
    except Fault as fault:
        log_fault(fault)
        return None


def _shown_again() -> CautiousForm | None:
    stamp = request.form.get(STAMP, "")
    known = commenting().judging.stamps.read(stamp)
    if known is None:
        return None
    return CautiousForm(stamp, _words(known.question), _answer(request))


def _new() -> CautiousForm:
    stamp, question = commenting().judging.stamps.new(commenting().clock())
    return CautiousForm(stamp, _words(question))


def _words(question: str) -> str:
    return spoken().gettext(QUESTION_WORDS[question])


def _answer(request: Request) -> str:
    return request.form.get(ANSWER, "")[:LONGEST]


def is_braked(slug: str) -> bool:
    """Say whether what is handed in on a document now waits for a review; False if unknown."""
    try:
        return bool(commenting().judging.braked([slug], commenting().clock()))
    except Fault as fault:
        log_fault(fault)
        return False


def read_sent(request: Request) -> Sent:
    """Read what came beside the words of a form."""
    form = request.form
    return Sent(
        address=sender(request.environ, service().settings.proxies),
        trap=form.get(TRAP, ""),
        shown=form.get(STAMP),
        answer=_answer(request),
    )
