import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from comment_service.web.handled import log
from comment_service.web.log_lines import SERVER, configure_logs
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS, PAGE


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What is logged; gunicorn's logger has a handler, as in its workers."""
    stream = StringIO()
    before = log.handlers, log.propagate, log.level
    SERVER.handlers = [logging.StreamHandler(stream)]
    configure_logs("info", stream)
    yield stream
    log.handlers, log.propagate = before[:2]
    log.setLevel(before[2])
    SERVER.handlers, SERVER.filters = [], []


def logged(lines: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_logged_by_its_route(client: FlaskClient, lines: StringIO):
    answer = client.get(f"{CONTRIBUTIONS}?version=1")
    (line,) = logged(lines)
    assert set(line) == {
        "time",
        "level",
        "event",
        "method",
        "route",
        "status",
        "duration_ms",
        "request_id",
    }
    assert (line["event"], line["level"]) == ("request", "INFO")
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["route"] == "/api/documents/<slug>/contributions"
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert line["duration_ms"] >= 0


def test_nothing_of_people_is_logged(client: FlaskClient, lines: StringIO):
    environ = {"REMOTE_ADDR": "203.0.113.9"}
    headers = {"User-Agent": "Netscape", "Idempotency-Key": "k-geheim"}
    given: dict[str, Any] = {"environ_overrides": environ, "headers": headers}
    client.post(CONTRIBUTE, json=COMMENT, **given)
    client.post(PAGE, data={**COMMENT, "text": "x\x00 Bänke"}, **given)
    client.get(f"{PAGE}?taken=geheim", **given)
    client.get("/nichts/geheim", **given)
    assert len(logged(lines)) == 4
    for secret in ("203.0.113.9", "Netscape", "Bänke", "Ada", "geheim", "taken"):
        assert secret not in lines.getvalue()


def test_a_line_about_a_request_bears_its_id(
    client: FlaskClient, lines: StringIO, catalogue_file: Path
):
    catalogue_file.unlink()
    answer = client.get(CONTRIBUTIONS)
    fault, request = logged(lines)
    assert (fault["event"], request["event"]) == ("fault", "request")
    assert fault["request_id"] == request["request_id"] == answer.headers["X-Request-Id"]


def test_a_line_about_no_request_bears_none(lines: StringIO):
    log.warning("alone")
    assert "request_id" not in logged(lines)[0]


def test_the_lines_of_requests_are_like_all_others(client: FlaskClient, lines: StringIO):
    client.get(CONTRIBUTIONS)
    log.info("request", extra={"method": "GET"})
    of_request, other = logged(lines)
    assert set(other) <= set(of_request)
    assert datetime.fromisoformat(of_request["time"]).utcoffset() == timedelta(0)
    assert of_request["time"][-6:] == other["time"][-6:]
    assert abs(
        datetime.fromisoformat(of_request["time"]) - datetime.fromisoformat(other["time"])
    ) < timedelta(minutes=1)


def test_an_address_without_a_route_is_not_logged(client: FlaskClient, lines: StringIO):
    client.get("/nichts")
    assert logged(lines)[0]["route"] is None


@pytest.mark.parametrize(
    ("message", "arguments", "event"),
    [
        ("Invalid request from ip=203.0.113.9: Invalid HTTP Header: 'x'", (), "invalid-request"),
        ("Error handling request %s %s", ("GET", "/beitrag/a/1/2?taken=x"), "request-failed"),
        ("Booting worker with pid: %s", (7,), "Booting worker with pid: 7"),
    ],
)
def test_the_servers_lines_tell_nothing_of_people(
    lines: StringIO, message: str, arguments: tuple[object, ...], event: str
):
    SERVER.warning(message, *arguments)
    assert [line["event"] for line in logged(lines)] == [event]


def test_less_can_be_logged(client: FlaskClient, lines: StringIO):
    configure_logs("error", lines)
    client.get(CONTRIBUTIONS)
    assert lines.getvalue() == ""
