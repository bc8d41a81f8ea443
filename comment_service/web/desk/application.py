"""The application of the desk: made beside that of the residents, when it is first asked for."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.importing import Importing
from comment_service.passwords import Passwords
from comment_service.signing_in import SigningIn
from comment_service.transcribing import Transcribing
from comment_service.tries import Tries
from comment_service.web import pages
from comment_service.web.desk import (  # noqa: F401  # they add their views
    accounts,
    answer,
    answer_table,
    answers,
    at_work,
    contribution,
    erasing,
    importing,
    log,
    own_account,
    queue,
    signing_in,
    single_sign_on,
    start,
    transcribing,
)
from comment_service.web.desk.access import current_signed_in, may, refuse_unmarked
from comment_service.web.desk.addresses import in_language
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.brake import braked, doubt_words
from comment_service.web.desk.forgery import form_field
from comment_service.web.desk.forms_again import answer_forged_forms
from comment_service.web.desk.guard import guard
from comment_service.web.desk.headers import bear_headers
from comment_service.web.desk.made_of import KEY, MadeOf
from comment_service.web.desk.navigation import places
from comment_service.web.desk.role_words import role_words
from comment_service.web.desk.table_form import table_form
from comment_service.web.desk.telling import told
from comment_service.web.desk.uploads import limit_uploads
from comment_service.web.desk_door import DESK
from comment_service.web.errors import answer_errors
from comment_service.web.handled import Handled
from comment_service.web.logs import record_requests
from comment_service.web.numbers import NumberConverter
from comment_service.web.service import Service
from comment_service.web.spoken import speak


def create_desk(service: Service, record: Callable[[Handled], None]) -> Flask:
    """Make the desk of a service.

    Raises:
        ValueError: If a view does not say who may reach it.
    """
    desk = Flask("comment_service.web", static_url_path=f"{DESK}/static")
    desk.url_map.converters |= {"number": NumberConverter}
    desk.extensions |= {"randnotiz": service, KEY: _made_of(service)}
    at_work.equip(desk, service)
    record_requests(desk, record)
    bear_headers(desk)
    desk.before_request(guard)
    answer_errors(desk)
    answer_forged_forms(desk)
    limit_uploads(desk)
    speak(desk)
    desk.context_processor(_words)
    desk.register_blueprint(bp)
    desk.register_blueprint(pages.bp)  # for links to residents' pages; nobody gets there by here
    refuse_unmarked(desk)
    return desk


def _made_of(service: Service) -> MadeOf:
    commenting = service.commenting
    kept, passwords = Accounts(commenting.store), Passwords()
    typing = Transcribing(
        commenting.published,
        commenting.store,
        commenting.secret,
        commenting.marks,
        commenting.clock,
        commenting.new_id,
    )
    return MadeOf(
        kept,
        Administering(kept, passwords, commenting.clock, commenting.new_id),
        SigningIn(kept, passwords, Tries(), commenting.clock),
        typing,
        Importing(typing, table_form),
    )


def _words() -> dict[str, Any]:
    signed_in = current_signed_in()
    return {
        "frame": "desk/base.html",
        "braked": braked,
        "doubt_words": doubt_words,
        "account": signed_in and signed_in.account,
        "form_field": signed_in and form_field(signed_in),
        "in_language": in_language,
        "may": may,
        "places": places,
        "role_words": role_words,
        "told": told(),
    }
