"""The public figures."""

import json

from flask.testing import FlaskClient

from comment_service.storage.protocol import Change, Store
from participation.contribution import ContributionStatus, Hiding, HidingReason
from participation.moderation import hidden
from tests.factories import make_contribution, make_log_entry

ADDRESS = "/api/documents/leitlinien/figures"
PENDING, PUBLISHED, HIDDEN, WITHDRAWN = ContributionStatus
INSULT = Hiding(HidingReason.INSULT)


def test_contributions_are_counted_by_version_and_in_all(client: FlaskClient, store: Store):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2", status=PENDING))
    store.add(make_contribution("c3", status=HIDDEN, hidden=INSULT))
    told = json.loads(client.get(ADDRESS).text)
    figures = {
        "received": 3,
        "pending": 1,
        "published": 1,
        "hidden": {"insult": 1},
        "withdrawn": 0,
        "erased": 0,
        "answered": 0,
        "median_days": None,
    }
    assert told == {
        "document": "leitlinien",
        "title": "Leitlinien",
        "total": figures,
        "versions": [{**figures, "version": 1}],
    }


def test_they_have_an_etag_that_changes_with_them(client: FlaskClient, store: Store):
    one = store.add(make_contribution("c1"))
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    store.change([Change(one, hidden(one, INSULT))], [make_log_entry()])
    changed = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_people_read_them_in_words(client: FlaskClient, store: Store):
    store.add(make_contribution("c1", status=HIDDEN, hidden=INSULT))
    page = client.get("/beitrag/leitlinien/zahlen").text
    assert "davon: Beleidigung" in page
    assert "Fassung 1" in page


def test_an_unknown_document_has_none(client: FlaskClient):
    assert client.get("/api/documents/nichts/figures").status_code == 404
    assert client.get("/beitrag/nichts/zahlen").status_code == 404
