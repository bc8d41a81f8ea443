"""The application of the residents: all that the layer before it does not answer."""

from collections.abc import Callable

from flask import Blueprint, Flask

from comment_service.web import (
    api,
    challenges,
    contribution_feed,
    discussion_pages,
    exports,
    figures_pages,
    own_pages,
    pages,
    site,
    support_pages,
    synopses,
)
from comment_service.web.bodies import limit_bodies
from comment_service.web.errors import answer_errors
from comment_service.web.failed_takings import answer_what_failed
from comment_service.web.handled import Handled
from comment_service.web.headers import bear_headers
from comment_service.web.logs import record_requests
from comment_service.web.numbers import NumberConverter
from comment_service.web.origins import admit_origins
from comment_service.web.service import Service
from comment_service.web.spoken import speak


def create_application(made_of: Service, record: Callable[[Handled], None]) -> Flask:
    """Make the application of a service."""
    app = Flask("comment_service.web", static_url_path="/beitrag/static", subdomain_matching=False)
    app.url_map.merge_slashes = False  # an empty slug is an unknown one, not another address
    app.url_map.converters |= {"number": NumberConverter, "site_path": site.SitePathConverter}
    app.extensions["randnotiz"] = made_of
    record_requests(app, record)
    for equip in (answer_what_failed, limit_bodies, bear_headers, answer_errors, speak):
        equip(app)
    admit_origins(app, made_of.settings.allowed_origins)
    served = [site.bp] if made_of.settings.site else []
    taken_along = (contribution_feed.bp, exports.bp, figures_pages.bp, synopses.bp)
    told = (api.bp, challenges.bp, *taken_along, discussion_pages.bp)
    mail = [_mail_pages()] if made_of.post_office else []
    for blueprint in (*told, *mail, own_pages.bp, support_pages.bp, pages.bp, *served):
        app.register_blueprint(blueprint)
    return app


def _mail_pages() -> Blueprint:
    # Only where mail is set up does anybody wait for this import.
    from comment_service.web import mail_pages  # noqa: PLC0415

    return mail_pages.bp
