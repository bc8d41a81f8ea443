"""What is said to people: every code, every problem of a field, every window, in their language."""

from datetime import datetime

from comment_service.web.dates import day_words, number_words
from comment_service.web.messages import Language, gettext_noop
from comment_service.web.window_words import window_words
from participation.document import Version
from participation.refusals import FieldProblem
from participation.window import WindowState

MEANINGS = {  # by code: what happened, and what to do
    "account-name-taken": (
        gettext_noop("There is an account of that name already."),
        gettext_noop("Please choose another name, or look for it in the list of accounts."),
    ),
    "already-answered": (
        gettext_noop("One of these contributions has an answer already."),
        gettext_noop("Please open that answer and revise it, or leave the contribution out."),
    ),
    "bad-request": (
        gettext_noop("This request cannot be understood."),
        gettext_noop("Please check the address and the way it was sent."),
    ),
    "broken-json": (
        gettext_noop("The body of this request is no JSON."),
        gettext_noop("Please send one JSON object in UTF-8."),
    ),
    "changed-meanwhile": (
        gettext_noop("Somebody else has changed this in between."),
        gettext_noop("Please load it anew, and look whether your change is still needed."),
    ),
    "decision-is-discarded": (
        gettext_noop("This answer was discarded."),
        gettext_noop("Please write a new one."),
    ),
    "decision-is-public": (
        gettext_noop("This answer is public already."),
        gettext_noop("It cannot be discarded, but you can revise it."),
    ),
    "foreign-form": (
        gettext_noop("This form was not sent from a page of the editorial desk."),
        gettext_noop("Nothing was done. Please open the page of the desk and do it there."),
    ),
    "idempotency-key-reused": (
        gettext_noop("This was sent before, with another content."),
        gettext_noop("Please use a new idempotency key for each new contribution."),
    ),
    "invalid-input": (
        gettext_noop("This cannot be taken as it is."),
        gettext_noop("Please change the fields that are named and send it again."),
    ),
    "last-administrator": (
        gettext_noop("Nobody else could look after the accounts any more."),
        gettext_noop("Please make somebody else an administrator first."),
    ),
    "method-not-allowed": (
        gettext_noop("This address does not take this kind of request."),
        gettext_noop("The header Allow names the kinds that it takes."),
    ),
    "no-account": (
        gettext_noop("Single sign-on knows you, but you have no account at this desk."),
        gettext_noop("Please ask an administrator of the editorial desk for one."),
    ),
    "not-found": (
        gettext_noop("There is nothing at this address."),
        gettext_noop("Please check the address, or start from the list of documents."),
    ),
    "not-permitted": (
        gettext_noop("Your role does not permit this."),
        gettext_noop("Please ask an administrator of the editorial desk to do it."),
    ),
    "our-fault": (
        gettext_noop("Something broke on our side."),
        gettext_noop("It is not your doing. Please try again later."),
    ),
    "own-contribution": (
        gettext_noop("This contribution was written in this browser."),
        gettext_noop("You can support what others have written."),
    ),
    "sign-in-refused": (
        gettext_noop("Name, password or code is wrong."),
        gettext_noop("Please try again; an administrator can give you a new password."),
    ),
    "single-sign-on-refused": (
        gettext_noop("Single sign-on did not work."),
        gettext_noop("Please begin once more; it has to be ended within ten minutes."),
    ),
    "stale-form": (
        gettext_noop("This form was opened before you signed in as you are now."),
        gettext_noop("Nothing was done yet, and nothing is lost: please look at it and send it."),
    ),
    "status-forbids": (
        gettext_noop("The state of this contribution does not permit that."),
        gettext_noop("Please load it anew, and look at its history."),
    ),
    "too-large": (
        gettext_noop("This is too large."),
        gettext_noop("Please send at most 64 KiB; go back, and your text is still there."),
    ),
    "too-many": (
        gettext_noop("Too much was sent from your place at once."),
        gettext_noop("Nothing is lost: please wait a few minutes and try again."),
    ),
    "too-many-tries": (
        gettext_noop("There were too many wrong tries to sign in."),
        gettext_noop("Please wait a few minutes; the next right try will do."),
    ),
    "unavailable": (
        gettext_noop("Contributions cannot be read or taken at this moment."),
        gettext_noop("It is not your doing. Please try again in a few minutes."),
    ),
    "unfit-rows": (
        gettext_noop("Some cells of this spreadsheet cannot be taken, so nothing was."),
        gettext_noop("Please change the cells that are named and send the file again."),
    ),
    "unfit-spreadsheet": (
        gettext_noop("This spreadsheet cannot be read."),
        gettext_noop("Please use the template of the desk, and save it as XLSX or CSV."),
    ),
    "unknown-account": (
        gettext_noop("There is no such account."),
        gettext_noop("Please look for it in the list of accounts."),
    ),
    "unknown-browser": (
        gettext_noop("This service has not handed out the browser token of this request."),
        gettext_noop("Please load the page anew and try again; programs ask for a new token."),
    ),
    "unknown-contribution": (
        gettext_noop("There is no such public contribution."),
        gettext_noop("It may be waiting for its review, or may have been withdrawn."),
    ),
    "unknown-decision": (
        gettext_noop("There is no such answer of the working group."),
        gettext_noop("Please look for it in the list of answers."),
    ),
    "unknown-document": (
        gettext_noop("There is no such document."),
        gettext_noop("Please check the address, or start from the list of documents."),
    ),
    "unknown-mail-link": (
        gettext_noop("This link does not hold, or not any more."),
        gettext_noop(
            "The address may be deleted already. You can leave it again with your receipt code."
        ),
    ),
    "unknown-paragraph": (
        gettext_noop("There is no such paragraph in this version."),
        gettext_noop("Please check its number (Rn.) in the text."),
    ),
    "unknown-receipt": (
        gettext_noop("There is no contribution of this receipt code."),
        gettext_noop("Please compare it with what you noted: five groups of four characters."),
    ),
    "unknown-version": (
        gettext_noop("There is no such version of this document."),
        gettext_noop("Please check its number, or start from the list of documents."),
    ),
    "unsupported-media-type": (
        gettext_noop("The body of this request is of a type that is not read here."),
        gettext_noop("Please send JSON in UTF-8, with the content type application/json."),
    ),
    "upload-too-large": (
        gettext_noop("This is too large."),
        gettext_noop(
            "Please send at most 16 MiB; go back, and what you have typed is still there."
        ),
    ),
    "window-not-open": (
        gettext_noop("This version takes no contributions at this moment."),
        gettext_noop("Please keep your text; the text and its contributions can always be read."),
    ),
}

FIELD_MEANINGS = {
    "answered-meanwhile": gettext_noop(
        "Somebody has changed this answer in between. It now says: %(what)s"
    ),
    "corrected-meanwhile": gettext_noop(
        "The author has corrected the contribution in between. It now says: %(what)s"
    ),
    "control-character": gettext_noop(
        "There is a character in it that cannot be shown. Please type the place anew."
    ),
    "empty": gettext_noop("Please write something here."),
    "foreign-letters": gettext_noop(
        "Before the @ only letters from a to z, digits and signs can be written to from here yet. "
        "Please name another address."
    ),
    "is-reply": gettext_noop("What is answered here is a reply itself: please answer the first."),
    "missing": gettext_noop("This field is missing."),
    "mixed-versions": gettext_noop("These contributions are not on the same version."),
    "in-the-future": gettext_noop("This day is yet to come."),
    "no-address": gettext_noop("This is no e-mail address. It looks like this: name@example.org."),
    "no-count": gettext_noop("This must be a whole number from 1 to %(limit)s."),
    "no-day": gettext_noop("This must be a day such as 13.03.2024."),
    "no-origin": gettext_noop("Please name the event, or the day on which it came in."),
    "no-number": gettext_noop("This must be a whole number."),
    "no-paragraph": gettext_noop(
        "%(what)s is no paragraph. Please write 2/15, or several: 2/15, 2/16."
    ),
    "nothing-chosen": gettext_noop("Please choose at least one contribution."),
    "not-later": gettext_noop("%(what)s is not in a later version."),
    "no-reason": gettext_noop("Please choose a reason from the list."),
    "not-there": gettext_noop(
        "This does not stand in the contribution. Please copy it from there."
    ),
    "only-proposals": gettext_noop("Only a change proposal has a wording."),
    "only-replies": gettext_noop("Only a reply answers another contribution."),
    "other-paragraph": gettext_noop("What is answered here stands at another paragraph."),
    "row-twice": gettext_noop("This contribution is there twice. Please remove one of the rows."),
    "shared-answer": gettext_noop(
        "This contribution shares its answer with others: the same has to stand in all their rows."
    ),
    "too-long": gettext_noop("At most %(limit)s characters can be taken here."),
    "too-often": gettext_noop("This was corrected %(limit)s times already; that has to do."),
    "too-short": gettext_noop("At least %(limit)s characters are needed here."),
    "unchanged": gettext_noop("This is the wording as it stands. Please change what you would."),
    "unfit-key": gettext_noop("This must be 1 to %(limit)s visible ASCII characters."),
    "unfit-name": gettext_noop(
        "Please use letters, digits and . @ + - _ only, at most %(limit)s of them."
    ),
    "unknown-choice": gettext_noop("Please choose something that is offered."),
    "unknown-field": gettext_noop("There is no such field."),
    "wrong-code": gettext_noop("This is not the code of this moment."),
    "wrong-password": gettext_noop("This is not your password."),
    "unknown-row": gettext_noop(
        "No contribution on this version is recognised by this. Please load the table anew."
    ),
    "unknown-meeting": gettext_noop("There are no minutes of %(what)s."),
    "unknown-paragraph": gettext_noop("There is no paragraph %(what)s."),
    "wrong-type": gettext_noop("This is of the wrong type."),
}


def meaning(code: str, language: Language) -> tuple[str, str]:
    """Return what a code says: what happened, and what to do."""
    happened, cure = MEANINGS[code]
    return language.gettext(happened), language.gettext(cure)


def field_words(problem: FieldProblem, language: Language) -> str:
    """Return what is wrong with a field."""
    message = language.gettext(FIELD_MEANINGS[problem.code])
    limit = "" if problem.limit is None else number_words(problem.limit, language)
    return message % {"limit": limit, "what": problem.what}


def window_sentence(version: Version, now: datetime, language: Language) -> str:
    """Return whether and when a version takes contributions; once it is over, who answers when.

    The script of the reader's page says the same sentences (``site_src/panel_messages.py``).
    """
    window = version.window
    if window is None:
        return language.gettext("This version takes no contributions.")
    words = {"words": window_words(window, now, language)}
    match window.state(now):
        case WindowState.NOT_YET:
            return language.gettext("Contributions are possible %(words)s.") % words
        case WindowState.OPEN:
            return language.gettext("Contributions are possible: %(words)s.") % words
        case WindowState.CLOSED:
            closed = language.gettext("The time for contributions is over %(words)s.") % words
            return f"{closed} {_answers_sentence(version, language)}"


def _answers_sentence(version: Version, language: Language) -> str:
    if version.answers is None:
        return language.gettext("The working group answers every contribution.")
    day = {"day": day_words(version.answers, language)}
    return language.gettext("Answers of the working group: by %(day)s.") % day
