"""The public reads without Python: nginx answers from files as the service would, or asks it."""

import gzip
import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from participation.catalogue import Catalogue, plain_catalogue
from site_src.safety_headers import write_headers
from tests.comment_service.servers.web_servers import DEPLOY, WebServer, filled_in, nginx, program
from tests.comment_service.test_wsgi import OPEN, Server, environment
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS, COUNTS
from tests.factories import make_catalogue, make_document

JSON = {"Content-Type": "application/json"}
FILE = "api/documents/leitlinien/contributions.json"
LAST = "api/documents/leitlinien/contributions-1.json.br"  # the form that is written last
READS = ["/api/documents", CONTRIBUTIONS, f"{CONTRIBUTIONS}?version=1", f"{COUNTS}?version=1"]
ORIGIN = "https://texte.example.org"


class Installation(NamedTuple):
    """nginx, the service behind it, and the folder of the site."""

    front: WebServer
    service: Server
    site: Path


@contextmanager
def installed(
    folder: Path,
    replaced: Mapping[str, str] | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Installation]:
    """Run nginx before a service that keeps the public files."""
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("<h1>Start</h1>")
    (site / "404.html").write_text("<h1>Nicht da</h1>")
    (site / "termine.ics").write_text("BEGIN:VCALENDAR")
    (site / "texte.atom").write_text("<feed/>")
    publish_in(site, OPEN)
    environ = environment(site / "catalogue.json", folder)
    public = folder / "public"
    given = {**environ, "RANDNOTIZ_PUBLISH_DIR": str(public), **(settings or {})}
    service = Server(given, "--threads", "2")
    try:
        with nginx(service.port, site, public, **(replaced or {})) as front:
            front.wait_for(LAST)
            yield Installation(front, service, site)
    finally:
        service.stop()


def publish_in(site: Path, catalogue: Catalogue) -> None:
    aside = site / "catalogue.new"
    aside.write_text(json.dumps(plain_catalogue(catalogue)))
    aside.replace(site / "catalogue.json")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for all tests that only read."""
    with installed(tmp_path_factory.mktemp("shared")) as installation:
        yield installation


@pytest.fixture
def front(shared: Installation) -> WebServer:
    """The nginx that is only read from."""
    return shared.front


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Installation]:
    """An installation of the test's own."""
    with installed(tmp_path) as installation:
        yield installation


@pytest.mark.parametrize("path", READS)
def test_the_public_reads_come_from_files_with_the_headers_of_the_service(
    shared: Installation, path: str
):
    by_file = shared.front.ask(path)
    by_service = WebServer(shared.service.port, shared.front.public).ask(path)
    assert (by_file.status, by_file.body) == (200, by_service.body)
    assert (by_file.by_service, by_service.by_service) == (False, True)
    for name in (
        "content-type",
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    ):
        assert by_file.headers[name] == by_service.headers[name]
    assert by_file.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert {"Accept-Encoding", "Origin"} <= set(by_file.headers["vary"].split(", "))
    assert "access-control-allow-origin" not in by_file.headers


@pytest.mark.parametrize("path", READS)
def test_a_coded_form_is_sent_with_an_etag_of_its_own(front: WebServer, path: str):
    plain, coded = front.ask(path), front.ask(path, **{"Accept-Encoding": "gzip"})
    assert coded.headers["content-encoding"] == "gzip"
    assert gzip.decompress(coded.body) == plain.body
    assert not coded.by_service
    assert plain.headers["etag"] != coded.headers["etag"]
    assert {'"'} == {answer.headers["etag"][0] for answer in (plain, coded)}  # strong ones


@pytest.mark.parametrize("path", READS)
def test_what_is_known_is_not_sent_again(front: WebServer, path: str):
    etag = front.ask(path).headers["etag"]
    for method in ("GET", "HEAD"):
        answer = front.ask(path, method, **{"If-None-Match": etag})
        assert (answer.status, answer.body, answer.by_service) == (304, b"", False)


@pytest.mark.parametrize(
    ("path", "kind"), [("/termine.ics", "text/calendar"), ("/texte.atom", "application/atom+xml")]
)
def test_calendars_and_feeds_are_sent_as_what_they_are(front: WebServer, path: str, kind: str):
    answer = front.ask(path)
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_change_of_the_same_length_within_a_second_is_another_etag(own: Installation):
    front = own.front
    seen = set()
    for title in ("Eins", "Zwei", "Drei", "Vier"):
        publish_in(own.site, make_catalogue(make_document(title=title)))
        front.wait_for("api/documents.json", title.encode())
        front.wait_for(FILE, title.encode())
        answer = front.ask(CONTRIBUTIONS)
        assert title.encode() in answer.body
        seen.add((answer.headers["etag"], len(answer.body)))
    assert len(seen) == 4
    assert len({length for _, length in seen}) == 1


def test_what_was_handed_in_is_in_the_files_soon(own: Installation):
    front = own.front
    taken = front.ask(CONTRIBUTE, "POST", json.dumps(COMMENT), **JSON)
    assert (taken.status, taken.by_service) == (201, True)
    front.wait_for(FILE, json.loads(taken.body)["id"].encode())
    listed = front.ask(CONTRIBUTIONS)
    assert not listed.by_service
    assert json.loads(listed.body)["versions"][0]["count"] == 1


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/healthz", "GET", 200),
        ("/beitrag/leitlinien/1/2", "GET", 200),
        ("/api/", "GET", 200),
        ("/api/documents?version=1", "GET", 200),
        (f"{CONTRIBUTIONS}?version=2", "GET", 404),
        (f"{CONTRIBUTIONS}?version=x", "GET", 422),
        (f"{CONTRIBUTIONS}?version=1&version=2", "GET", 200),
        ("/api/documents/nichts/contributions", "GET", 404),
        (CONTRIBUTIONS, "DELETE", 405),
        (CONTRIBUTIONS, "POST", 405),
        ("/api/documents.json", "GET", 404),
        (f"{CONTRIBUTIONS}-1.json", "GET", 404),
    ],
)
def test_what_is_no_plain_read_the_service_answers(
    front: WebServer, path: str, method: str, status: int
):
    answer = front.ask(path, method)
    assert (answer.status, answer.by_service) == (status, True)


def test_without_the_files_the_service_answers(own: Installation):
    front = own.front
    for file in front.public.rglob("*.json*"):
        file.unlink()
    for path in READS:
        answer = front.ask(path)
        assert (answer.status, answer.by_service) == (200, True)


def test_the_reads_go_on_while_the_service_is_down(own: Installation):
    front = own.front
    before = [front.ask(path) for path in READS]
    own.service.stop()
    assert [front.ask(path).body for path in READS] == [answer.body for answer in before]
    assert front.ask(CONTRIBUTE, "POST", json.dumps(COMMENT), **JSON).status == 502


def test_the_site_is_served_beside_it(front: WebServer):
    start, missing = front.ask("/"), front.ask("/nichts/")
    assert (start.status, start.body) == (200, b"<h1>Start</h1>")
    assert (missing.status, missing.body) == (404, b"<h1>Nicht da</h1>")
    for answer in (start, missing):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_the_desk_knows_its_own_forms_and_takes_large_ones(front: WebServer):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    large = f"name={'a' * 200_000}"
    for origin, is_foreign in ((f"http://127.0.0.1:{front.port}", False), ("http://a.b", True)):
        answer = front.ask("/redaktion/anmelden", "POST", large, **form, Origin=origin)
        assert answer.status == 403
        assert (b"foreign-form" in answer.body) is is_foreign


def test_the_desk_is_behind_the_web_server_and_never_compressed(front: WebServer):
    for path in ("/redaktion", "/redaktion/"):
        answer = front.ask(path, **{"Accept-Encoding": "gzip"})
        assert (answer.status, answer.by_service) == (303, True)
        assert "content-encoding" not in answer.headers


def test_an_answer_of_the_service_bears_each_header_once(front: WebServer):
    headers = front.ask("/healthz").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_site_of_another_address_may_read_the_files(tmp_path: Path):
    named = {'# "https://texte.example.org"': '"https://texte.example.org"'}
    with installed(tmp_path, named) as installation:
        answer = installation.front.ask(CONTRIBUTIONS, Origin=ORIGIN)
        other = installation.front.ask(CONTRIBUTIONS, Origin="https://evil.example.org")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-expose-headers"] == "ETag, Location, Retry-After"
    assert "access-control-allow-origin" not in other.headers


def test_the_sample_for_caddy_is_valid(tmp_path: Path):
    write_headers(tmp_path, "")
    sample = (DEPLOY / "Caddyfile").read_text("utf-8")
    file = tmp_path / "Caddyfile"
    file.write_text(filled_in(sample, {"/srv/site/current": str(tmp_path)}), "utf-8")
    command = [program("caddy"), "validate", "--adapter", "caddyfile", "--config"]
    subprocess.run([*command, str(file)], check=True, capture_output=True)


def test_a_receipt_code_stands_in_no_log_even_where_requests_are_logged(tmp_path: Path):
    access = tmp_path / "access.log"
    with installed(tmp_path, {"access_log off;  #": f"access_log {access};  #"}) as own:
        answer = own.front.ask("/beitrag/quittung?code=7Q4M-0K2X-9T3V-W8HA-5CZE")
        assert answer.status == 404
        assert answer.headers["referrer-policy"] == "no-referrer"
        own.service.stop()  # what fails would be told in the log of errors
        assert own.front.ask("/beitrag/quittung?code=7Q4M-0K2X-9T3V-W8HA-5CZE").status == 502
        own.front.ask("/beitrag/leitlinien")
    assert "/beitrag/leitlinien" in access.read_text("utf-8")
    logs = [access, *tmp_path.rglob("error.log")]
    assert all("7Q4M" not in log.read_text("utf-8") for log in logs)


def contribute_from(address: str, port: int) -> str:
    """Hand in a contribution from an address of this machine; return its status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20, source_address=(address, 0))
    connection.request("POST", CONTRIBUTE, json.dumps(COMMENT), JSON)
    status: str = json.loads(connection.getresponse().read())["status"]
    connection.close()
    return status


def test_behind_nginx_people_are_counted_by_their_own_addresses(tmp_path: Path):
    settings = {"RANDNOTIZ_PROXIES": "1", "RANDNOTIZ_UNPROVEN_PER_ADDRESS": "1"}
    with installed(tmp_path, settings=settings) as installation:
        port = installation.front.port
        many = [contribute_from("127.0.0.1", port) for _ in range(10)]
        assert (many[0], many[-1]) == ("published", "pending")
        assert contribute_from("127.0.0.2", port) == "published"
