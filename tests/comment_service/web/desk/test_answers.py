"""The pages on which answers are written, looked at and published."""

import re
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Change, Store
from participation.catalogue import Catalogue
from participation.contribution import ContributionKind, ContributionStatus
from participation.deciding import digest_of_decision
from participation.decision import Decision, DecisionStatus, Outcome, Revision
from participation.log_entry import Role
from participation.meeting import PublicMinutes
from participation.paragraph import ParagraphRef
from participation.way import Way, WayKind
from tests.comment_service.conftest import Publish
from tests.comment_service.web.desk.conftest import Desk
from tests.factories import (
    NOON,
    make_contribution,
    make_decision,
    make_document,
    make_paragraph,
    make_version,
)

LIST = "/redaktion/antworten/leitlinien/1"
NEW, DRAFTS = f"{LIST}/neu", f"{LIST}/entwuerfe"
TYPED = {"outcome": "adopted", "reason": "Das fehlte.", "meeting": "2024-03-21"}
WAYS = (
    Way(1, (1,), WayKind.UNCHANGED, 1.0),
    Way(2, (2,), WayKind.EDITED, 0.9),
    Way(3, (), WayKind.REMOVED, 1.0),
)


@pytest.fixture(autouse=True)
def two_versions(publish: Publish) -> None:
    texts = ("Der Text von Absatz 1.", "Der neue Text von Absatz 2.", "Ganz neu.")
    paragraphs = tuple(make_paragraph(n, text=text) for n, text in enumerate(texts, start=1))
    newer = make_version(2, window=None, ways=WAYS, paragraphs=paragraphs)
    minutes = PublicMinutes(date(2024, 3, 21), "Was sich ändert", "sitzungen/2024-03-21/")
    versions = (make_version(1), newer)
    publish(Catalogue({"leitlinien": make_document(versions=versions)}, (minutes,)))


@pytest.fixture(autouse=True)
def said(store: Store) -> None:
    for number, text in ((1, "Mehr Bänke."), (2, "Mehr Bäume."), (3, "Bänke an den Bach.")):
        store.add(make_contribution(f"c{number}", text=text))


def address(decision: Decision) -> str:
    return f"/redaktion/antworten/antwort/{decision.id}"


def kept(store: Store, *decisions: Decision) -> None:
    store.change([Change(None, one) for one in decisions], [])


def the_only(store: Store) -> Decision:
    (decision,) = store.decisions("leitlinien")
    return decision


def test_the_overview_tells_how_far_the_answers_have_come(editor: Desk, store: Store):
    kept(store, make_decision())
    page = editor.get("/redaktion/antworten").text
    assert f'<a href="{LIST}">' in page
    assert re.findall(r"<td>(\d+)</td>", page) == ["2", "1", "0", "0"]
    assert "/redaktion/antworten/leitlinien/2" not in page


def test_contributions_are_found_by_words_and_paragraph_and_state(editor: Desk, store: Store):
    kept(store, make_decision())
    assert all(one in editor.get(LIST).text for one in ("Mehr Bänke.", "Mehr Bäume."))
    found = editor.get(f"{LIST}?words=baenke").text
    assert "Bänke an den Bach." in found
    assert "Mehr Bäume." not in found
    assert "Mehr Bänke." not in editor.get(f"{LIST}?state=open").text
    assert "Es wurde nichts gefunden." in editor.get(f"{LIST}?number=1").text
    assert editor.get("/redaktion/antworten/leitlinien/9").status_code == 404


def test_a_reply_stands_behind_what_it_replies_to_and_waits_for_no_answer(
    editor: Desk, store: Store
):
    reply = {"kind": ContributionKind.REPLY, "in_reply_to": "c1", "text": "Ganz meine Meinung."}
    store.add(make_contribution("c4", **reply))
    page = editor.get(LIST).text
    places = [page.index(text) for text in ("Mehr Bänke.", "Ganz meine", "Mehr Bäume.")]
    assert places == sorted(places)
    assert "Ganz meine" not in editor.get(f"{LIST}?state=open").text
    assert "Ganz meine" in editor.get(f"{LIST}?state=along").text
    overview = editor.get("/redaktion/antworten").text
    assert re.findall(r"<td>(\d+)</td>", overview) == ["3", "0", "0", "1"]


def test_what_nobody_would_read_is_not_to_be_answered(editor: Desk, store: Store):
    for status in (ContributionStatus.HIDDEN, ContributionStatus.WITHDRAWN):
        store.add(make_contribution(status.value, text=f"Ist {status}.", status=status))
    assert "Ist " not in editor.get(LIST).text


def test_many_contributions_come_in_pages(editor: Desk, store: Store):
    for number in range(10, 65):
        store.add(make_contribution(f"c{number}", text=f"Nummer {number}."))
    assert "Nummer 64." not in editor.get(LIST).text
    assert "Nummer 64." in editor.get(f"{LIST}?page=2").text
    assert "Nummer 64." in editor.get(f"{LIST}?page=99").text


def test_all_that_was_found_can_be_answered_together(editor: Desk):
    assert f"{NEW}?alle=ja&amp;words=b%C3%A4nke" in editor.get(f"{LIST}?words=bänke").text
    page = editor.get(f"{NEW}?alle=ja&words=bänke").text
    assert "Die 2 Beiträge, die beantwortet werden" in page
    assert "Mehr Bäume." not in page


def test_the_form_proposes_what_was_changed_with_its_difference(editor: Desk):
    page = editor.get(f"{NEW}?beitrag=c1").text
    assert re.findall(r'name="ticked" value="([^"]+)"', page) == ["2/2", "2/3"]
    assert '<ins><span class="unseen" lang="de">eingefügt: </span> neue<span' in page
    assert "21. März 2024: Was sich ändert" in page


def test_an_answer_is_kept_as_a_draft_and_can_be_opened(
    editor: Desk, store: Store, client: FlaskClient
):
    answer = editor.send(NEW, beitrag=["c1", "c3"], ticked=["2/2"], changes="3", **TYPED)
    assert answer.status_code == 303
    made = the_only(store)
    assert (made.status, made.contributions) == (DecisionStatus.DRAFT, ("c1", "c3"))
    assert made.answer.changes == (
        ParagraphRef("leitlinien", 2, 2),
        ParagraphRef("leitlinien", 2, 3),
    )
    assert "Die Antwort ist als Entwurf gespeichert." in editor.get(answer.location).text
    assert "Das fehlte." not in client.get("/beitrag/leitlinien/1/2").text


def test_an_answer_can_be_published_at_once(editor: Desk, store: Store, client: FlaskClient):
    editor.send(NEW, beitrag="c1", do="publish", **TYPED)
    assert the_only(store).status is DecisionStatus.PUBLISHED
    assert "Das fehlte." in client.get("/beitrag/leitlinien/1/2").text


def test_what_cannot_be_taken_is_shown_again_with_all_that_was_typed(editor: Desk, store: Store):
    wrong = {**TYPED, "outcome": "", "meeting": "2024-01-01"}
    answer = editor.send(NEW, beitrag="c1", ticked="2/2", changes="2/99", **wrong)
    assert answer.status_code == 422
    assert store.decisions("leitlinien") == []
    page = answer.text
    for words in ("Das fehlte.", "Es gibt keinen Absatz 2/99.", "Zu 2024-01-01 gibt es kein"):
        assert words in page
    assert re.search(r'value="2/2" id="change-1" checked', page)
    assert 'value="2/99" aria-invalid="true"' in page


def test_without_a_contribution_nothing_is_answered(editor: Desk):
    answer = editor.send(NEW, **TYPED)
    assert answer.status_code == 422
    assert "Bitte wählen Sie mindestens einen Beitrag." in answer.text
    assert editor.send(NEW, beitrag="nobody", **TYPED).status_code == 404


def test_what_is_answered_already_leads_to_that_answer(editor: Desk, store: Store):
    kept(store, make_decision())
    answer = editor.send(NEW, beitrag=["c1", "c2"], **TYPED)
    assert answer.status_code == 409
    assert f'<a href="{address(make_decision())}">Jene Antwort öffnen</a>' in answer.text


def test_an_answer_is_revised_and_tells_what_it_said_before(editor: Desk, store: Store):
    before = make_decision()
    kept(store, before)
    seen = digest_of_decision(before)
    form = editor.get(address(before)).text
    assert f'name="seen" value="{seen}"' in form
    answer = editor.send(
        address(before), beitrag="c1", seen=seen, **{**TYPED, "reason": "Genauer: ja."}
    )
    page = editor.get(answer.location).text
    assert the_only(store).answer.reason == "Genauer: ja."
    assert "Was vorher dastand" in page
    assert "Das fehlte." in page


def test_the_second_of_two_sees_what_the_first_has_put(editor: Desk, store: Store):
    before = make_decision()
    kept(store, before)
    other = replace(before, answer=replace(before.answer, reason="War schneller."))
    store.change([Change(before, other)], [])
    answer = editor.send(
        address(before),
        beitrag="c1",
        seen=digest_of_decision(before),
        **{**TYPED, "reason": "Zu spät."},
    )
    assert answer.status_code == 409
    assert "War schneller." in answer.text
    assert "Zu spät." in answer.text
    assert f'value="{digest_of_decision(other)}"' in answer.text
    assert the_only(store) == other


def test_an_answer_to_what_its_author_has_corrected_meanwhile_is_shown_again(
    editor: Desk, store: Store
):
    page = editor.get(f"{LIST}/neu?beitrag=c1").text
    (read,) = re.findall(r'name="worded" value="([^"]+)"', page)
    before = store.get("c1")
    store.change([Change(before, replace(before, text="Doch keine Bänke."))], [])
    typed = {"beitrag": "c1", "outcome": "adopted", "reason": "Gern."}
    refused = editor.send(f"{LIST}/neu", **typed, worded=read)
    assert refused.status_code == 409
    assert ("Doch keine Bänke." in refused.text, "Gern." in refused.text) == (True, True)
    assert store.decisions("leitlinien") == []
    (again,) = re.findall(r'name="worded" value="([^"]+)"', refused.text)
    assert editor.send(f"{LIST}/neu", **typed, worded=again).status_code == 303


def test_a_draft_is_discarded_and_what_is_public_is_not(editor: Desk, store: Store):
    draft = make_decision()
    public = make_decision(
        "d2", contributions=("c2",), status=DecisionStatus.PUBLISHED, published_at=NOON
    )
    kept(store, draft, public)
    for one, status in ((draft, 303), (public, 409)):
        path = f"{address(one)}/verwerfen"
        assert editor.send(path, seen=digest_of_decision(one)).status_code == status
    assert store.decision("d1").status is DecisionStatus.DISCARDED
    assert store.decision("d2") == public
    assert "verworfen" in editor.get(address(draft)).text
    assert "Diesen Entwurf verwerfen" not in editor.get(address(public)).text


def test_drafts_are_published_together(editor: Desk, store: Store, client: FlaskClient):
    kept(store, make_decision(), make_decision("d2", contributions=("c2", "c3")))
    page = editor.get(DRAFTS).text
    assert "Antwort auf 2 Beiträge:" in page
    chosen = re.findall(r'name="entwurf" value="([^"]+)"', page)
    answer = editor.send(DRAFTS, entwurf=chosen)
    assert "2 Antworten sind jetzt öffentlich." in editor.get(answer.location).text
    assert client.get("/beitrag/leitlinien/1/2").text.count("Antwort der Arbeitsgruppe") == 3
    assert "Es gibt keine Entwürfe." in editor.get(DRAFTS).text


def test_a_draft_that_was_changed_meanwhile_keeps_all_from_being_published(
    editor: Desk, store: Store
):
    kept(store, make_decision(), make_decision("d2", contributions=("c2",)))
    chosen = re.findall(r'name="entwurf" value="([^"]+)"', editor.get(DRAFTS).text)
    before = store.decision("d2")
    after = replace(before, answer=replace(before.answer, outcome=Outcome.NOTED))
    store.change([Change(before, after)], [])
    answer = editor.send(DRAFTS, entwurf=chosen)
    assert answer.status_code == 409
    assert "Nichts wurde veröffentlicht." in answer.text
    assert {one.status for one in store.decisions("leitlinien")} == {DecisionStatus.DRAFT}


def test_a_moderator_does_not_answer(moderator: Desk):
    for path in ("/redaktion/antworten", LIST, NEW, DRAFTS):
        assert "not-permitted" in moderator.get(path).text
    assert "/redaktion/antworten" not in moderator.get("/redaktion/").text


def test_a_paragraph_that_is_gone_from_the_catalogue_breaks_nothing(editor: Desk, store: Store):
    store.add(make_contribution("far", text="Weit hinten.", ref=ParagraphRef("leitlinien", 1, 9)))
    assert "Weit hinten." in editor.get(LIST).text
    assert "Weit hinten." in editor.get(f"{NEW}?beitrag=far").text


def test_revisions_name_roles(editor: Desk, store: Store):
    said = make_decision().answer
    kept(store, make_decision(revisions=(Revision(said, Role.ADMINISTRATOR, NOON),)))
    assert "Administration" in editor.get(address(make_decision())).text


def test_the_log_tells_what_was_done_to_an_answer_without_its_words(editor: Desk, store: Store):
    answer = editor.send(NEW, beitrag="c1", **TYPED)
    made = the_only(store)
    fields = {**TYPED, "reason": "Genauer.", "do": "publish"}
    editor.send(address(made), beitrag="c1", seen=digest_of_decision(made), **fields)
    page = editor.get("/redaktion/protokoll").text
    for words in ("Antwort: geschrieben", "Antwort: umgeschrieben", "Entwurf → öffentlich"):
        assert words in page
    assert "Genauer." not in page
    assert answer.status_code == 303


def test_the_page_of_a_contribution_leads_to_its_answer(
    editor: Desk, moderator: Desk, store: Store
):
    path = "/redaktion/beitraege/c1"
    assert f'href="{NEW}?beitrag=c1"' in editor.get(path).text
    kept(store, make_decision())
    assert f'href="{address(make_decision())}"' in editor.get(path).text
    assert "/redaktion/antworten" not in moderator.get(path).text


def test_a_text_that_was_erased_is_not_shown_as_nothing(editor: Desk, store: Store):
    store.add(make_contribution("c9", text="", name=None, erased_at=NOON))
    for path in (LIST, f"{NEW}?beitrag=c9"):
        assert "Der Text wurde auf Wunsch der Person" in editor.get(path).text


def test_a_text_that_was_blacked_out_is_found_by_what_is_left_only(editor: Desk, store: Store):
    assert "Mehr Bänke." in editor.get(f"{LIST}?words=mehr+bänke").text
    before = store.get("c1")
    store.change([Change(before, replace(before, text="Mehr █████.", is_blacked_out=True))], [])
    assert "Mehr █████." not in editor.get(f"{LIST}?words=mehr+bänke").text
