"""A service whose settings name no mail server says nothing of mail."""

import pytest
from flask import Flask
from flask.testing import FlaskClient


def test_no_page_offers_mail(client: FlaskClient):
    place = "/api/documents/leitlinien/versions/1/paragraphs/2/contributions"
    taken = client.post(place, json={"kind": "comment", "text": "Mehr Bänke."}).json
    assert taken is not None
    page = client.post("/beitrag/quittung", data={"code": taken["receipt"]}).text
    assert "beitrag/mail" not in page
    assert 'type="email"' not in page


@pytest.mark.parametrize("path", ["adresse", "bestaetigen/x", "abmelden/x"])
def test_there_are_no_pages_of_mail(client: FlaskClient, path: str):
    assert client.post(f"/beitrag/mail/{path}").status_code == 404


def test_nothing_is_sent(app: Flask):
    assert app.extensions["randnotiz_service"].send_mail() is None
