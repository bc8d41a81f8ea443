"""The brake of a document at the desk: who works there is told, and why a contribution waits."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.storage.protocol import Store
from participation.caution import PERIOD
from tests.comment_service.web.desk.conftest import Desk
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, PAGE
from tests.conftest import Clock


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | {"RANDNOTIZ_BRAKE": "50"}


def post(client: FlaskClient, address: str) -> TestResponse:
    return client.post(CONTRIBUTE, json=COMMENT, environ_base={"REMOTE_ADDR": address})


def test_the_desk_is_told_of_the_brake_until_it_is_quiet_again(
    client: FlaskClient, moderator: Desk, store: Store, clock: Clock
):
    flood = [post(client, f"203.0.113.{number}") for number in range(51)]
    assert [answer.json["status"] for answer in flood] == [*["published"] * 50, "pending"]  # type: ignore[index]
    assert "Ihr Beitrag wird öffentlich, sobald er geprüft ist" in client.get(PAGE).text
    for path in ("/redaktion/", "/redaktion/beitraege"):
        assert "Die Bremse greift" in moderator.get(path).text
    waiting = moderator.get("/redaktion/beitraege?status=pending").text
    assert "Zu diesem Dokument kamen in zehn Minuten sehr viele." in waiting
    one = next(one for one in store.of_document("leitlinien") if one.waiting_because)
    assert "Wartet, weil:" in moderator.get(f"/redaktion/beitraege/{one.id}").text
    clock.now += PERIOD + timedelta(seconds=1)
    assert "Die Bremse greift" not in moderator.get("/redaktion/").text
    assert post(client, "203.0.113.99").json["status"] == "published"  # type: ignore[index]
