import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from comment_service.app import create_app
from comment_service.published_elsewhere import (
    ASKED_AGAIN,
    BELIEVED,
    TRIED_AGAIN,
    PublishedElsewhere,
)
from comment_service.settings import Settings
from participation.catalogue import Catalogue, plain_catalogue
from participation.faults import UnreadableCatalogue
from tests.comment_service.catalogue_server import CatalogueServer, catalogue_server
from tests.comment_service.web.places import COMMENT, CONTRIBUTE
from tests.conftest import Clock
from tests.factories import make_catalogue, make_document, make_version

MOMENT = timedelta(microseconds=1)
CLOSED = make_catalogue(make_document(versions=(make_version(window=None),)))


def publish(server: CatalogueServer, catalogue: Catalogue, etag: str) -> None:
    server.content, server.etag = json.dumps(plain_catalogue(catalogue)).encode(), etag


@pytest.fixture
def server(catalogue: Catalogue) -> Iterator[CatalogueServer]:
    with catalogue_server() as server:
        publish(server, catalogue, '"open"')
        yield server


@pytest.fixture
def published(server: CatalogueServer, clock: Clock) -> PublishedElsewhere:
    return PublishedElsewhere(server.url, clock)


def test_it_is_read_from_its_address(published: PublishedElsewhere, catalogue: Catalogue):
    assert published() == catalogue


def test_it_is_not_asked_for_at_every_request(
    published: PublishedElsewhere, server: CatalogueServer, clock: Clock
):
    first = published()
    clock.now += ASKED_AGAIN - MOMENT
    assert published() is first
    assert len(server.asked) == 1


def test_an_unchanged_one_is_not_read_again(
    published: PublishedElsewhere, server: CatalogueServer, clock: Clock
):
    first = published()
    for _ in range(10):
        clock.now += ASKED_AGAIN
        assert published() is first
    assert [headers.get("If-None-Match") for headers in server.asked] == [None, *['"open"'] * 10]


def test_a_new_one_is_noticed(published: PublishedElsewhere, server: CatalogueServer, clock: Clock):
    published()
    publish(server, CLOSED, '"closed"')
    clock.now += ASKED_AGAIN
    assert published() == CLOSED


def test_it_is_believed_for_a_while_when_its_server_is_down(
    published: PublishedElsewhere,
    server: CatalogueServer,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
):
    first = published()
    server.status = 503
    clock.now += BELIEVED - MOMENT
    assert published() is first
    assert "catalogue-not-reached" in caplog.text
    clock.now += MOMENT
    with pytest.raises(UnreadableCatalogue, match="not reached: it answers 503"):
        published()


def test_a_closed_window_does_not_stay_open_when_the_server_is_down(
    published: PublishedElsewhere, server: CatalogueServer, clock: Clock
):
    published()
    server.status = 503
    spent = timedelta()
    while spent < BELIEVED:  # asked again and again, and never answered
        published()
        clock.now, spent = clock.now + ASKED_AGAIN, spent + ASKED_AGAIN
    with pytest.raises(UnreadableCatalogue):
        published()


def test_a_server_that_is_down_is_not_asked_by_every_request(
    published: PublishedElsewhere, server: CatalogueServer, clock: Clock, catalogue: Catalogue
):
    server.status = 503
    for _ in range(3):
        with pytest.raises(UnreadableCatalogue):
            published()
    assert len(server.asked) == 1
    server.status = 200
    clock.now += TRIED_AGAIN
    assert published() == catalogue


def test_a_secret_in_the_address_is_not_told(server: CatalogueServer, clock: Clock):
    server.status = 404
    with pytest.raises(UnreadableCatalogue) as fault:
        PublishedElsewhere(f"{server.url}?token=geheim", clock)()
    assert "geheim" not in str(fault.value)


@pytest.mark.parametrize(
    ("status", "content", "reason"),
    [
        (404, b"", "it answers 404"),
        (200, b"", "not JSON"),
        (200, b"<html>", "not JSON"),
        (200, b"{}", "not a catalogue"),
    ],
)
def test_a_wrong_answer_is_never_papered_over(  # a table and its parts
    published: PublishedElsewhere,
    server: CatalogueServer,
    clock: Clock,
    status: int,
    content: bytes,
    reason: str,
):
    published()
    server.status, server.content, server.etag = status, content, '"other"'
    clock.now += ASKED_AGAIN
    with pytest.raises(UnreadableCatalogue, match=reason) as fault:
        published()
    assert server.url in str(fault.value)


def test_a_clock_that_was_put_back_proves_nothing(
    published: PublishedElsewhere, server: CatalogueServer, clock: Clock
):
    published()
    clock.now -= timedelta(hours=1)
    published()
    assert len(server.asked) == 2


def test_one_thread_asks_and_the_others_go_on_with_what_they_know(
    published: PublishedElsewhere, server: CatalogueServer, clock: Clock
):
    first = published()
    server.arrived.clear()
    server.answers.clear()
    clock.now += ASKED_AGAIN
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(published)
        assert server.arrived.wait(20)
        assert published() is first
        server.answers.set()
        assert asking.result(20) is first
    assert len(server.asked) == 2


def test_at_the_start_one_thread_asks_and_the_others_wait(
    published: PublishedElsewhere, server: CatalogueServer, catalogue: Catalogue
):
    server.answers.clear()
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(published) for _ in range(4)]
        assert server.arrived.wait(20)
        server.answers.set()
        assert [each.result(20) for each in asking] == [catalogue] * 4
    assert len(server.asked) == 1


def test_whoever_waits_in_vain_is_told_so(
    published: PublishedElsewhere, server: CatalogueServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("comment_service.published_elsewhere.LONGEST", 0.0)
    server.answers.clear()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(published)
        assert server.arrived.wait(20)
        with pytest.raises(UnreadableCatalogue, match="no answer for 0 seconds"):
            published()
        server.answers.set()
        asking.result(20)


def test_the_service_takes_contributions_by_it(server: CatalogueServer, clock: Clock, new_id):
    environ = {"RANDNOTIZ_STORE": "memory:", "RANDNOTIZ_CATALOGUE": server.url}
    client = create_app(Settings.read(environ), clock=clock, new_id=new_id).test_client()
    assert client.post(CONTRIBUTE, json=COMMENT).status_code == 201
    publish(server, CLOSED, '"closed"')
    clock.now += ASKED_AGAIN
    refused = client.post(CONTRIBUTE, json=COMMENT)
    assert refused.get_json()["code"] == "window-not-open"
    server.status = 404
    clock.now += ASKED_AGAIN
    assert client.post(CONTRIBUTE, json=COMMENT).status_code == 503
