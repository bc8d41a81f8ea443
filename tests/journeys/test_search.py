"""The search finds German words in all of their forms, and leads to the paragraph."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from site_src.building import build
from site_src.german_words import folded, stem
from tests.journeys.conftest import HOUSE, Served
from tests.site_src.conftest import copy_tiny, order_for
from tests.site_src.houses import give_real_look
from tests.site_src.repositories import begin, commit_all

pytestmark = pytest.mark.browser

FORMS = [  # of each line, every form finds all others
    ["Gemeinderat", "Gemeinderates", "Gemeinderäte", "Gemeinderaete", "GEMEINDERATS"],
    ["Bürger", "Buerger", "Burger", "Bürgern", "Bürgerinnen"],
    ["Begrüßung", "Begruessung", "Begrussung", "Begrüßungen"],
    ["Stellungnahme", "Stellungnahmen"],
    ["Gremium", "Gremien", "Gremiums"],
    ["Ausschuss", "Ausschusses", "Ausschüsse", "Ausschuß"],
    ["Straße", "Strassen"],
]
COMPOUNDS = {  # what stands in the text, and what finds it
    "Kommunalaufsicht": ["Aufsicht", "Kommunalaufsicht", "Aufsichten", "kommunal", "aufsich"],
    "Stadtteilkonferenz": ["Konferenzen", "Stadtteil", "Konferenz"],
    "Vorhabenliste": ["Liste", "Listen", "Vorhaben"],
}
WORDS = [form for forms in FORMS for form in forms]
TEXT = [f"An dieser Stelle steht {word} im Satz." for word in [*WORDS, *COMPOUNDS]]
DOCUMENT = """---
title: Wortproben
version: {version}
status: consultation
---

# Wortproben

## Erstes Kapitel

{text}

## Zweites Kapitel

Die Auslosung erfolgt {kind} nach einem Verfahren.
"""


def document(version: int, kind: str) -> str:
    return DOCUMENT.format(version=version, text="\n\n".join(TEXT), kind=kind)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small town with one text of two versions that holds each form once."""
    places = copy_tiny(tmp_path_factory.mktemp("words"))
    give_real_look(places)
    begin(places.content)
    file = places.content / "guidelines" / "wortproben.md"
    file.write_text(document(1, "altmodisch"), "utf-8")
    commit_all(places.content, "2024-03-08")
    file.write_text(document(2, "öffentlich"), "utf-8")
    commit_all(places.content, "2024-03-09")
    build(order_for(places))
    return places.output


@pytest.fixture
def searching(page: Page, served: Served) -> Page:
    page.goto(f"{served.address}/wortproben/1/")
    return page


def ask(page: Page, query: str) -> None:
    """Type a query and wait for its answer."""
    status = page.locator(".rn-search__status")
    field = page.get_by_role("searchbox", name="Suche")
    field.fill("")
    expect(page.get_by_role("region", name="Suchergebnisse")).to_be_hidden()
    field.fill(query)
    expect(status).to_have_text(re.compile("Treffer|gefunden|enthält"))


def found(page: Page, query: str) -> set[str]:
    """Return where the results lead to."""
    ask(page, query)
    while (more := page.get_by_role("button", name="Weitere Treffer zeigen")).is_visible():
        count = page.locator(".rn-search__link").count()
        more.click()
        expect(page.locator(".rn-search__link").nth(count)).to_be_visible()
    links = page.locator(".rn-search__link").evaluate_all("all => all.map(one => one.href)")
    return {urlsplit(link).path + "#" + urlsplit(link).fragment for link in links}


def place(word: str) -> str:
    return f"/wortproben/#rn-{[*WORDS, *COMPOUNDS].index(word) + 1}"


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms[0])
def test_every_form_finds_every_other(searching: Page, forms: list[str]):
    for query in forms:
        assert {place(form) for form in forms} <= found(searching, query), query


@pytest.mark.parametrize(
    ("text", "query"), [(text, query) for text, found in COMPOUNDS.items() for query in found]
)
def test_the_parts_of_a_compound_find_it(searching: Page, text: str, query: str):
    assert place(text) in found(searching, query)


def test_a_result_names_its_place_marks_the_words_and_leads_there(searching: Page):
    ask(searching, "aufsichten satz")
    link = searching.locator(".rn-search__link").first
    expect(link).to_have_accessible_name(
        "Wortproben Erstes Kapitel · Rn. 26 An dieser Stelle steht Kommunalaufsicht im Satz."
    )
    assert link.locator("mark").all_inner_texts() == ["Kommunalaufsicht", "Satz"]
    link.click()
    expect(searching).to_have_url(re.compile(r"/wortproben/#rn-26$"))
    expect(searching.locator("#rn-26")).to_be_in_viewport()
    expect(searching.get_by_role("region", name="Suchergebnisse")).to_be_hidden()


def test_all_words_count_and_if_no_place_has_them_all_some(searching: Page):
    assert found(searching, "öffentliche Auslosung Verfahren") == {"/wortproben/#rn-29"}
    assert "/wortproben/#rn-29" in found(searching, "Auslosung Stadtteilkonferenz")
    expect(searching.locator(".rn-search__status")).to_contain_text("Keine Stelle enthält alle")


@pytest.mark.parametrize("query", ["Rn. 14", "Randnummer 14", "14", "Wortproben 14"])
def test_the_number_of_a_paragraph_finds_it(searching: Page, query: str):
    assert "/wortproben/#rn-14" in found(searching, query)


def test_chapters_titles_minutes_pages_and_dates_are_found(searching: Page):
    assert "/wortproben/#rn-29" in found(searching, "Kapitel zweites")
    assert "/wortproben/#" in found(searching, "Wortprobe")
    assert any(one.startswith("/sitzungen/2023-09-06/") for one in found(searching, "Beschluss"))
    assert any(one.startswith("/zeitplan/") for one in found(searching, "Zeitpläne"))
    assert "/#" in found(searching, "Willkommen")


def test_nothing_found_is_said_and_harms_nobody(searching: Page):
    for query in [
        "Qxyzw",
        "<img src=x onerror=alert()>",
        "\u202e🙂",
        "a" * 4000,
        "der",
        "constructor",
    ]:
        ask(searching, query)
        expect(searching.locator(".rn-search__status")).to_contain_text("nichts gefunden")
    ask(searching, "der Gemeinderat")
    expect(searching.locator(".rn-search__link")).to_have_count(5)


def test_old_versions_are_found_only_if_somebody_asks_for_them(searching: Page):
    assert found(searching, "altmodische Auslosung") == {"/wortproben/#rn-29"}  # some of the words
    ask(searching, "altmodisch")
    expect(searching.locator(".rn-search__link")).to_have_count(0)
    searching.get_by_role("checkbox", name="auch in früheren Fassungen").check()
    link = searching.locator(".rn-search__link")
    expect(link).to_have_count(1)
    expect(link).to_contain_text("Wortproben Fassung 1 · Zweites Kapitel · Rn. 29")
    link.click()
    expect(searching).to_have_url(re.compile(r"/wortproben/1/#rn-29$"))


def test_by_keyboard_alone_one_gets_to_a_result_and_back(searching: Page):
    field = searching.get_by_role("searchbox", name="Suche")
    field.focus()
    searching.keyboard.type("Gremium")
    expect(searching.locator(".rn-search__status")).to_have_text("3 Treffer")
    searching.keyboard.press("ArrowDown")
    searching.keyboard.press("ArrowDown")
    expect(searching.locator(".rn-search__link").nth(1)).to_be_focused()
    searching.keyboard.press("ArrowUp")
    searching.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(searching.get_by_role("region", name="Suchergebnisse")).to_be_hidden()
    searching.keyboard.press("Enter")
    expect(searching.locator(".rn-search__link").first).to_be_focused()
    searching.keyboard.press("Enter")
    expect(searching).to_have_url(re.compile(r"/wortproben/#rn-\d+$"))


def test_what_was_typed_just_before_escape_does_not_open_the_results_again(searching: Page):
    searching.get_by_role("searchbox", name="Suche").focus()
    searching.keyboard.type("Gremium")
    expect(searching.locator(".rn-search__status")).to_have_text("3 Treffer")
    searching.keyboard.type("s")
    searching.keyboard.press("Escape")
    searching.evaluate(
        "new Promise((done) => setTimeout(done, 300))"
    )  # after the field's own pause
    expect(searching.get_by_role("region", name="Suchergebnisse")).to_be_hidden()


def test_the_place_of_a_result_stands_in_one_line(page: Page, served: Served):
    page.goto(f"{served.address}/wortproben/")
    ask(page, "Gremium")
    place = page.locator(".rn-search__place").first
    expect(place).to_have_text("Erstes Kapitel · Rn. 17")
    title = page.locator(".rn-search__title").first.bounding_box()
    box = place.bounding_box()
    assert title is not None
    assert box is not None
    assert box["height"] <= title["height"]


def test_who_walks_through_the_results_is_not_thrown_out_by_the_same_answer(searching: Page):
    field = searching.get_by_role("searchbox", name="Suche")
    field.fill("Gremium")  # at once: letter by letter there would be earlier answers, too
    expect(searching.locator(".rn-search__status")).to_have_text("3 Treffer")
    first = searching.locator(".rn-search__link").first
    first.focus()
    field.evaluate("(field) => field.dispatchEvent(new Event('input'))")
    searching.evaluate(
        "new Promise((done) => setTimeout(done, 300))"
    )  # after the field's own pause
    expect(first).to_be_focused()


@pytest.mark.parametrize(
    ("query", "place"), [("Ausschuss", ".rn-search__link"), ("Xylophon", ".rn-search__field")]
)
def test_a_later_answer_does_not_lose_who_walks_through_the_earlier_one(
    searching: Page, query: str, place: str
):
    field = searching.get_by_role("searchbox", name="Suche")
    field.fill("Gremium")
    searching.locator(".rn-search__link").first.focus()
    field.evaluate(
        "(field, query) => { field.value = query; field.dispatchEvent(new Event('input')); }", query
    )
    expect(searching.locator(".rn-search__list")).not_to_contain_text("Gremium")
    expect(searching.locator(place).first).to_be_focused()


def test_nothing_is_fetched_before_the_field_is_used(page: Page, served: Served):
    paths: list[str] = []
    page.on("request", lambda request: paths.append(urlsplit(request.url).path))
    page.goto(f"{served.address}/wortproben/")
    page.mouse.move(200, 300)  # the first move fetches the theme's script
    page.wait_for_load_state("networkidle")
    assert not [path for path in paths if "search" in path or "vendor" in path]
    ask(page, "Gremium")
    assert [path for path in paths if path.startswith("/search/")]
    assert not [path for path in paths if "worker" in path or "search_index.json" in path]


def test_an_answer_that_does_not_come_is_said_and_the_next_one_comes(page: Page, served: Served):
    page.route("**/search/**", lambda route: route.abort())
    page.goto(f"{served.address}/wortproben/")
    page.get_by_role("searchbox", name="Suche").fill("Gremium")
    status = page.locator(".rn-search__status")
    expect(status).to_have_text(
        "Die Suche ist im Moment nicht möglich. Bitte versuchen Sie es später noch einmal."
    )
    page.unroute("**/search/**")
    page.get_by_role("searchbox", name="Suche").fill("Gremien")
    expect(status).to_have_text("3 Treffer")


def test_an_index_that_was_published_anew_is_asked_again(searching: Page):
    """The page stays open meanwhile: the files that it knows are not there any more."""
    entries: list[str] = []
    searching.on("request", lambda one: entries.append(one.url) if "newest" in one.url else None)
    searching.route(
        "**/search/*/terms-*", lambda route: route.fulfill(status=404, body=""), times=1
    )
    ask(searching, "Stellungnahme")
    expect(searching.locator(".rn-search__status")).to_have_text("2 Treffer")
    assert len(entries) == 2


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_narrow_screen_a_button_opens_the_field(
    new_context: Callable[..., BrowserContext], served: Served, width: int
):
    page = new_context(viewport={"width": width, "height": 700}).new_page()
    page.goto(f"{served.address}/wortproben/")
    page.get_by_role("button", name="Suche").click()
    expect(page.get_by_role("searchbox", name="Suche")).to_be_focused()
    ask(page, "Kommunalaufsicht")
    expect(page.locator(".rn-search__link").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_javascript_there_is_no_field_that_does_nothing(
    new_context: Callable[..., BrowserContext], served: Served
):
    for width in (360, 1280):
        page = new_context(
            java_script_enabled=False, viewport={"width": width, "height": 700}
        ).new_page()
        page.goto(f"{served.address}/wortproben/")
        assert page.locator(".md-header :is(input, button):visible").count() == 0
        assert page.get_by_text("Suche", exact=True).locator("visible=true").count() == 0


SAME = """async (words) => {
  const { folded, loadStemmer } = await import("/assets/search_words.js");
  const stem = await loadStemmer();
  return words.map((word) => [folded(word), stem(folded(word))]);
}"""


def test_browser_and_build_make_the_same_of_every_word(searching: Page):
    """Of the sample texts, and of the real laws where they are at hand."""
    laws = sorted((HOUSE.parent / "shared" / "corpus" / "laws").glob("*/1_*.md"))
    files = [*(HOUSE / "guidelines").glob("*.md"), *(HOUSE / "minutes").glob("*.md"), *laws]
    words = {word for file in files for word in re.findall(r"[^\W_]+", file.read_text("utf-8"))}
    odd = {"Bu\u0308rger", "Ver\u00adwaltung", "İstanbul", "ẞ", "ﬁn", "Ǆ", "²", "Œuvre", "한국"}
    sample = sorted({*words, *odd})
    assert len(sample) > 2000
    theirs = searching.evaluate(SAME, sample)
    assert theirs == [[folded(word), stem(folded(word))] for word in sample]


VENDORED = {  # as they were fetched: see REUSE.toml
    "minisearch.js": "0393b3ba253b809d5e55707c7b0875ef9b518a296a006c6739b28876e154edb3",
    "base-stemmer.js": "d42c3db25433456d2de85c57c5ff4d5200f5321f8365dbeabec19c16b66854d9",
    "german-stemmer.js": "78a323ed832b9bde94784fd8e2a352ab210bd785324cffc55d554f617dd1454d",
}


def test_the_libraries_of_others_are_unchanged():
    folder = HOUSE / "site_src" / "assets" / "vendor"
    assert {
        file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()
    } == VENDORED
