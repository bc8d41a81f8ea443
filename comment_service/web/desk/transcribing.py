"""The form for one card, letter or call."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from http import HTTPStatus
from typing import Any

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.places_of_versions import (
    VersionPlace,
    read_place,
    version_places,
)
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import UNAVAILABLE, field_messages, log_fault
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from comment_service.web.words_of_contributions import CHANNELS as CHANNEL_WORDS
from comment_service.web.words_of_contributions import KINDS
from participation.contribution import NAME_LIMIT, TEXT_LIMIT, WORDING_LIMIT
from participation.faults import Fault
from participation.paragraph import ParagraphRef
from participation.permissions import Action
from participation.refusals import (
    IdempotencyKeyReused,
    InvalidInput,
)
from participation.transcript import CHANNELS, Transcript
from participation.transcript import KINDS as TRANSCRIBED

STAYS = ("place", "channel", "event", "came_on")  # from one card of a stack to the next
BEGINNING = 60  # characters of a paragraph, to see whether it is the one that is meant


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form, to be shown again as it was."""

    place: str = ""
    number: str = ""
    kind: str = "comment"
    channel: str = "workshop"
    event: str = ""
    came_on: str = ""
    people: str = ""
    name: str = ""
    text: str = ""
    proposed_wording: str = ""
    key: str = ""

    def transcript(self, slug: str) -> Transcript:
        """Return what was typed of a contribution."""
        return Transcript(
            document=slug,
            number=self.number,
            kind=self.kind,
            channel=self.channel,
            text=self.text,
            event=self.event,
            came_on=self.came_on,
            people=self.people,
            name=self.name,
            proposed_wording=self.proposed_wording,
        )


@bp.get("/abschriften")
@permitted(Action.TRANSCRIBE)
def transcribe() -> Response:
    """Answer the form; what is the same for a stack of cards is filled in already."""
    return _page(Typed(**{name: request.args[name] for name in STAYS if name in request.args}))


@bp.post("/abschriften")
@permitted(Action.TRANSCRIBE)
def take_transcript() -> BaseResponse:
    """Take what was typed; then offer the form for the next card."""
    typed = _typed()
    try:
        slug, version = read_place(typed.place)
        taken = made_of().transcribing.take(
            current_account(), typed.transcript(slug), version, key=typed.key
        )
    except InvalidInput as refusal:
        return _page(typed, field_messages(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except IdempotencyKeyReused as refusal:
        anew = replace(typed, key="")  # it is another card now
        return _page(anew, problem=refusal.code, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Fault as fault:  # nothing that was typed gets lost
        log_fault(fault)
        return _page(typed, problem=UNAVAILABLE, status=HTTPStatus.SERVICE_UNAVAILABLE)
    following = url_for("desk.transcribe", **{name: getattr(typed, name) for name in STAYS})
    said = spoken().gettext("Taken, on paragraph no. %(number)s: “%(beginning)s”")
    return redirect_telling(following, said % _seen(taken.ref))


def _typed() -> Typed:
    return Typed(**{one.name: request.form.get(one.name, "") for one in fields(Typed)})


def _page(
    typed: Typed,
    wrong: Mapping[str, str] | None = None,
    *,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    """Return the form; ``wrong`` is said of single fields, ``problem`` is a code."""
    page = render_template(
        "desk/transcribe.html",
        typed=replace(typed, key=typed.key or secrets.token_urlsafe(16)),
        versions=_places(),
        kinds={kind: KINDS[kind] for kind in TRANSCRIBED},
        channels={channel: CHANNEL_WORDS[channel] for channel in CHANNELS},
        fields=wrong or {},
        problem=" ".join(meaning(problem, spoken())) if problem else "",
        text_limit=TEXT_LIMIT,
        name_limit=NAME_LIMIT,
        wording_limit=WORDING_LIMIT,
    )
    return Response(page, status=status, mimetype="text/html")


def _places() -> list[VersionPlace]:
    try:
        return version_places()
    except Fault as fault:  # a second trouble must not cost what was typed
        log_fault(fault)
        return []


def _seen(ref: ParagraphRef) -> dict[str, Any]:
    text = commenting().published().paragraph(ref).text
    beginning = text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…"
    return {"number": ref.number, "beginning": beginning}
