"""What the running service is made of, for the views to reach."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from comment_service.commenting import Commenting
from comment_service.restraint import Restraint
from comment_service.settings import Settings
from comment_service.supporting import Supporting
from comment_service.web.reading import Reading

if TYPE_CHECKING:  # loaded where mail is set up only
    from comment_service.web.post_office import PostOffice


@dataclass(frozen=True, slots=True)
class Service:
    """The settings, use cases, kept reads and counted requests of an application; perhaps mail."""

    settings: Settings
    commenting: Commenting
    reading: Reading
    restraint: Restraint
    post_office: "PostOffice | None" = None


def service() -> Service:
    """Return the service that answers the current request."""
    from flask import current_app  # noqa: PLC0415  # Flask is not loaded before it is needed

    return cast("Service", current_app.extensions["randnotiz"])


def supporting() -> Supporting:
    """Return the use cases of supporting."""
    of = commenting()
    return Supporting(of.published, of.store, of.secret, of.marks, of.clock)


def commenting() -> Commenting:
    """Return the use cases of commenting."""
    return service().commenting
