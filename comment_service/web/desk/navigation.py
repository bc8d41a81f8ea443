"""The navigation of the desk: its pages, and what they take."""

from dataclasses import dataclass

from flask import current_app, request, url_for

from comment_service.web.desk.access import may
from comment_service.web.messages import gettext_noop
from participation.permissions import Action


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the navigation leads to."""

    endpoint: str
    words: str
    action: Action


PLACES = (
    Place("desk.start", gettext_noop("Overview"), Action.SEE_DESK),
    Place("desk.queue", gettext_noop("Contributions"), Action.SEE_DESK),
    Place("desk.transcribe", gettext_noop("Transcribe"), Action.TRANSCRIBE),
    Place("desk.import_table", gettext_noop("Import"), Action.IMPORT),
    Place("desk.answers", gettext_noop("Answers"), Action.ANSWER),
    Place("desk.erase_chosen", gettext_noop("Erase"), Action.ERASE),
    Place("desk.log", gettext_noop("Log"), Action.SEE_LOG),
    Place("desk.accounts", gettext_noop("Accounts"), Action.MANAGE_ACCOUNTS),
)


def places() -> list[tuple[str, str, bool]]:
    """Return address, words and whether it is here of each page that may be seen."""
    return [
        (url_for(place.endpoint), place.words, _is_here(place))
        for place in PLACES
        if place.endpoint in current_app.view_functions and may(place.action)
    ]


def _is_here(place: Place) -> bool:
    if request.endpoint == place.endpoint or request.path == url_for(place.endpoint, lang=None):
        return True
    # What lies below a page belongs to it; but all lies below the overview.
    below = f"{url_for(place.endpoint).partition('?')[0]}/"
    return place.endpoint != "desk.start" and request.path.startswith(below)
