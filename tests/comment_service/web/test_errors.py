from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from comment_service.app import create_app
from comment_service.settings import Settings
from comment_service.web.errors import CODE_OF, OTHER, OUR_FAULT, STATUS_OF, UNAVAILABLE
from comment_service.web.wording import MEANINGS
from participation.refusals import Refusal
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS, PAGE, READS


def subclasses(parent: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


def test_every_refusal_has_a_status():
    assert set(STATUS_OF) == set(subclasses(Refusal))


def test_every_code_is_unique_and_has_a_meaning():
    codes = [refusal.code for refusal in STATUS_OF]
    codes += [*CODE_OF.values(), UNAVAILABLE, OUR_FAULT, OTHER]
    assert len(set(codes)) == len(codes)
    assert set(MEANINGS) == set(codes)


def broken_clock() -> None:
    raise ZeroDivisionError


def test_a_mistake_of_ours_is_a_500_that_tells_nothing_of_the_inside(
    environ: dict[str, str], publish, catalogue, new_id: Callable[[], str]
):
    publish(catalogue)
    app = create_app(Settings.read(environ), clock=broken_clock, new_id=new_id)  # type: ignore[arg-type]  # on purpose
    for path, kind in ((CONTRIBUTIONS, "application/problem+json"), (PAGE, "text/html")):
        answer = app.test_client().get(path)
        assert (answer.status_code, answer.mimetype) == (500, kind)
        assert "our-fault" in answer.text
        assert "ZeroDivision" not in answer.text


def test_without_a_catalogue_everything_is_503_but_life(
    client: FlaskClient, catalogue_file: Path, publish, catalogue
):
    catalogue_file.unlink()
    answer = client.post(CONTRIBUTE, json=COMMENT)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    for path in ("/api/documents", CONTRIBUTIONS, PAGE, "/readyz"):
        assert client.get(path).status_code == 503
    assert client.get("/healthz").status_code == 200
    publish(catalogue)
    assert client.get("/readyz").status_code == 200


@pytest.fixture
def storeless(environ: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest):
    """A client of a service whose store cannot be used: a file is in place of its folder."""
    (tmp_path / "data").write_text("")
    environ["RANDNOTIZ_STORE"] = f"embedded:{tmp_path / 'data'}"
    return request.getfixturevalue("client")


def test_without_a_store_the_service_starts_and_answers_503(storeless: FlaskClient):
    answer = storeless.post(CONTRIBUTE, json=COMMENT)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert str(storeless.application.root_path) not in answer.text
    assert storeless.get("/readyz").status_code == 503
    assert storeless.get("/healthz").status_code == 200


def test_faults_are_logged_with_their_reason(
    storeless: FlaskClient, caplog: pytest.LogCaptureFixture, tmp_path: Path
):
    storeless.post(CONTRIBUTE, json=COMMENT)
    (record,) = [record for record in caplog.records if record.message == "fault"]
    assert record.__dict__["fault"] == "StoreUnavailable"
    assert str(tmp_path / "data") in record.__dict__["reason"]


def test_no_refusal_or_fault_is_cached(client: FlaskClient, catalogue_file: Path):
    assert client.get("/api/nichts").headers["Cache-Control"] == "no-store"
    catalogue_file.unlink()
    for path in (path for path in READS if path.startswith("/api/documents")):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_people_get_a_page_and_programs_a_problem(client: FlaskClient):
    page = client.get("/nichts")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "<h1>Unter dieser Adresse gibt es nichts.</h1>" in page.text
    assert "<code>not-found</code>" in page.text
    assert client.get("/beitrag/nichts/1/1").status_code == 404
