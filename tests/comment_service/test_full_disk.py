"""A full disk is told as a fault that passes; what was taken before is there, and after."""

from typing import Any

import pytest
from flask import Flask

from tests.comment_service.small_disk import SmallDisk
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS


@pytest.fixture
def environ(environ: dict[str, str], small_disk: SmallDisk) -> dict[str, str]:
    """A service that keeps contributions on a disk with little room."""
    store = f"embedded:{small_disk.folder / 'data'}"
    return environ | {"RANDNOTIZ_STORE": store, "RANDNOTIZ_RATE_LIMITS": "off"}


def test_a_full_disk_answers_503_and_takes_again_when_there_is_room(
    app: Flask, small_disk: SmallDisk
):
    client, taken = app.test_client(), set()
    while (answer := client.post(CONTRIBUTE, json=COMMENT)).status_code == 201:
        taken.add(answer.get_json()["id"])
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert client.get("/readyz").status_code == 503
    assert public(client) == taken
    small_disk.make_room()
    again = client.post(CONTRIBUTE, json=COMMENT)
    assert again.status_code == 201
    assert public(client) == taken | {again.get_json()["id"]}
    assert client.get("/readyz").status_code == 200


def public(client: Any) -> set[str]:
    (version,) = client.get(CONTRIBUTIONS).get_json()["versions"]
    return {one["id"] for paragraph in version["paragraphs"] for one in paragraph["contributions"]}
