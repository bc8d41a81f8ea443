"""Erasing contributions at the desk."""

import pytest

from comment_service.receipts import receipt_digest
from comment_service.storage.protocol import Store
from participation.contribution import ContributionStatus
from participation.log_entry import Changed
from tests.comment_service.web.desk.conftest import Desk
from tests.comment_service.web.desk.forms import chosen
from tests.factories import NOON, make_contribution

ERASE = "/redaktion/loeschen"
CODE = "7Q4M-0K2X-9T3V-W8HA-5CZE"


@pytest.fixture(autouse=True)
def contribution(store: Store) -> None:
    """One contribution, and its receipt."""
    store.add(make_contribution("c1", receipt_digest=receipt_digest(CODE)))


def test_a_contribution_is_found_by_its_code_and_erased_after_a_look(editor: Desk, store: Store):
    found = editor.send(ERASE, code=CODE.lower())
    assert "Bitte mehr Bänke." in found.text
    assert store.get("c1").text
    done = editor.send(ERASE, chosen=chosen(found.text, whole=True), confirmed="yes")
    assert done.status_code == 303
    one = store.get("c1")
    assert (one.text, one.name, one.erased_at) == ("", None, NOON)
    assert one.status is ContributionStatus.PUBLISHED
    entry = store.log()[0].entry
    assert (entry.changed, entry.reason, len(entry.old)) == (Changed.TEXT, "erased", 64)
    assert "Text und Name wurden am" in editor.get("/redaktion/beitraege/c1").text


def test_a_wrong_code_stays_in_its_field(editor: Desk):
    answer = editor.send(ERASE, code="0000-<b>")
    assert answer.status_code == 404
    assert "Zu diesem Quittungscode gibt es keinen Beitrag." in answer.text
    assert "0000-&lt;b&gt;" in answer.text


def test_chosen_ones_are_looked_at_before_they_are_erased(editor: Desk, store: Store):
    store.add(make_contribution("c2"))
    values = chosen(editor.get("/redaktion/beitraege").text, whole=True)
    look = editor.send(ERASE, chosen=[*values, "nichts:x.0"])
    assert look.status_code == 200
    assert chosen(look.text) == ["c2", "c1"]
    editor.send(ERASE, chosen=values, confirmed="yes")
    assert all(store.get(one).erased_at for one in ("c1", "c2"))


def test_what_changed_meanwhile_is_not_erased_but_shown(editor: Desk, store: Store):
    values = chosen(editor.get(f"{ERASE}?chosen=c1").text, whole=True)
    queue = "/redaktion/beitraege"
    editor.send(queue, chosen=values, act="hide", reason="insult")
    answer = editor.send(ERASE, chosen=values, confirmed="yes")
    assert answer.status_code == 409
    assert "Zustand: öffentlich → verborgen (Beleidigung)" in answer.text
    assert store.get("c1").text
    editor.send(ERASE, chosen=chosen(answer.text, whole=True), confirmed="yes")
    assert not store.get("c1").text


def test_what_was_erased_is_not_erased_again(editor: Desk, store: Store):
    values = chosen(editor.get(f"{ERASE}?chosen=c1").text, whole=True)
    editor.send(ERASE, chosen=values, confirmed="yes")
    assert "Das wurde schon gelöscht." in editor.get(f"{ERASE}?chosen=c1").text
    assert len(store.log()) == 1


def test_a_moderator_erases_nothing(moderator: Desk, store: Store):
    values = chosen(moderator.get("/redaktion/beitraege").text, whole=True)
    answer = moderator.send(ERASE, chosen=values, confirmed="yes")
    assert answer.status_code == 403
    assert store.get("c1").text
    assert "Löschen …" not in moderator.get("/redaktion/beitraege").text
