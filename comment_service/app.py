"""The application factory: from settings to a service that answers requests."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask_cors import CORS

from comment_service.commenting import Commenting
from comment_service.publication import published_at
from comment_service.settings import Settings
from comment_service.storage.opening import open_store
from comment_service.web import api, pages, site
from comment_service.web.bodies import limit_bodies
from comment_service.web.errors import answer_errors
from comment_service.web.headers import bear_headers
from comment_service.web.logs import log_requests
from comment_service.web.numbers import NumberConverter
from comment_service.web.service import Service
from comment_service.web.spoken import speak


def create_app(
    settings: Settings, *, clock: Callable[[], datetime], new_id: Callable[[], str]
) -> Flask:
    """Make the service.

    Args:
        settings: Read and checked.
        clock: Returns the present moment, aware.
        new_id: Returns a new UUIDv7.

    Raises:
        BrokenSetting: If the setting of the store names none. A store or catalogue that is
            not usable does not keep the service from starting: it answers 503.
    """
    app = Flask("comment_service.web", static_url_path="/beitrag/static", subdomain_matching=False)
    app.url_map.merge_slashes = False  # an empty slug is an unknown one, not another address
    app.url_map.converters |= {"number": NumberConverter, "site_path": site.SitePathConverter}
    app.extensions["randnotiz"] = Service(settings, _commenting(settings, clock, new_id))
    for equip in (log_requests, limit_bodies, bear_headers, answer_errors, speak):
        equip(app)
    _admit_origins(app, settings.allowed_origins)
    for blueprint in (api.bp, pages.bp, *([site.bp] if settings.site else [])):
        app.register_blueprint(blueprint)
    return app


def _commenting(
    settings: Settings, clock: Callable[[], datetime], new_id: Callable[[], str]
) -> Commenting:
    store, secret = open_store(settings.store), settings.secret
    return Commenting(
        published=published_at(settings.catalogue, clock),
        store=store,
        secret=store.secret if secret is None else lambda: secret,
        clock=clock,
        new_id=new_id,
    )


def _admit_origins(app: Flask, origins: tuple[str, ...]) -> None:
    if origins:
        CORS(
            app,
            resources=r"/api/.*",
            origins=list(origins),
            methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "Idempotency-Key"],
            expose_headers=["ETag", "Location", "Retry-After"],
            max_age=3600,
        )
