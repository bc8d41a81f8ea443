"""The synopsis, as the service tells it while the consultation goes on."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Change, Store
from participation.catalogue import Catalogue
from participation.decision import Answer, Decision, DecisionStatus, Outcome
from participation.log_entry import Role
from participation.meeting import PublicMinutes
from participation.paragraph import ParagraphRef
from participation.way import Way, WayKind
from tests.comment_service.conftest import Publish
from tests.factories import (
    AFTER,
    make_contribution,
    make_document,
    make_paragraph,
    make_version,
    public_id,
)

PAGE = "/beitrag/leitlinien/1/abwaegung"
SAID = public_id(1)


@pytest.fixture
def answered(publish: Publish, store: Store) -> None:
    """Two versions; one contribution on Rn. 2 of the first, answered by a change of the second."""
    ways = tuple(Way(number, (number,), WayKind.UNCHANGED, 1.0) for number in (1, 3))
    edited = (make_paragraph(1), make_paragraph(2, text="Der neue Text."), make_paragraph(3))
    second = make_version(
        2,
        window=None,
        paragraphs=edited,
        ways=(ways[0], Way(2, (2,), WayKind.EDITED, 0.9), ways[1]),
    )
    document = make_document(versions=(make_version(1), second))
    minutes = PublicMinutes(date(2024, 3, 21), "Workshop", "sitzungen/2024-03-21/")
    publish(Catalogue({"leitlinien": document}, (minutes,)))
    store.add(make_contribution(SAID, text="Bitte <b>mehr</b> Bänke."), once=None)
    answer = Answer(
        Outcome.ADOPTED, "Das fehlte.", date(2024, 3, 21), (ParagraphRef("leitlinien", 2, 2),)
    )
    decision = Decision(
        id=public_id(2), document="leitlinien", version=1, contributions=(SAID,), answer=answer,
        status=DecisionStatus.PUBLISHED, role=Role.EDITOR, at=AFTER, published_at=AFTER,
    )  # fmt: skip
    store.change([Change(None, decision)], [])


@pytest.mark.usefixtures("answered")
def test_it_shows_contribution_answer_and_new_wording(client: FlaskClient):
    html = client.get(PAGE).text
    assert "Bitte &lt;b&gt;mehr&lt;/b&gt; Bänke." in html
    assert "Das fehlte." in html
    assert 'href="/sitzungen/2024-03-21/"' in html
    assert 'href="/leitlinien/2/#rn-2"' in html
    assert f'href="{PAGE}.xlsx"' in html
    assert "1 Beitrag, alle beantwortet." in html


@pytest.mark.usefixtures("answered")
def test_a_later_version_names_what_was_said_before(client: FlaskClient):
    html = client.get("/beitrag/leitlinien/2/abwaegung").text
    assert f'href="{PAGE}#beitrag-1"' in html


@pytest.mark.usefixtures("answered")
def test_it_speaks_the_language_that_is_chosen(client: FlaskClient):
    html = client.get(f"{PAGE}?lang=en").text
    assert "1 contribution, all of them answered." in html
    assert '<p class="syn-text" lang="de">' in html
    assert client.get(f"{PAGE}?lang=de").text != html


@pytest.mark.usefixtures("answered")
def test_it_is_there_as_files(client: FlaskClient):
    plain = json.loads(client.get(f"{PAGE}.json").data)
    assert plain["rows"][0]["contributions"][0]["ordinal"] == 1
    table = client.get(f"{PAGE}.csv")
    rows = list(csv.DictReader(StringIO(table.text)))
    assert rows[0]["Antwort"] == "übernommen"
    assert client.get(f"{PAGE}.csv?lang=en").text.startswith("Contribution,")
    book = client.get(f"{PAGE}.xlsx")
    assert book.data.startswith(b"PK")
    assert "spreadsheetml" in book.content_type


@pytest.mark.usefixtures("answered")
def test_it_is_asked_for_anew_only_if_something_changed(client: FlaskClient, store: Store):
    first = client.get(f"{PAGE}.json")
    again = client.get(f"{PAGE}.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    seen = store.get(SAID)
    store.change([Change(seen, replace(seen, text="Anders."))], [])
    later = client.get(f"{PAGE}.json", headers={"If-None-Match": first.headers["ETag"]})
    assert "Anders." in later.text


@pytest.mark.parametrize("ending", ["", ".json", ".csv", ".xlsx"])
@pytest.mark.parametrize("place", ["nichts/1", "leitlinien/9"])
def test_what_is_not_there_has_none(client: FlaskClient, ending: str, place: str):
    assert client.get(f"/beitrag/{place}/abwaegung{ending}").status_code == 404


def test_its_style_sheet_is_there(client: FlaskClient):
    html = client.get(PAGE).text
    assert 'href="/beitrag/abwaegung/synopsis.css"' in html
    assert client.get("/beitrag/abwaegung/synopsis.css").content_type.startswith("text/css")


@pytest.mark.usefixtures("answered")
def test_the_page_of_a_version_leads_there(client: FlaskClient):
    assert f'href="{PAGE}"' in client.get("/beitrag/leitlinien/1").text
    assert f'href="{PAGE}?lang=en"' in client.get("/beitrag/leitlinien/1?lang=en").text
