"""The log at the desk."""

from comment_service.desk_search import PAGE
from comment_service.storage.protocol import Change, Store
from participation.log_entry import Changed
from tests.comment_service.web.desk.conftest import Desk
from tests.factories import make_contribution, make_log_entry

LOG = "/redaktion/protokoll"


def fill(store: Store, count: int = 1, **changed: object) -> None:
    """Append entries on one contribution."""
    one = store.add(make_contribution("c1"))
    entries = [make_log_entry(f"l{number:03}", **changed) for number in range(count)]
    store.change([Change(one, one)], entries)


def test_an_entry_says_who_changed_what_and_why(moderator: Desk, store: Store):
    fill(store, reason="insult")
    page = moderator.get(LOG).text
    assert "Zustand: öffentlich → verborgen (Beleidigung)" in page
    assert "Moderation" in page
    assert "/redaktion/beitraege/c1" in page
    assert store.log()[0].digest[:12] in page


def test_of_a_text_only_the_fact_is_told(moderator: Desk, store: Store):
    fill(store, changed=Changed.TEXT, old="a" * 64, new="b" * 64, reason="retention")
    page = moderator.get(LOG).text
    assert "Text: nach der Aufbewahrungsfrist gelöscht" in page
    assert "a" * 64 not in page


def test_entries_of_one_kind_are_chosen(moderator: Desk, store: Store):
    fill(store, changed=Changed.ACCOUNT, subject="a1", old="", new="moderator", reason=None)
    assert "a1" in moderator.get(f"{LOG}?changed=account").text
    assert "0 Einträge" in moderator.get(f"{LOG}?changed=status").text


def test_it_has_pages_newest_first(moderator: Desk, store: Store):
    fill(store, PAGE + 1)
    assert moderator.get(LOG).text.count("<tr>") == PAGE + 1
    assert moderator.get(f"{LOG}?page=2").text.count("<tr>") == 2


def test_of_an_account_roles_and_locks_are_told_in_words(moderator: Desk, store: Store):
    fill(store, changed=Changed.ACCOUNT, subject="a1", old="moderator", new="editor", reason=None)
    assert "Konto: Moderation → Redaktion" in moderator.get(LOG).text
    locked = make_log_entry("l9", changed=Changed.ACCOUNT, subject="a1", old="open", new="locked")
    one = store.get("c1")
    store.change([Change(one, one)], [locked])
    assert "Konto: nicht gesperrt → gesperrt" in moderator.get(LOG).text
