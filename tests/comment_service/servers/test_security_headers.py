"""What browsers are told, through the real web servers with the sample configurations."""

from collections.abc import Iterator, Mapping

import pytest

from site_src.safety_headers import FOLDER
from tests.comment_service.servers.observatory import policy_of, score
from tests.comment_service.servers.test_web_servers import publish_in
from tests.comment_service.servers.web_servers import WebServer, caddy, nginx
from tests.comment_service.test_wsgi import OPEN, Server, environment
from tests.comment_service.web.places import CONTRIBUTIONS

FULL = 130  # points; the best without a place on the browsers' list for HSTS
PAGES = ["/", "/leitlinien/", "/gibt/es/nicht/"]
SERVICE = ["/beitrag/leitlinien/1", "/beitrag/quittung", "/redaktion/anmelden", "/healthz"]
READS = ["/api/documents", CONTRIBUTIONS]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def front(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WebServer]:
    """A web server before a service and a small site that was given its headers."""
    folder = tmp_path_factory.mktemp("safe")
    site = folder / "site"
    (site / "leitlinien").mkdir(parents=True)
    for page in ("index.html", "404.html", "leitlinien/index.html"):
        (site / page).write_text("<script>start()</script>")
    publish_in(site, OPEN)
    public = folder / "public"
    environ = {**environment(site / "catalogue.json", folder), "RANDNOTIZ_PUBLISH_DIR": str(public)}
    service = Server(environ, "--threads", "2")
    start = {"nginx": nginx, "caddy": caddy}[request.param]
    try:
        with start(service.port, site, public) as server:
            server.wait_for("api/documents/leitlinien/contributions-1.json.br")
            yield server
    finally:
        service.stop()


@pytest.mark.parametrize("path", [*PAGES, *SERVICE, *READS])
def test_every_answer_has_full_points(front: WebServer, path: str):
    answer = front.ask(path)
    assert answer.status in {200, 404}
    assert score(answer.headers) == FULL, answer.headers
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_site_bears_the_policy_that_was_made_for_it(front: WebServer, path: str):
    policy = policy_of(front.ask(path).headers["content-security-policy"])
    assert len(policy["script-src"]) == 2
    assert not any("unsafe" in source for sources in policy.values() for source in sources)


@pytest.mark.parametrize("name", ["headers.json", "nginx.conf", "Caddyfile", ""])
def test_the_files_of_the_headers_are_shown_to_nobody(front: WebServer, name: str):
    assert front.ask(f"/{FOLDER}/{name}").status == 404


STRICT = "default-src 'none'; frame-ancestors 'none'"
GOOD: Mapping[str, str] = {
    "Content-Security-Policy": STRICT,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", ""),
        ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'unsafe-eval'; frame-ancestors 'none'",
        ),
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "unsafe-url"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Strict-Transport-Security", "max-age=3600"),
        ("Strict-Transport-Security", ""),
        ("Access-Control-Allow-Origin", "*"),
    ],
)
def test_whatever_is_missing_or_weak_costs_points(name: str, value: str):
    assert score(GOOD) == FULL
    assert score({**GOOD, name: value}) < FULL
