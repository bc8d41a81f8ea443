"""Support by plain forms: once per page that was loaded, taken back by the link that was kept."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.storage.protocol import Store
from participation.contribution import ContributionStatus
from participation.paragraph import ParagraphRef
from tests.comment_service.web.places import CONTRIBUTE, PAGE
from tests.comment_service.web.test_pages import in_words
from tests.conftest import Clock
from tests.factories import AFTER, make_contribution

ADDRESS = f"{PAGE}/unterstuetzung"
ONE = "unterstützt von 1 Person"


@pytest.fixture(autouse=True)
def said(store: Store) -> None:
    store.add(make_contribution("c1"))


def token(page: str) -> str:
    found = re.search(r'name="token" value="([\w-]{43})"', page)
    assert found
    return found[1]


def put(client: FlaskClient, token: str, act: str = "", contribution: str = "c1") -> TestResponse:
    data = {"contribution": contribution, "token": token, "act": act}
    return client.post(ADDRESS, data=data)


def test_a_page_supports_once_however_often_it_is_sent(client: FlaskClient):
    given = token(client.get(PAGE).text)
    for _ in range(2):
        page = put(client, given)
        assert page.status_code == 200
        assert "Sie unterstützen Beitrag 1." in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert token(page.text) == given
    assert ONE in client.get(PAGE).text


def test_every_page_that_is_loaded_has_a_token_of_its_own(client: FlaskClient):
    assert token(client.get(PAGE).text) != token(client.get(PAGE).text)


def test_support_is_taken_back_at_once_or_by_the_link(client: FlaskClient):
    given = token(client.get(PAGE).text)
    page = put(client, given).text
    assert "nicht mehr" in put(client, given, "withdraw").text
    assert ONE not in client.get(PAGE).text
    put(client, given)
    link = re.search(r'href="([^"]*)">Link zum Zurücknehmen', page)
    assert link
    asked = client.get(unescape(link[1]))
    assert "Ihre Unterstützung von Beitrag 1 zurücknehmen?" in in_words(asked.text)
    assert asked.headers["Referrer-Policy"] == "no-referrer"
    assert token(asked.text) == given
    put(client, token(asked.text), "withdraw")
    assert ONE not in client.get(PAGE).text


@pytest.mark.parametrize(
    ("contribution", "status"), [("hidden", 404), ("elsewhere", 404), ("nichts", 404), ("", 404)]
)
def test_what_is_not_public_on_the_paragraph_is_not_supported(
    client: FlaskClient, store: Store, contribution: str, status: int
):
    store.add(make_contribution("hidden", status=ContributionStatus.HIDDEN))
    store.add(make_contribution("elsewhere", ref=ParagraphRef("leitlinien", 1, 1)))
    given = token(client.get(PAGE).text)
    assert put(client, given, contribution=contribution).status_code == status
    assert client.get(f"{ADDRESS}?contribution={contribution}").status_code == status


@pytest.mark.parametrize("forged", ["", "x" * 43, "ü"])
def test_a_token_of_somebody_else_is_refused(client: FlaskClient, forged: str):
    page = put(client, forged)
    assert page.status_code == 401
    assert "hat dieser Dienst nicht ausgegeben" in page.text


def test_ones_own_contribution_is_not_supported(client: FlaskClient, store: Store):
    own = client.post("/api/browser-tokens").get_json()["token"]
    headers = {"Authorization": f"Bearer {own}"}
    client.post(CONTRIBUTE, json={"kind": "comment", "text": "Eigenes."}, headers=headers)
    mine = next(one.id for one in store.of_document("leitlinien") if one.text == "Eigenes.")
    assert put(client, own, contribution=mine).status_code == 409


def test_after_the_window_nothing_is_supported_but_counts_are_read(
    client: FlaskClient, clock: Clock
):
    given = token(client.get(PAGE).text)
    put(client, given)
    clock.now = AFTER
    assert put(client, given, "withdraw").status_code == 403
    page = client.get(PAGE).text
    assert ONE in page
    assert "Unterstützen<" not in page


def test_the_most_supported_stand_on_the_overview_and_first_in_their_order(
    client: FlaskClient, store: Store
):
    store.add(make_contribution("c2"))
    put(client, token(client.get(PAGE).text), contribution="c2")
    overview = client.get("/beitrag/leitlinien").text.partition("Am meisten unterstützte")[2]
    assert ONE in overview
    assert "beitrag-c2" in overview
    assert "beitrag-c1" not in overview
    page = client.get(f"{PAGE}?sort=support").text
    assert page.index('id="beitrag-c2"') < page.index('id="beitrag-c1"')
