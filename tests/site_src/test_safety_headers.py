import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from comment_service.web.safety import SAFETY
from site_src.building import build
from site_src.inline_scripts import digests
from site_src.places import Places
from site_src.safety_headers import CADDY, FOLDER, NGINX, OTHERS, PLAIN, write_headers
from tests.site_src.conftest import order_for


def digest(script: str) -> str:
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()


def page(folder: Path, name: str, html: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(html.encode())
    return file


def policy(site: Path) -> dict[str, str]:
    """The directives of a site's policy by their names."""
    headers = json.loads((site / FOLDER / PLAIN).read_text("utf-8"))
    directives = headers["Content-Security-Policy"].split("; ")
    return dict(one.split(" ", 1) for one in directives)


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        ("<script>a()</script><script>b()</script><script>a()</script>", ["a()", "b()"]),
        ("<SCRIPT type='module'>ä()</SCRIPT >", ["ä()"]),
        ("<script>a()\r\nb()\r</script>", ["a()\nb()\n"]),
        ('<script src="a.js"></script>', []),
        ('<script type="application/json">{"a": "<script"}</script>', []),
        ('<script type="text/plain" src="a.js"></script>', []),
        ("<p>kein Skript</p>", []),
    ],
)
def test_scripts_in_pages_are_allowed_by_digest_and_nothing_else(
    tmp_path: Path, html: str, scripts: list[str]
):
    assert digests([page(tmp_path, "a.html", html)]) == sorted(digest(one) for one in scripts)


def test_the_policy_allows_what_lies_on_the_site_and_the_scripts_of_all_its_pages(tmp_path: Path):
    page(tmp_path, "index.html", "<script>a()</script>")
    page(tmp_path, "leitlinien/1/index.html", "<script>b()</script>")
    write_headers(tmp_path, "")
    assert policy(tmp_path) == {
        "default-src": "'none'",
        "script-src": "'self' " + " ".join(sorted([f"'{digest('a()')}'", f"'{digest('b()')}'"])),
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_a_service_of_another_address_may_be_asked_and_sent_forms(tmp_path: Path):
    write_headers(tmp_path, "https://beitraege.example.org")
    found = policy(tmp_path)
    assert found["connect-src"] == found["form-action"] == "'self' https://beitraege.example.org"
    assert "beitraege" not in found["script-src"]


def test_all_files_tell_the_same(tmp_path: Path):
    page(tmp_path, "index.html", "<script>a()</script>")
    write_headers(tmp_path, "")
    told = json.loads((tmp_path / FOLDER / PLAIN).read_text("utf-8"))
    nginx = (tmp_path / FOLDER / NGINX).read_text("utf-8").splitlines()
    caddy = (tmp_path / FOLDER / CADDY).read_text("utf-8").splitlines()
    assert nginx == [f'add_header {name} "{value}" always;' for name, value in told.items()]
    assert caddy == ["header {", *(f'\t{name} "{value}"' for name, value in told.items()), "}"]


def test_site_and_service_bear_the_same_headers_but_for_the_policy():
    assert {name: value for name, value in SAFETY.items() if "Content-Sec" not in name} == OTHERS


def test_the_same_site_has_the_same_headers(tiny: Places):
    build(order_for(tiny))
    first = (tiny.output / FOLDER / PLAIN).read_bytes()
    build(order_for(tiny))
    assert (tiny.output / FOLDER / PLAIN).read_bytes() == first
