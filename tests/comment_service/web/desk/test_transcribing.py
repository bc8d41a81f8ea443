"""A card is typed into a form; nothing that was typed gets lost."""

import html
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from comment_service.storage.protocol import Store
from participation.contribution import Channel
from participation.log_entry import Role
from tests.comment_service.web.desk.conftest import Desk, SignIn
from tests.conftest import Clock
from tests.factories import AFTER

FORM = "/redaktion/abschriften"
CARD = {
    "place": "leitlinien/1",
    "number": "2",
    "kind": "comment",
    "channel": "workshop",
    "event": "Bürgerwerkstatt <am See>",
    "came_on": "13.03.2024",
    "people": "4",
    "name": "",
    "text": "Mehr Schatten & Bänke!",
    "key": "k1",
}


def send(desk: Desk, **changed: Any) -> TestResponse:
    return desk.send(FORM, **{**CARD, **changed})


def test_a_card_is_taken_and_the_form_is_ready_for_the_next_one(
    sign_in: SignIn, store: Store, clock: Clock
):
    clock.now = AFTER
    moderator = sign_in(Role.MODERATOR)
    answer = send(moderator)
    assert answer.status_code == 303
    (card,) = store.of_document("leitlinien")
    assert (card.text, card.channel) == ("Mehr Schatten & Bänke!", Channel.WORKSHOP)
    assert card.transcribed is not None
    assert (card.transcribed.by, card.transcribed.people) == ("moderator", 4)
    following = html.unescape(moderator.get(answer.headers["Location"].partition("#")[0]).text)
    assert "Übernommen, zu Rn. 2: „Der Text von Absatz 2.“" in following
    assert 'value="Bürgerwerkstatt <am See>"' in following
    assert 'value="13.03.2024"' in following
    assert "Schatten" not in following


def test_a_change_proposal_is_taken_with_its_wording(moderator: Desk, store: Store):
    proposal = {"kind": "proposal", "proposed_wording": "Der ganz neue Text."}
    refused = send(moderator, **proposal | {"proposed_wording": "Der Text von Absatz 2."})
    assert (refused.status_code, "Das ist der Wortlaut, wie er steht." in refused.text) == (
        422,
        True,
    )
    assert send(moderator, **proposal).status_code == 303
    (one,) = store.of_document("leitlinien")
    assert (one.kind, one.proposed_wording) == ("proposal", "Der ganz neue Text.")


def test_a_form_that_is_sent_twice_is_taken_once(moderator: Desk, store: Store):
    for _ in range(2):
        assert send(moderator).status_code == 303
    assert len(store.of_document("leitlinien")) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "9", "Es gibt keinen Absatz 9."),
        ("number", "vier", "Das muss eine ganze Zahl sein."),
        ("place", "andere/1", "Bitte wählen Sie etwas aus, das angeboten wird."),
        ("place", "leitlinien/9", "Bitte wählen Sie etwas aus, das angeboten wird."),
        ("channel", "online", "Bitte wählen Sie etwas aus, das angeboten wird."),
        ("came_on", "31.02.2024", "Das muss ein Tag sein wie 13.03.2024."),
        ("people", "0", "Das muss eine ganze Zahl von 1 bis 100.000 sein."),
        ("text", " ", "Bitte schreiben Sie hier etwas."),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_all_of_it_stays(
    moderator: Desk, store: Store, field: str, value: str, words: str
):
    answer = send(moderator, **{field: value})
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert re.search(rf'<p class="problem" id="{field}-problem">([^<]+)</p>', page)[1] == words  # type: ignore[index]  # it is there
    typed = {**CARD, field: value}
    assert typed["text"] in page
    assert f'value="{typed["event"]}"' in page
    assert f'value="{typed["key"]}"' in page
    assert store.of_document("leitlinien") == []


def test_another_card_with_a_key_of_before_is_refused_with_all_of_it(moderator: Desk, store: Store):
    send(moderator)
    answer = send(moderator, text="Etwas anderes")
    assert answer.status_code == 422
    assert "Etwas anderes" in answer.text
    assert 'name="key" value="k1"' not in answer.text
    assert len(store.of_document("leitlinien")) == 1


def test_without_a_catalogue_what_was_typed_stays(moderator: Desk, catalogue_file):
    moderator.get(FORM)
    catalogue_file.unlink()
    answer = send(moderator)
    assert answer.status_code == 503
    assert "Mehr Schatten &amp; Bänke!" in answer.text


def test_a_moderator_is_not_offered_to_import(moderator: Desk, editor: Desk):
    assert "Eine Tabelle einlesen" not in moderator.get(FORM).text
    assert "Eine Tabelle einlesen" in editor.get(FORM).text
