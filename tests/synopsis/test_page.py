"""The page of a synopsis tells everything, escapes all, and needs no script."""

import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest

import synopsis
from participation.contribution import Channel
from participation.decision import Outcome
from participation.public_contributions import PublicContribution
from synopsis.addresses import Addresses
from synopsis.page import synopsis_html
from synopsis.words import words
from tests.factories import make_answered, make_public
from tests.synopsis.factories import DISCUSSED, NEW, make_synopsis

CSS = (Path(synopsis.__file__).parent / "assets" / "synopsis.css").read_text("utf-8")
TO = Addresses(
    "../../../", "../abwaegung", "../../{version}/abwaegung/", minutes={date(2024, 3, 21)}
)


def page(*said: PublicContribution, number: int = 1, language: str = "de") -> str:
    shown = make_synopsis(*said, number=number)
    return synopsis_html(shown, words(language), TO, text_language="de")


def visible(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_is_one_block_without_an_empty_line():
    html = page()
    assert html.startswith("<div")
    assert html.endswith("</div>")
    assert not re.search(r"\n\s*\n", html)
    assert html.count("<div") == html.count("</div>")


def test_each_contribution_stands_between_old_and_new_wording_with_its_answer():
    told = visible(page())
    assert "Der Text von Absatz 2." in told
    assert "Beitrag 1 · Anregung · online · Ada · 20. März 2024" in told
    assert "Der eingefügt: neue Ende der Einfügung Text von Absatz 2." in told
    assert "übernommen Das fehlte. Beraten am 21. März 2024 . Geändert: Fassung 2, Rn. 2 ." in told


def test_minutes_are_linked_where_there_are_any():
    html = page()
    assert 'href="../../../sitzungen/2024-03-21/"' in html
    assert "sitzungen/2023-01-01" not in html


def test_a_proposal_is_told_as_what_it_changes_with_its_reason():
    told = visible(page(*DISCUSSED))
    assert "20. März 2024 · bearbeitet · 3 Unterstützungen Vorgeschlagener Wortlaut: Der" in told
    assert "Der eingefügt: neue Ende der Einfügung Text von Absatz 2. Begründung:" in told


def test_a_reply_stands_behind_what_it_answers_whose_answer_stands_for_it_too():
    html = page(*DISCUSSED)
    assert re.findall(r'id="beitrag-(\d)" data-outcome="(\w+)"', html) == [
        ("1", "adopted"),
        ("3", "adopted"),
        ("2", "open"),
        ("4", "open"),
    ]
    told = visible(html)
    assert (
        "Erwiderung auf Beitrag 1 Gute Idee. Die Antwort auf Beitrag 1 gilt auch hierfür." in told
    )
    assert "Erwiderung auf einen Beitrag, der nicht mehr da ist. Gute Idee." in told
    assert "4 Beiträge, davon 3 beantwortet." in told


def test_what_came_on_paper_says_how():
    assert "Workshop, Bürgerwerkstatt, 3 Personen, nach der Frist · Ada · 21. März 2024" in visible(
        page()
    )
    assert "Brief · Ada" in visible(page(make_public(channel=Channel.LETTER)))


def test_what_people_write_stays_text():
    html = page()
    assert "Zu &lt;lang&gt;&#10;&#10;und &#34;schief&#34;." in html
    assert "<lang>" not in html


def test_what_was_erased_or_blacked_out_says_so():
    told = visible(page())
    assert "Beitrag 5 · Anregung · online · Ada · 20. März 2024 Der Text wurde auf Wunsch" in told
    assert "Persönliche Angaben darin sind geschwärzt." in told
    assert "ohne Namen" in told


def test_removed_split_and_new_paragraphs_are_told():
    told = visible(page())
    assert "In Fassung 2 gestrichen" in told
    assert "In Fassung 1 nicht enthalten" in told
    assert "eingefügt: Ganz neu. Ende der Einfügung" in told
    assert "Geändert auch aufgrund von: Beitrag 2 ." in told
    assert "Der Wortlaut bleibt, wie er ist." in told


def test_of_a_part_of_a_paragraph_nothing_is_told_as_deleted():
    row = page().split('id="rn-4"')[1].split("</article>")[0]
    assert "<del>" not in row


def test_the_newest_version_has_one_side():
    html = page(make_answered(ref=NEW), number=2)
    assert "syn-new" not in html
    assert "noch keine nächste Fassung" in html


def test_where_nothing_was_said_there_are_neither_charts_nor_filters():
    html = page(number=2)
    assert "<svg" not in html
    assert "<form" not in html
    assert "Zu dieser Fassung kam kein Beitrag." in visible(html)


def test_what_was_said_on_earlier_versions_is_named_where_it_was_carried_or_changed_something():
    html = page(number=2)
    names = visible(html.split('id="rn-2"')[1].split("</article>")[0])
    assert "Dazu in früheren Fassungen: Beitrag 1 , Beitrag 2 ." in names
    assert 'href="../../1/abwaegung/#beitrag-2"' in html.split('id="rn-4"')[1]


def test_a_paragraph_of_which_nothing_is_to_tell_is_named():
    told = page(make_answered())
    assert "Ohne Beitrag und unverändert: Rn. 1" in visible(told)
    assert 'id="rn-1"' in told


def test_all_ids_are_there_once():
    ids = re.findall(r' id="([^"]+)"', page())
    assert len(ids) == len(set(ids))
    assert {"rn-2", "beitrag-1", "neu-4"} <= set(ids)


def test_every_label_names_what_is_there():
    html = page()
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= ids


def test_nothing_needs_a_script_or_a_style_of_its_own():
    html = page()
    assert not re.search(r"<script|<style| style=| on\w+=", html)


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_speaks_both_languages(language: str):
    told = visible(page(language=language))
    assert {"de": "5 Beiträge, davon 3 beantwortet.", "en": "5 contributions, 3 of them answered."}[
        language
    ] in told


def test_a_finished_consultation_says_that_all_is_answered():
    assert "1 Beitrag, alle beantwortet." in visible(page(make_answered()))


def test_filters_offer_only_what_leaves_something():
    html = page()
    offered = set(re.findall(r'id="syn-(\w+-\w+)"', html))
    assert offered == {
        "outcome-all", "outcome-adopted", "outcome-partly", "outcome-declined", "outcome-open",
        "channel-all", "channel-online", "channel-workshop", "rows-said", "rows-changed",
    }  # fmt: skip


def test_a_pair_that_nothing_fits_has_its_sentence():
    found = re.findall(r'syn-none" data-outcome="(\w+)" data-channel="(\w+)"', page())
    assert ("declined", "workshop") in found
    assert ("partly", "workshop") not in found


def test_the_style_sheet_knows_every_choice_and_every_pair():
    outcomes = [*(str(one) for one in Outcome), "open"]
    for outcome in outcomes:
        left = f'.syn-contribution:not([data-outcome="{outcome}"])'
        assert f":has(#syn-outcome-{outcome}:checked) {left}" in CSS
    for outcome, channel in product(outcomes, Channel):
        pair = f":has(#syn-outcome-{outcome}:checked):has(#syn-channel-{channel}:checked)"
        assert CSS.count(pair) == 3


def test_each_chart_has_its_numbers_as_a_table_or_as_text():
    html = page()
    assert html.count("<figure") == 3
    assert html.count("<table") == 2
    assert "Die meisten am 20. März 2024: 3 Beiträge." in visible(html)
    assert "Zu 3 von 4 Absätzen kamen Beiträge." in visible(html)
    assert "2 Beiträge haben den Text verändert." in visible(html)
