import gzip
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from comment_service import fetching
from comment_service.fetching import NotReached, NotThere, fetch, is_safe
from tests.comment_service.catalogue_server import TAG, CatalogueServer, catalogue_server


@pytest.fixture
def server() -> Iterator[CatalogueServer]:
    with catalogue_server() as server:
        yield server


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure_server(authority: trustme.CA) -> Iterator[CatalogueServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with catalogue_server(context) as server:
        yield server


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the authority."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def test_a_document_comes_with_its_etag(server: CatalogueServer):
    server.content = b"ein Text"
    assert fetch(server.url, None) == fetching.Fetched(b"ein Text", TAG)
    assert "If-None-Match" not in server.asked[0]


def test_a_known_document_is_not_sent_again(server: CatalogueServer):
    assert fetch(server.url, TAG) == fetching.Fetched(None, TAG)
    assert server.asked[0]["If-None-Match"] == TAG


def test_a_packed_document_is_unpacked(server: CatalogueServer):
    server.encoding, server.content = "gzip", gzip.compress(b"ein Text" * 100_000)
    assert fetch(server.url, None).content == b"ein Text" * 100_000


@pytest.mark.usefixtures("trusting")
def test_a_document_comes_by_https(secure_server: CatalogueServer):
    assert fetch(secure_server.url, None).content == b"{}"


def test_a_server_that_proves_nothing_is_not_believed(secure_server: CatalogueServer):
    with pytest.raises(NotReached, match="certificate verify failed"):
        fetch(secure_server.url, None)
    assert secure_server.asked == []


@pytest.mark.usefixtures("trusting")
def test_a_redirect_is_followed_to_https(secure_server: CatalogueServer, server: CatalogueServer):
    server.status, server.location = 302, secure_server.url
    assert fetch(server.url, None).content == b"{}"


def test_a_redirect_to_an_unsafe_place_is_not_followed(server: CatalogueServer):
    server.status, server.location = 302, "http://texte.example.org/catalogue.json?token=geheim"
    with pytest.raises(
        NotThere, match=r"leads to http://texte\.example\.org/catalogue\.json, which"
    ):
        fetch(server.url, None)


def test_redirects_in_a_circle_end(server: CatalogueServer):
    server.status, server.location = 302, server.url
    with pytest.raises(NotThere, match="it answers 302"):
        fetch(server.url, None)
    assert len(server.asked) <= 6


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_refusal_is_an_answer(server: CatalogueServer, status: int):
    server.status = status
    with pytest.raises(NotThere, match=f"it answers {status}"):
        fetch(server.url, None)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_fault_of_the_server_is_none(server: CatalogueServer, status: int):
    server.status = status
    with pytest.raises(NotReached, match=f"it answers {status}"):
        fetch(server.url, None)


def test_half_an_answer_is_none(server: CatalogueServer):
    server.content, server.breaks_off = b"ein langer Text" * 1000, True
    with pytest.raises(NotReached, match="breaks off"):
        fetch(server.url, None)


def test_a_packed_document_that_ends_too_early_is_none(server: CatalogueServer):
    server.encoding, server.content = "gzip", gzip.compress(bytes(range(256)))[:-20]
    with pytest.raises(NotReached, match="breaks off"):
        fetch(server.url, None)


def test_what_only_seems_to_be_packed_is_none(server: CatalogueServer):
    server.encoding, server.content = "gzip", b"{}"
    with pytest.raises(NotReached, match="incorrect header"):
        fetch(server.url, None)


def test_silence_is_not_waited_for(server: CatalogueServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.05)
    server.answers.clear()
    with pytest.raises(NotReached, match="timed out"):
        fetch(server.url, None)


def test_an_endless_answer_is_not_waited_for(
    server: CatalogueServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fetching, "LONGEST", 0.0)
    with pytest.raises(NotReached, match="takes longer"):
        fetch(server.url, None)


def test_no_more_is_read_than_fits(server: CatalogueServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "SIZE_LIMIT", 1_000_000)
    server.content = bytes(1_000_000)
    assert fetch(server.url, None).content == server.content
    server.content = bytes(1_000_001)
    with pytest.raises(NotThere, match="larger than 1000000 bytes"):
        fetch(server.url, None)


def test_no_more_is_unpacked_than_fits(server: CatalogueServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "SIZE_LIMIT", 1_000_000)
    server.encoding, server.content = "gzip", gzip.compress(bytes(1_000_000))
    assert fetch(server.url, None).content == bytes(1_000_000)
    server.content = gzip.compress(bytes(1_000_001))
    with pytest.raises(NotThere, match="larger than 1000000 bytes"):
        fetch(server.url, None)


def test_nobody_there_is_no_answer():
    with pytest.raises(NotReached, match="Connection refused"):
        fetch("http://127.0.0.1:1/catalogue.json", None)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://texte.example.org/catalogue.json", True),
        ("http://127.0.0.1:8000/catalogue.json", True),
        ("http://localhost/catalogue.json", True),
        ("http://[::1]/catalogue.json", True),
        ("http://texte.example.org/catalogue.json", False),
        ("http://localhost.example.org/catalogue.json", False),
        ("ftp://127.0.0.1/catalogue.json", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_https_and_this_machine_are_safe(url: str, *, safe: bool):
    assert is_safe(url) is safe
