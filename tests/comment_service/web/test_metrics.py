import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS

TOKEN = "0123456789abcdef0123456789abcdef"
ALLOWED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def client(environ: dict[str, str], request: pytest.FixtureRequest) -> FlaskClient:
    """A client of a service that counts."""
    environ["RANDNOTIZ_METRICS_TOKEN"] = TOKEN
    client: FlaskClient = request.getfixturevalue("app").test_client()
    return client


def test_requests_are_counted_by_route_whoever_answers_them(client: FlaskClient):
    for _ in range(2):
        client.get(CONTRIBUTIONS)
    client.post(CONTRIBUTE, json=COMMENT)
    client.get("/nichts/geheim?taken=geheim")
    told = client.get("/metrics", headers=ALLOWED).text
    route = "/api/documents/<slug>/contributions"
    assert f'randnotiz_requests_total{{method="GET",route="{route}",status="200"}} 2.0' in told
    assert 'method="POST"' in told
    assert f'randnotiz_request_seconds_count{{route="{route}"}} 2.0' in told
    assert 'randnotiz_requests_total{method="GET",route="",status="404"} 1.0' in told
    assert "geheim" not in told


def test_a_word_of_a_client_makes_no_series(client: FlaskClient):
    client.open("/api/documents", method="GEHEIM")
    told = client.get("/metrics", headers=ALLOWED).text
    assert "GEHEIM" not in told
    assert 'method="other"' in told


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer ä"}, {"Authorization": TOKEN}],
)
def test_without_the_token_there_is_nothing_there(client: FlaskClient, headers: dict[str, str]):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 404
    assert "randnotiz_requests" not in answer.text


def test_the_counts_are_never_kept(client: FlaskClient):
    answer = client.get("/metrics", headers=ALLOWED)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_type.startswith("text/plain; version=")


ONE_WORKER = """
from datetime import UTC, datetime
from comment_service.app import create_app
from comment_service.settings import Settings
import sys
token = sys.argv[1]
settings = Settings.read({"RANDNOTIZ_STORE": "memory:", "RANDNOTIZ_METRICS_TOKEN": token})
client = create_app(settings, clock=lambda: datetime.now(UTC), new_id=str).test_client()
client.get("/healthz")
print(client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).text)
"""


def test_workers_that_share_a_folder_count_together(tmp_path: Path):
    environ: dict[str, Any] = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}  # noqa: TID251  # a process needs a PATH
    command = [sys.executable, "-c", ONE_WORKER, TOKEN]
    told = [
        subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout
        for _ in range(3)
    ]
    counted = 'randnotiz_requests_total{method="GET",route="/healthz",status="200"}'
    assert [f"{counted} {number}.0" in told[number - 1] for number in (1, 2, 3)] == [True] * 3
