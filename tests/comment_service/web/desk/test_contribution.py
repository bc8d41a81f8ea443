"""One contribution at the desk."""

import re

import pytest

from comment_service.storage.protocol import Change, Store
from participation.catalogue import Catalogue
from participation.contribution import (
    ContributionKind,
    ContributionStatus,
    EarlierText,
    Hiding,
    HidingReason,
)
from participation.log_entry import Changed, Role
from participation.paragraph import ParagraphRef
from participation.way import Way, WayKind
from tests.comment_service.conftest import Publish
from tests.comment_service.web.desk.conftest import Desk
from tests.comment_service.web.desk.forms import seen
from tests.factories import (
    NOON,
    make_catalogue,
    make_contribution,
    make_document,
    make_paragraph,
    make_support,
    make_version,
)

ALL = "/redaktion/beitraege"
ONE = f"{ALL}/c1"
PENDING, PUBLISHED, HIDDEN, WITHDRAWN = ContributionStatus


@pytest.fixture(autouse=True)
def contribution(store: Store) -> None:
    """One contribution that waits."""
    store.add(make_contribution("c1", status=PENDING))


def act(desk: Desk, page: str | None = None, **fields: str) -> str:
    """Send the form of a page, or of the newest one; return the answer's text."""
    field = seen(page or desk.get(ONE).text)
    return desk.send(ONE, seen=field, **fields).text


def test_it_stands_beside_its_paragraph_as_it_was_worded(moderator: Desk):
    page = moderator.get(ONE).text
    assert "Bitte mehr Bänke." in page
    assert "Der Text von Absatz 2." in page
    assert "/leitlinien/#rn-2" in page
    assert "Was daraus" not in page


def test_a_proposal_stands_there_as_what_it_changes_with_what_its_author_wrote_before(
    moderator: Desk, store: Store
):
    earlier = EarlierText("Weil.", "Bea", "Der alte Vorschlag.", NOON)
    proposal = {
        "kind": ContributionKind.PROPOSAL,
        "text": "Das fehlt.",
        "proposed_wording": "Der neue Text von Absatz 2.",
        "edited_at": NOON,
        "earlier_texts": (earlier,),
    }
    store.add(make_contribution("c2", **proposal))
    store.change([Change(None, make_support("s1", contribution="c2"))], [])
    page = " ".join(re.sub("<[^>]+>", " ", moderator.get(f"{ALL}/c2").text).split())
    assert (
        "Der eingefügt: neue Ende der Einfügung Text von Absatz 2. Begründung: Das fehlt." in page
    )
    assert "1 frühere Fassung des Beitrags Bea , bis " in page
    assert "Begründung: Weil." in page
    assert "1 Person unterstützt den Beitrag." in page
    assert "öffentlich bearbeitet" in page


def test_a_reply_and_what_it_replies_to_lead_to_each_other(moderator: Desk, store: Store):
    reply = {"kind": ContributionKind.REPLY, "text": "Gute Idee.", "in_reply_to": "c1"}
    store.add(make_contribution("c2", **reply))
    store.add(make_contribution("c3", **reply | {"in_reply_to": "c9"}))
    first = moderator.get(ONE).text
    assert ("1 Erwiderung" in first, f'href="{ALL}/c2"' in first) == (True, True)
    assert f'href="{ONE}"' in moderator.get(f"{ALL}/c2").text
    assert "Das ist nicht mehr da." in moderator.get(f"{ALL}/c3").text


def test_it_is_told_what_became_of_the_paragraph(
    moderator: Desk, publish: Publish, catalogue: Catalogue
):
    first = catalogue.document("leitlinien").newest
    paragraphs = (make_paragraph(1, text="Ganz neu."), make_paragraph(2, text="Der Text ist neu."))
    ways = (
        Way(1, (), WayKind.REMOVED, 1),
        Way(2, (2,), WayKind.EDITED, 1),
        Way(3, (), WayKind.REMOVED, 1),
    )
    second = make_version(2, paragraphs=paragraphs, ways=ways)
    publish(make_catalogue(make_document(versions=(first, second))))
    page = moderator.get(ONE).text
    assert "Was daraus in Fassung 2 wurde" in page
    assert "<ins>" in page


def test_a_place_that_is_no_longer_published_is_named(moderator: Desk, store: Store):
    store.add(make_contribution("c2", ref=ParagraphRef("leitlinien", 7, 1)))
    page = moderator.get("/redaktion/beitraege/c2").text
    assert "leitlinien/7/1" in page


def test_an_unknown_one_is_not_there(moderator: Desk):
    assert moderator.get("/redaktion/beitraege/nichts").status_code == 404


def test_it_is_published_and_logged(moderator: Desk, store: Store):
    field = seen(moderator.get(ONE).text)
    answer = moderator.send(ONE, seen=field, act="publish")
    assert answer.status_code == 303
    assert store.get("c1").status is PUBLISHED
    [logged] = store.log()
    entry = logged.entry
    assert (entry.subject, entry.role, entry.old, entry.new, entry.reason) == (
        "c1",
        Role.MODERATOR,
        "pending",
        "published",
        None,
    )
    assert "Der Beitrag ist jetzt: öffentlich." in moderator.get(answer.headers["Location"]).text


def test_what_is_published_is_public_at_once(moderator: Desk):
    address = "/api/documents/leitlinien/contributions"
    assert '"count":0' in moderator.get(address).text
    act(moderator, act="publish")
    assert '"count":1' in moderator.get(address).text


def test_it_is_hidden_with_reason_and_note_and_restored(moderator: Desk, store: Store):
    act(moderator, act="hide", reason="insult", note="Bitte ohne Namen.")
    assert store.get("c1").hidden == Hiding(HidingReason.INSULT, "Bitte ohne Namen.")
    page = moderator.get(ONE).text
    assert "Bitte ohne Namen." in page
    assert "wartet auf Prüfung → verborgen (Beleidigung), Moderation" in page
    act(moderator, act="restore")
    assert (store.get("c1").status, store.get("c1").hidden) == (PUBLISHED, None)


def test_the_log_keeps_the_reason_but_not_the_note(moderator: Desk, store: Store):
    act(moderator, act="hide", reason="insult", note="Ada wohnt da.")
    assert store.log()[0].entry.reason == "insult"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "hide"}, "Bitte wählen Sie einen Grund aus der Liste."),
        ({"act": "hide", "reason": "nichts"}, "Bitte wählen Sie einen Grund aus der Liste."),
        ({"act": "hide", "reason": "other", "note": "x" * 501}, "höchstens 500 Zeichen"),
        ({"act": "withdraw"}, "Dieses Feld fehlt."),
        ({}, "Dieses Feld fehlt."),
    ],
)
def test_a_form_that_cannot_be_taken_says_why_and_changes_nothing(
    moderator: Desk, store: Store, fields: dict[str, str], words: str
):
    assert words.lower() in act(moderator, **fields).lower()
    assert store.get("c1").status is PENDING


def test_the_second_of_two_moderators_sees_what_changed_and_goes_on(
    moderator: Desk, editor: Desk, store: Store
):
    old = moderator.get(ONE).text
    act(editor, act="publish")
    field = seen(old)
    answer = moderator.send(ONE, seen=field, act="hide", reason="insult", note="Mein Grund.")
    assert answer.status_code == 409
    assert "Jemand anderes hat diesen Beitrag inzwischen geändert" in answer.text
    assert "Zustand: wartet auf Prüfung → öffentlich, Redaktion" in answer.text
    assert "Mein Grund." in answer.text
    assert store.get("c1").status is PUBLISHED
    act(moderator, answer.text, act="hide", reason="insult", note="Mein Grund.")
    assert store.get("c1").status is HIDDEN


def test_what_the_status_does_not_permit_is_refused(moderator: Desk, store: Store):
    field = seen(moderator.get(ONE).text)
    answer = moderator.send(ONE, seen=field, act="restore")
    assert answer.status_code == 409
    assert "status-forbids" in answer.text
    assert store.get("c1").status is PENDING


def test_words_are_blacked_out_after_a_preview(moderator: Desk, store: Store):
    address = f"{ONE}/schwaerzen"
    preview = moderator.send(address, seen=seen(moderator.get(address).text), words="Bänke")
    assert "Bitte mehr █████." in preview.text
    assert store.get("c1").text == "Bitte mehr Bänke."
    field = seen(preview.text)
    done = moderator.send(address, seen=field, words="Bänke", confirmed="yes")
    assert done.status_code == 303
    assert store.get("c1").text == "Bitte mehr █████."
    entry = store.log()[0].entry
    assert (entry.changed, entry.reason) == (Changed.TEXT, "blacked-out")
    assert "Bänke" not in entry.old + entry.new
    assert "Text: geschwärzt, Moderation" in moderator.get(ONE).text


def test_words_that_do_not_stand_there_are_refused(moderator: Desk):
    address = f"{ONE}/schwaerzen"
    answer = moderator.send(address, seen=seen(moderator.get(address).text), words="Laternen")
    assert answer.status_code == 422
    assert "steht nicht im Beitrag" in answer.text
    assert "Laternen" in answer.text


def test_what_changed_meanwhile_is_not_blacked_out(moderator: Desk, editor: Desk, store: Store):
    address = f"{ONE}/schwaerzen"
    field = seen(moderator.get(address).text)
    act(editor, act="publish")
    for fields in ({}, {"confirmed": "yes"}):
        answer = moderator.send(address, seen=field, words="Bänke", **fields)
        assert answer.status_code == 409
        assert "Bänke" in answer.text
    assert store.get("c1").text == "Bitte mehr Bänke."


def test_markup_in_a_contribution_is_shown_as_text(moderator: Desk, store: Store):
    store.add(make_contribution("c2", text="<script>alert(1)</script>", name="<b>"))
    for address in ("/redaktion/beitraege", "/redaktion/beitraege/c2"):
        page = moderator.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
