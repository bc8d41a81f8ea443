from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.comment_service.web.places import COMMENT, CONTRIBUTE


@pytest.fixture
def site(catalogue_file: Path) -> Path:
    """A small built site; beside it lies what is not to be served."""
    root = catalogue_file.parent
    (root / "leitlinien").mkdir(parents=True)
    (root / "ä b").mkdir()
    (root / "index.html").write_text("<h1>Start</h1>")
    (root / "404.html").write_text("<h1>Nicht da</h1>")
    (root / "leitlinien" / "index.html").write_text("<h1>Leitlinien</h1>")
    (root / "ä b" / "index.html").write_text("<h1>Umlaut</h1>")
    (root / "leer").mkdir()
    (root / "en").mkdir()
    (root / "en" / "404.html").write_text("<h1>Not there</h1>")
    (root.parent / "geheim.txt").write_text("geheim")
    for name in ("app.js", "style.css", "font.woff2", "plan.svg", "search.json"):
        (root / name).write_text("{}")
    return root


@pytest.fixture
def client(environ: dict[str, str], site: Path, request: pytest.FixtureRequest) -> FlaskClient:
    """A client of a service that serves the site, too."""
    environ["RANDNOTIZ_SITE"] = str(site)
    client: FlaskClient = request.getfixturevalue("app").test_client()
    return client


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Start"),
        ("/index.html", "Start"),
        ("/leitlinien/", "Leitlinien"),
        ("/leitlinien/index.html", "Leitlinien"),
        ("/%C3%A4%20b/", "Umlaut"),
    ],
)
def test_a_page_is_served(client: FlaskClient, path: str, heading: str):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, f"<h1>{heading}</h1>")
    assert answer.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize(("path", "heading"), [("/en/x/", "Not there"), ("/de/x", "Nicht da")])
def test_what_is_not_there_is_said_in_the_language_of_its_folder(
    client: FlaskClient, path: str, heading: str
):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, f"<h1>{heading}</h1>")


@pytest.mark.parametrize(
    ("path", "location"),
    [("/leitlinien", "/leitlinien/"), ("/%C3%A4%20b", "/%C3%A4%20b/"), ("/leer", "/leer/")],
)
def test_a_folder_without_its_slash_leads_to_it(client: FlaskClient, path: str, location: str):
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (308, location)


@pytest.mark.parametrize(
    "path",
    [
        "/nichts",
        "/leer/",
        "/../geheim.txt",
        "/%2e%2e/geheim.txt",
        "/leitlinien/../../geheim.txt",
        "/..%2fgeheim.txt",
        "//etc/passwd",
        "/%00",
        f"/{'x' * 5000}",
    ],
)
def test_what_is_not_there_is_answered_with_the_sites_own_page(client: FlaskClient, path: str):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "<h1>Nicht da</h1>")


def test_a_site_without_such_a_page_gets_ours(client: FlaskClient, site: Path):
    (site / "404.html").unlink()
    answer = client.get("/nichts")
    assert answer.status_code == 404
    assert "Unter dieser Adresse gibt es nichts." in answer.text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("app.js", "text/javascript; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("font.woff2", "font/woff2"),
        ("plan.svg", "image/svg+xml; charset=utf-8"),
        ("search.json", "application/json"),
    ],
)
def test_files_have_their_types(client: FlaskClient, name: str, kind: str):
    assert client.get(f"/{name}").content_type == kind


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient):
    headers = {"If-None-Match": client.get("/").headers["ETag"]}
    assert client.get("/", headers=headers).status_code == 304
    assert client.get("/nichts", headers=headers).status_code == 404


def test_the_site_brings_its_own_policy(client: FlaskClient):
    assert "Content-Security-Policy" not in client.get("/").headers
    assert client.get("/").headers["X-Content-Type-Options"] == "nosniff"


def test_a_site_brings_the_headers_of_its_pages(client: FlaskClient, site: Path):
    (site / ".headers").mkdir()
    (site / ".headers" / "headers.json").write_text('{"Content-Security-Policy": "default-src *"}')
    for path in ("/", "/nichts/", "/app.js"):
        assert client.get(path).headers.getlist("Content-Security-Policy") == ["default-src *"]
    assert "default-src 'none'" in client.get("/healthz").headers["Content-Security-Policy"]
    assert client.get("/.headers/headers.json").status_code == 404
    (site / ".well-known").mkdir()
    (site / ".well-known" / "security.txt").write_text("Contact: mailto:a@example.org")
    assert client.get("/.well-known/security.txt").status_code == 200


def test_no_page_is_shown_with_headers_that_cannot_be_read(client: FlaskClient, site: Path):
    (site / ".headers").mkdir()
    (site / ".headers" / "headers.json").write_text("{")
    assert client.get("/").status_code == 500


def test_the_service_answers_beside_the_site(client: FlaskClient):
    assert client.post(CONTRIBUTE, json=COMMENT).status_code == 201
    assert client.get("/healthz").status_code == 200
    assert client.get("/api/nichts").mimetype == "application/problem+json"
    assert client.post("/api/nichts").status_code == 404
    assert "gibt es nichts" in client.get("/beitrag/nichts/nichts").text


def test_the_site_is_read_only(client: FlaskClient):
    assert client.post("/").status_code == 405
    assert client.delete("/index.html").status_code == 405


def test_a_site_that_is_not_yet_built_does_not_stop_the_service(client: FlaskClient, site: Path):
    for path in sorted(site.rglob("*"), reverse=True):
        path.unlink() if path.is_file() and path.name != "catalogue.json" else None
    assert client.get("/").status_code == 404
    assert client.get("/api/documents").status_code == 200
