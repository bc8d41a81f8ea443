"""The service in memory, with the catalogue in a file, as in real life."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.app import create_app
from comment_service.commenting import Commenting
from comment_service.settings import Settings
from comment_service.storage.protocol import Store
from participation.catalogue import Catalogue, plain_catalogue
from tests.comment_service.small_disk import SmallDisk, mounted
from tests.conftest import Clock

Publish = Callable[[Catalogue], None]


class Client(FlaskClient):
    """A client that reads every answer to its end, so that no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def catalogue_file(tmp_path: Path) -> Path:
    """Where the service looks for the catalogue."""
    return tmp_path / "site" / "catalogue.json"


@pytest.fixture
def publish(catalogue_file: Path) -> Publish:
    """Publishes a catalogue as the site's build does: written aside, then moved in."""
    catalogue_file.parent.mkdir(exist_ok=True)

    def publish(catalogue: Catalogue) -> None:
        aside = catalogue_file.with_suffix(".new")
        aside.write_text(json.dumps(plain_catalogue(catalogue)))
        aside.replace(catalogue_file)

    return publish


@pytest.fixture
def environ(catalogue_file: Path) -> dict[str, str]:
    """The environment of the service; a test may change it before it asks for ``app``."""
    return {"RANDNOTIZ_STORE": "memory:", "RANDNOTIZ_CATALOGUE": str(catalogue_file)}


@pytest.fixture
def app(
    environ: dict[str, str],
    publish: Publish,
    catalogue: Catalogue,
    clock: Clock,
    new_id: Callable[[], str],
) -> Flask:
    """The service, with the catalogue published."""
    publish(catalogue)
    app = create_app(Settings.read(environ), clock=clock, new_id=new_id)
    app.test_client_class = Client
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the service."""
    return app.test_client()


@pytest.fixture
def commenting(app: Flask) -> Commenting:
    """The use cases of the service."""
    return cast("Commenting", app.extensions["randnotiz"].commenting)


@pytest.fixture
def store(commenting: Commenting) -> Store:
    """The store of the service."""
    return commenting.store


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 256 KiB."""
    with mounted(tmp_path) as disk:
        yield disk
