"""The application factory: from settings to a service that answers requests."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from flask import Flask

from comment_service.commenting import Commenting
from comment_service.marks import FAR, Marks
from comment_service.publication import published_at
from comment_service.settings import Settings
from comment_service.storage.opening import open_store
from comment_service.web import api, pages, site
from comment_service.web.bodies import limit_bodies
from comment_service.web.desk_door import DeskDoor
from comment_service.web.errors import answer_errors
from comment_service.web.front import Front
from comment_service.web.handled import Handled, tell
from comment_service.web.headers import bear_headers
from comment_service.web.logs import record_requests
from comment_service.web.numbers import NumberConverter
from comment_service.web.origins import admit_origins
from comment_service.web.quick_reads import QuickReads
from comment_service.web.quick_taking import QuickTaking, answer_what_failed
from comment_service.web.reading import Reading
from comment_service.web.service import Service
from comment_service.web.spoken import speak

if TYPE_CHECKING:  # imported below, where it is needed
    from comment_service.web.keeping_files import KeepingFiles


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    stands_still: bool = False,
) -> Flask:
    """Make the service.

    Args:
        settings: Read and checked.
        clock: Returns the present moment, aware.
        new_id: Returns a new UUIDv7.
        stands_still: Whether the process may be halted between two requests, and with it every
            clock of seconds: then nothing may be believed because it was read just before.

    Raises:
        BrokenSetting: If the setting of the store names none. A store or catalogue that is
            not usable does not keep the service from starting: it answers 503.
    """
    app = Flask("comment_service.web", static_url_path="/beitrag/static", subdomain_matching=False)
    app.url_map.merge_slashes = False  # an empty slug is an unknown one, not another address
    app.url_map.converters |= {"number": NumberConverter, "site_path": site.SitePathConverter}
    patience = 0.0 if stands_still else _patience(settings.store)
    commenting = _commenting(settings, clock, new_id, patience)
    reading = Reading(commenting)
    app.extensions["randnotiz"] = Service(settings, commenting, reading)
    record = _recording(app, settings.metrics_token)
    record_requests(app, record)
    for equip in (answer_what_failed, limit_bodies, bear_headers, answer_errors, speak):
        equip(app)
    admit_origins(app, settings.allowed_origins)
    for blueprint in (api.bp, pages.bp, *([site.bp] if settings.site else [])):
        app.register_blueprint(blueprint)
    door = DeskDoor(app.wsgi_app, lambda: _desk(app.extensions["randnotiz"], record))
    app.extensions["randnotiz_desk_door"] = door
    origins = settings.allowed_origins
    app.wsgi_app = Front(  # type: ignore[method-assign]  # how Flask wants it
        door,
        QuickReads(reading, clock=clock, origins=origins),
        QuickTaking(commenting, origins=origins),
        record=record,
    )
    return app


def keep_files(app: Flask) -> "KeepingFiles | None":
    """Begin to keep the public files of a service, if it is to have any."""
    made_of: Service = app.extensions["randnotiz"]
    folder = made_of.settings.publish_dir
    if folder is None:
        return None
    # Only where files are kept does a start have to wait for these imports.
    from comment_service.web.keeping_files import KeepingFiles  # noqa: PLC0415
    from comment_service.web.public_files import PublicFiles  # noqa: PLC0415

    files = PublicFiles(folder, made_of.reading, made_of.commenting.published)
    keeping = KeepingFiles(folder, files)
    keeping.start()
    return keeping


def _commenting(
    settings: Settings,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    patience: float,
) -> Commenting:
    store = open_store(settings.store, connections=settings.store_connections)
    secret = settings.secret
    return Commenting(
        published=published_at(settings.catalogue, clock),
        store=store,
        secret=store.secret if secret is None else lambda: secret,
        marks=Marks(store.state, patience=patience, elapsed=monotonic),
        clock=clock,
        new_id=new_id,
    )


def _desk(service: Service, record: Callable[[Handled], None]) -> Flask:
    # Only where the desk is asked for does anybody have to wait for these imports.
    from comment_service.web.desk.application import create_desk  # noqa: PLC0415

    return create_desk(service, record)


def _recording(app: Flask, token: bytes | None) -> Callable[[Handled], None]:
    if token is None:
        return tell
    # Only where somebody fetches them does a start have to wait for this import.
    from comment_service.web.metrics import expose  # noqa: PLC0415

    metrics = expose(app, token)

    def record(handled: Handled) -> None:
        tell(handled)
        metrics.count(handled)

    return record


def _patience(store: str) -> float:
    # What lies on this machine is asked each time: it is a look at a file.
    return 0.0 if store.startswith(("embedded:", "memory:")) else FAR
