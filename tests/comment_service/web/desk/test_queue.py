"""The list of contributions at the desk."""

from datetime import timedelta

import pytest

from comment_service.desk_search import PAGE
from comment_service.storage.protocol import Store
from participation.contribution import Channel, ContributionKind, ContributionStatus
from participation.paragraph import ParagraphRef
from tests.comment_service.web.desk.conftest import ORIGIN, Desk
from tests.comment_service.web.desk.forms import chosen, proof
from tests.factories import NOON, make_contribution

QUEUE = "/redaktion/beitraege"
PENDING, PUBLISHED, HIDDEN, WITHDRAWN = ContributionStatus


def shown(desk: Desk, query: str = "") -> list[str]:
    """Return the ids of the contributions on the page, in order."""
    return chosen(desk.get(f"{QUEUE}{query}").text)


def test_the_newest_comes_first_and_what_waits_oldest_first(moderator: Desk, store: Store):
    for day in range(3):
        at = NOON + timedelta(days=day)
        store.add(make_contribution(f"c{day}", received_at=at, status=PENDING))
    assert shown(moderator) == ["c2", "c1", "c0"]
    assert shown(moderator, "?status=pending") == ["c0", "c1", "c2"]


@pytest.mark.parametrize(
    "query",
    [
        "document=leitlinien",
        "version=1",
        "number=3",
        "kind=question",
        "status=hidden",
        "channel=letter",
        "answered=no",
        "words=b%C3%A4nke",
        "words=BAENKE+ada",
        "words=Banke",
        "document=leitlinien&version=1&number=3&kind=question&status=hidden&words=mehr",
    ],
)
def test_a_filter_finds_what_fits(moderator: Desk, store: Store, query: str):
    store.add(
        make_contribution(
            "c1",
            ref=ParagraphRef("leitlinien", 1, 3),
            kind=ContributionKind.QUESTION,
            status=HIDDEN,
            channel=Channel.LETTER,
        )
    )
    assert shown(moderator, f"?{query}") == ["c1"]


@pytest.mark.parametrize(
    "query",
    [
        "document=nichts",
        "version=2",
        "number=3",
        "kind=question",
        "status=hidden",
        "channel=letter",
        "answered=yes",
        "words=Laternen",
        "words=B%C3%A4nke+Grace",
    ],
)
def test_a_filter_leaves_out_what_does_not_fit(moderator: Desk, store: Store, query: str):
    store.add(make_contribution("c1"))
    assert shown(moderator, f"?{query}") == []


def test_a_reply_never_counts_as_unanswered(moderator: Desk, store: Store):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2", kind=ContributionKind.REPLY, in_reply_to="c1"))
    assert shown(moderator, "?answered=no") == ["c1"]
    assert shown(moderator, "?kind=reply") == ["c2"]
    assert "1 öffentlicher Beitrag hat noch keine Antwort" in moderator.get("/redaktion/").text


def test_the_words_of_a_proposal_are_found(moderator: Desk, store: Store):
    proposal = {"kind": ContributionKind.PROPOSAL, "proposed_wording": "Es gibt Hängematten."}
    store.add(make_contribution("c1", **proposal))
    assert shown(moderator, "?words=haengematten&kind=proposal") == ["c1"]


@pytest.mark.parametrize(
    "query", ["version=x", "kind=nichts", "page=nichts", "answered=vielleicht"]
)
def test_what_makes_no_sense_in_an_address_counts_as_not_said(
    moderator: Desk, store: Store, query: str
):
    store.add(make_contribution("c1"))
    assert shown(moderator, f"?{query}") == ["c1"]


def test_pages_have_50_and_keep_the_filter(moderator: Desk, store: Store):
    for number in range(PAGE + 1):
        store.add(make_contribution(f"c{number:02}"))
    assert len(shown(moderator, "?kind=comment")) == PAGE
    assert shown(moderator, "?kind=comment&page=2") == ["c00"]
    assert shown(moderator, "?page=9") == ["c00"]
    page = moderator.get(f"{QUEUE}?kind=comment").text
    assert 'rel="next" href="/redaktion/beitraege?kind=comment&amp;page=2"' in page


def test_the_states_are_counted_whatever_state_is_looked_for(moderator: Desk, store: Store):
    for number, status in enumerate([PENDING, PENDING, HIDDEN]):
        store.add(make_contribution(f"c{number}", status=status))
    page = moderator.get(f"{QUEUE}?status=hidden").text
    assert "wartet auf Prüfung (2)" in page
    assert "verborgen (1)" in page
    assert "zurückgezogen (0)" in page


def test_many_are_published_at_once(moderator: Desk, store: Store):
    for one in ("c1", "c2"):
        store.add(make_contribution(one, status=PENDING))
    values = chosen(moderator.get(QUEUE).text, whole=True)
    answer = moderator.post(
        f"{QUEUE}?status=pending",
        data={"csrf": proof(moderator), "chosen": values, "act": "publish"},
        headers={"Origin": ORIGIN},
    )
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{QUEUE}?status=pending&said=")
    assert "2 Beiträge wurden geändert." in moderator.get(answer.headers["Location"]).text
    assert [store.get(one).status for one in ("c1", "c2")] == [PUBLISHED, PUBLISHED]


def test_many_are_hidden_for_a_reason(moderator: Desk, store: Store):
    store.add(make_contribution("c1"))
    values = chosen(moderator.get(QUEUE).text, whole=True)
    answer = moderator.send(QUEUE, chosen=values, act="hide", reason="advertising", note="Bitte.")
    assert answer.status_code == 303
    [entry] = store.log()
    assert (entry.entry.new, entry.entry.reason) == ("hidden", "advertising")


def test_without_a_reason_nothing_is_hidden_and_what_was_chosen_stays(
    moderator: Desk, store: Store
):
    store.add(make_contribution("c1"))
    values = chosen(moderator.get(QUEUE).text, whole=True)
    answer = moderator.send(QUEUE, chosen=values, act="hide", note="Weil <so>.")
    assert answer.status_code == 422
    assert "Bitte wählen Sie einen Grund aus der Liste." in answer.text
    assert "Weil &lt;so&gt;." in answer.text
    assert "checked" in answer.text
    assert store.get("c1").status is PUBLISHED


def test_what_others_changed_meanwhile_is_listed_and_the_rest_is_done(
    moderator: Desk, editor: Desk, store: Store
):
    for one in ("c1", "c2"):
        store.add(make_contribution(one, status=PENDING))
    values = chosen(moderator.get(QUEUE).text, whole=True)
    editor.send(QUEUE, chosen=values[:1], act="hide", reason="insult")
    answer = moderator.send(QUEUE, chosen=[*values, "nichts:x.0"], act="publish")
    assert answer.status_code == 409
    assert "2 Beiträge blieben, wie sie waren" in answer.text
    assert "Jemand anderes hat das inzwischen geändert." in answer.text
    assert "Zustand: wartet auf Prüfung → verborgen (Beleidigung)" in answer.text
    assert "1 Beitrag wurde geändert." in answer.text
    assert sorted(store.get(one).status for one in ("c1", "c2")) == [HIDDEN, PUBLISHED]


def test_a_contribution_is_found_by_its_number(moderator: Desk, store: Store):
    for number in range(12):
        store.add(make_contribution(f"c{number:02}"))
    assert shown(moderator, "?words=Beitrag+12") == ["c11"]
    assert "Beitrag 12" in moderator.get(f"{QUEUE}/c11").text
