"""What is out of the ordinary is kept and read first, or refused for a while; nothing is lost."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.app import create_app
from comment_service.commenting import Commenting
from comment_service.form_stamps import STAMP
from comment_service.questions import ANSWERS
from comment_service.restraint import Asked
from comment_service.settings import Settings
from comment_service.storage.protocol import Store
from comment_service.web.caution_form import TRAP
from comment_service.web.caution_words import DOUBT_WORDS, QUESTION_WORDS
from participation.caution import FASTEST, PERIOD, Doubt
from participation.contribution import ContributionStatus
from tests.comment_service.proving import solved
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, PAGE
from tests.conftest import Clock

HERE = {"REMOTE_ADDR": "203.0.113.9"}
TYPED = {"kind": "comment", "text": "Bitte mehr Bänke.", "name": ""}
FIELD = re.compile(r'name="(shown|subject|answer|key)"[^>]*? value="([^"]*)"')
WAITS = "Er erscheint hier, sobald er geprüft ist."


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    limits = {"UNPROVEN_PER_ADDRESS": "3", "MOST_PER_ADDRESS": "5", "BRAKE": "50"}
    return environ | {f"RANDNOTIZ_{name}": value for name, value in limits.items()}


def post(client: FlaskClient, where: dict[str, str] = HERE, **fields: Any) -> TestResponse:
    return client.post(CONTRIBUTE, json={**COMMENT, **fields}, environ_base=where)


def filled_in(client: FlaskClient, **typed: str) -> dict[str, str]:
    """The fields of the form as a browser sends them."""
    fields = FIELD.findall(client.get(PAGE).text)
    return {**TYPED, **{name: unescape(value) for name, value in fields}, **typed}


def send(client: FlaskClient, fields: dict[str, str]) -> TestResponse:
    return client.post(PAGE, data=fields, environ_base=HERE, follow_redirects=True)


def statuses(store: Store) -> list[str]:
    return [one.status.value for one in store.of_document("leitlinien")]


def test_a_program_may_hand_in_ordinary_amounts_without_any_proof(client: FlaskClient):
    assert [post(client).json["status"] for _ in range(3)] == ["published"] * 3  # type: ignore[index]


def test_beyond_them_it_is_kept_and_waits_unless_work_is_proven(
    client: FlaskClient, store: Store, clock: Clock
):
    for _ in range(3):
        post(client)
    challenge = client.get("/api/challenge", environ_base=HERE)
    assert challenge.headers["Cache-Control"] == "no-store"
    proof = solved(challenge.json)  # type: ignore[arg-type]
    clock.now += timedelta(minutes=1)
    for sent, status in [(None, "pending"), (proof, "published")]:
        taken = post(client, proof=sent)
        assert (taken.status_code, taken.json["status"]) == (201, status)  # type: ignore[index]
    waiting = [one for one in store.of_document("leitlinien") if one.waiting_because]
    assert [one.waiting_because for one in waiting] == [(Doubt.MANY_FROM_ONE_PLACE,)]


def test_beyond_what_a_hall_writes_it_is_refused_with_the_moment_of_the_next_try(
    client: FlaskClient, store: Store, clock: Clock
):
    for _ in range(5):
        post(client)
    clock.now += timedelta(minutes=4)
    refused = post(client)
    problem = refused.json
    assert problem is not None
    assert (refused.status_code, problem["code"]) == (429, "too-many")
    assert (refused.headers["Retry-After"], problem["until"]) == (
        "360",
        "2024-03-20T12:10:00+01:00",
    )
    assert refused.mimetype == "application/problem+json"
    elsewhere = post(client, {"REMOTE_ADDR": "203.0.113.10"})
    assert elsewhere.status_code == 201
    clock.now += timedelta(minutes=6)
    assert post(client).status_code == 201
    assert len(statuses(store)) == 7


def test_a_repeated_request_gets_its_first_answer_even_then(client: FlaskClient):
    named = {"Idempotency-Key": "k1"}
    first = client.post(CONTRIBUTE, json=COMMENT, headers=named, environ_base=HERE)
    for _ in range(4):
        post(client)
    assert post(client).status_code == 429
    again = client.post(CONTRIBUTE, json=COMMENT, headers=named, environ_base=HERE)
    assert (again.status_code, again.json) == (201, first.json)


def test_the_form_keeps_the_text_that_is_refused_and_says_when_to_send_it_again(
    client: FlaskClient,
):
    for _ in range(5):
        post(client)
    refused = send(client, filled_in(client, text="Nicht verlieren!"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    assert "Bitte schicken Sie ihn ab 20. März 2024, 12:10 Uhr noch einmal ab." in refused.text
    assert "Nicht verlieren!</textarea>" in refused.text


def test_a_form_that_was_filled_in_by_a_person_is_public_at_once(
    client: FlaskClient, store: Store, clock: Clock
):
    fields = filled_in(client)
    assert STAMP.fullmatch(fields["shown"])
    clock.now += FASTEST
    assert "Er steht unten" in send(client, fields).text
    assert statuses(store) == ["published"]


@pytest.mark.parametrize(
    ("typed", "seconds", "because"),
    [
        ({TRAP: "https://buy.example"}, 60, (Doubt.TRAP,)),
        ({}, 1, (Doubt.TOO_FAST,)),
        ({TRAP: "x"}, 0, (Doubt.TRAP, Doubt.TOO_FAST)),
    ],
)
def test_what_looks_like_a_program_is_kept_and_its_author_is_told(
    client: FlaskClient,
    store: Store,
    clock: Clock,
    typed: dict[str, str],
    seconds: int,
    because: tuple[Doubt, ...],
):
    fields = filled_in(client, **typed)
    clock.now += timedelta(seconds=seconds)
    assert WAITS in send(client, fields).text
    kept = store.of_document("leitlinien")[0]
    assert (kept.status, kept.waiting_because) == (ContributionStatus.PENDING, because)
    assert kept.text == "Bitte mehr Bänke."


def test_the_trap_is_hidden_from_eyes_keyboards_and_screen_readers(client: FlaskClient):
    page = client.get(PAGE).text
    trap = page[page.index('<div class="trap"') :].split("</div>")[0]
    for said in ('aria-hidden="true"', 'tabindex="-1"', 'autocomplete="off"'):
        assert said in trap
    styles = client.get("/beitrag/static/pages.css").text
    assert re.search(r"\.trap \{\s*display: none;", styles)


def test_without_javascript_an_answered_question_is_as_good_as_a_proof(
    client: FlaskClient, commenting: Commenting, clock: Clock
):
    for _ in range(3):
        post(client)
    unanswered, answered = filled_in(client), filled_in(client)
    stamp = commenting.judging.stamps.read(answered["shown"])
    assert stamp is not None
    clock.now += timedelta(minutes=1)
    assert WAITS in send(client, unanswered).text
    answered["answer"] = min(ANSWERS[stamp.question])
    assert "Er steht unten" in send(client, answered).text


def test_a_form_that_is_shown_again_keeps_its_stamp_question_and_answer(
    client: FlaskClient, clock: Clock
):
    fields = filled_in(client, text="", answer="vielleicht")
    clock.now += FASTEST
    again = send(client, fields)
    assert again.status_code == 422
    shown = {name: unescape(value) for name, value in FIELD.findall(again.text)}
    assert (shown["shown"], shown["answer"]) == (fields["shown"], "vielleicht")
    assert "Er steht unten" in send(client, fields | {"text": "Doch!"}).text


def test_every_question_and_every_doubt_has_its_words():
    assert QUESTION_WORDS.keys() == ANSWERS.keys()
    assert DOUBT_WORDS.keys() == set(Doubt)


def test_behind_a_web_server_the_address_that_it_saw_counts(
    environ: dict[str, str], request: pytest.FixtureRequest
):
    environ["RANDNOTIZ_PROXIES"] = "1"
    client: FlaskClient = request.getfixturevalue("client")
    told = [
        client.post(CONTRIBUTE, json=COMMENT, headers={"X-Forwarded-For": f"{lie}, 203.0.113.9"})
        for lie in ("1.1.1.1", "2.2.2.2", "3.3.3.3", "4.4.4.4")
    ]
    assert [answer.json["status"] for answer in told] == [*["published"] * 3, "pending"]  # type: ignore[index]
    other = client.post(CONTRIBUTE, json=COMMENT, headers={"X-Forwarded-For": "203.0.113.10"})
    assert other.json["status"] == "published"  # type: ignore[index]


def test_without_limits_everything_is_public_and_browsers_need_not_wait(
    environ: dict[str, str], request: pytest.FixtureRequest
):
    environ["RANDNOTIZ_RATE_LIMITS"] = "off"
    client: FlaskClient = request.getfixturevalue("client")
    assert {post(client).json["status"] for _ in range(60)} == {"published"}  # type: ignore[index]
    assert "Er steht unten" in send(client, filled_in(client)).text
    challenge: dict[str, Any] = json.loads(client.get("/api/challenge").text)
    assert challenge["parameters"]["data"]["ripeAfter"] == 0


def test_the_brake_outlives_a_restart(
    environ: dict[str, str], request: pytest.FixtureRequest, tmp_path: object
):
    environ["RANDNOTIZ_STORE"] = f"embedded:{tmp_path}/data"
    app: Flask = request.getfixturevalue("app")
    for number in range(50):
        post(app.test_client(), {"REMOTE_ADDR": f"203.0.113.{number}"})
    clock = request.getfixturevalue("clock")
    again = create_app(Settings.read(environ), clock=clock, new_id=lambda: "anew")
    assert post(again.test_client(), {"REMOTE_ADDR": "203.0.113.99"}).json["status"] == "pending"  # type: ignore[index]


@pytest.mark.parametrize(
    ("asked", "method", "path"),
    [
        (Asked.BROWSER_TOKEN, "POST", "/api/browser-tokens"),
        (Asked.SUPPORT, "PUT", "/api/contributions/c1/support"),
        (Asked.SUPPORT, "DELETE", "/api/contributions/c1/support"),
        (Asked.CHALLENGE, "GET", "/api/challenge"),
    ],
)
def test_what_is_no_contribution_has_its_limits_too(  # fixtures
    client: FlaskClient, app: Flask, clock: Clock, asked: Asked, method: str, path: str
):
    for _ in range(asked.value):
        app.extensions["randnotiz"].restraint.count(asked, HERE["REMOTE_ADDR"], clock())
    refused = client.open(path, method=method, environ_base=HERE)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    elsewhere = client.open(path, method=method, environ_base={"REMOTE_ADDR": "203.0.113.10"})
    assert elsewhere.status_code != 429


def test_too_many_wrong_receipt_codes_have_to_wait(client: FlaskClient, clock: Clock):
    code = {"code": "0000-0000-0000-0000-0000"}
    told = [
        client.post("/beitrag/quittung", data=code, environ_base=HERE).status_code
        for _ in range(101)
    ]
    assert told == [*[404] * 100, 429]
    clock.now += PERIOD
    assert client.post("/beitrag/quittung", data=code, environ_base=HERE).status_code == 404
