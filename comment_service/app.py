"""The application factory: from settings to a service that answers requests.

What is asked for most is answered without Flask, and Flask is loaded when it is first needed: a
service that has just been started answers sooner.
"""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from comment_service.commenting import Commenting
from comment_service.judging import Judging
from comment_service.making_public import MakingPublic
from comment_service.marks import FAR, Marks
from comment_service.publication import published_at
from comment_service.restraint import Restraint
from comment_service.settings import Settings, ordinary
from comment_service.storage.opening import open_store
from comment_service.web.desk_door import DeskDoor
from comment_service.web.front import Front
from comment_service.web.handled import Handled, tell
from comment_service.web.later import Later
from comment_service.web.quick_reads import QuickReads
from comment_service.web.quick_taking import QuickTaking
from comment_service.web.reading import Reading
from comment_service.web.service import Service

if TYPE_CHECKING:  # imported below, where it is needed
    from flask import Flask

    from comment_service.posting_regularly import PostingRegularly
    from comment_service.web.keeping_files import KeepingFiles
    from comment_service.web.metrics import Metrics
    from comment_service.web.post_office import PostOffice


class CommentService:
    """The service: ``served`` is what a server calls, the rest is loaded when it is needed."""

    def __init__(self, made_of: Service) -> None:
        self.made_of = made_of
        self._metrics = _metrics() if made_of.settings.metrics_token else None
        self.residents = Later(self._make_residents)
        self.desk = Later(self._make_desk)
        self.served = self._front()

    def keep_files(self) -> "KeepingFiles | None":
        """Begin to keep the public files, if there are to be any."""
        folder = self.made_of.settings.publish_dir
        if folder is None:
            return None
        # Only where files are kept does a start have to wait for these imports.
        from comment_service.web.keeping_files import KeepingFiles  # noqa: PLC0415
        from comment_service.web.public_files import PublicFiles  # noqa: PLC0415

        files = PublicFiles(folder, self.made_of.reading, self.made_of.commenting.published)
        keeping = KeepingFiles(folder, files)
        keeping.start()
        return keeping

    def send_mail(self) -> "PostingRegularly | None":
        """Begin to send letters, if mail is set up."""
        office = self.made_of.post_office
        return None if office is None else office.open()

    def _front(self) -> Front:
        made_of, origins = self.made_of, self.made_of.settings.allowed_origins
        return Front(
            DeskDoor(self.residents, self.desk),
            QuickReads(made_of.reading, clock=made_of.commenting.clock, origins=origins),
            QuickTaking(made_of.commenting, origins=origins, proxies=made_of.settings.proxies),
            record=self._record,
        )

    def _make_residents(self) -> "Flask":
        from comment_service.web.application import create_application  # noqa: PLC0415  # see above

        app = create_application(self.made_of, self._record)
        token = self.made_of.settings.metrics_token
        if self._metrics and token:
            self._metrics.expose(app, token)
        return app

    def _make_desk(self) -> "Flask":
        from comment_service.web.desk.application import create_desk  # noqa: PLC0415  # see above

        return create_desk(self.made_of, self._record)

    def _record(self, handled: Handled) -> None:
        tell(handled)
        if self._metrics is not None:
            self._metrics.count(handled)


def create_service(
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    stands_still: bool = False,
) -> CommentService:
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
    patience = 0.0 if stands_still else _patience(settings.store)
    commenting = _commenting(settings, clock, new_id, patience)
    restraint = Restraint(is_on=ordinary(settings) is not None)
    office = _post_office(settings, commenting) if settings.smtp_url else None
    return CommentService(Service(settings, commenting, Reading(commenting), restraint, office))


def create_app(
    settings: Settings, *, clock: Callable[[], datetime], new_id: Callable[[], str]
) -> "Flask":
    """Make the service as an application of Flask, with all that is before it."""
    made = create_service(settings, clock=clock, new_id=new_id)
    app = made.residents.application()
    app.wsgi_app = made.served  # type: ignore[method-assign]  # how Flask wants it
    app.extensions["randnotiz_service"] = made
    return app


def _commenting(
    settings: Settings,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    patience: float,
) -> Commenting:
    store = open_store(settings.store, connections=settings.store_connections)
    given = settings.secret
    secret = store.secret if given is None else lambda: given
    marks = Marks(store.state, patience=patience, elapsed=monotonic)
    return Commenting(
        published=published_at(settings.catalogue, clock),
        store=store,
        public=MakingPublic(store, marks),
        secret=secret,
        marks=marks,
        judging=Judging(ordinary(settings), secret, store.received_since),
        clock=clock,
        new_id=new_id,
    )


def _post_office(settings: Settings, commenting: Commenting) -> "PostOffice":
    # Only where mail is set up does a start have to wait for this import.
    from comment_service.web.post_office import PostOffice  # noqa: PLC0415

    return PostOffice(settings, commenting)


def _metrics() -> "Metrics":
    # Only where somebody fetches them does a start have to wait for this import.
    from comment_service.web.metrics import Metrics  # noqa: PLC0415

    return Metrics()


def _patience(store: str) -> float:
    # What lies on this machine is asked each time: it is a look at a file.
    return 0.0 if store.startswith(("embedded:", "memory:")) else FAR
