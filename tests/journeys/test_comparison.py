"""The comparison of two versions: from change to change, and to what was said on removed text."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from participation.catalogue import Catalogue, read_catalogue
from participation.way import WayKind
from site_src.catalogue_file import NAME
from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import contribute
from tests.journeys.test_keyboard import focused_is_visible, tab_to
from tests.journeys.theme import wait_for_theme

pytestmark = pytest.mark.browser

COMPARISON = "leitlinien/1-2/"
SAID = "Und wer\nzahlt das?"  # what `contribute` says


@pytest.fixture(scope="module")
def catalogue(site: Path) -> Catalogue:
    return read_catalogue(json.loads((site / NAME).read_text("utf-8")))


@pytest.fixture
def number_of(catalogue: Catalogue) -> Callable[[WayKind], int]:
    """The first paragraph of version 1 that went such a way."""
    ways = catalogue.version("leitlinien", 2).ways
    return lambda kind: next(way.old for way in ways if way.kind is kind)


@pytest.fixture
def quiet(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a browser without JavaScript."""
    return new_context(java_script_enabled=False).new_page()


def changes(page: Page) -> Locator:
    return page.locator("[data-rn-change]")


def top_of(found: Locator) -> float:
    return float(found.evaluate("one => one.getBoundingClientRect().top"))


# ------------------------------------------------------------------ what was said


def test_contributions_on_removed_text_lie_open_in_its_row(page: Page, served: Served, number_of):
    number = number_of(WayKind.REMOVED)
    contribute(served, "leitlinien", number)
    page.goto(f"{served.address}/{COMPARISON}#old-{number}")
    row = page.locator(".rn-row--removed", has=page.locator(f"#old-{number}"))
    expect(row.locator("summary")).to_have_text(f"1 Beitrag zu Fassung 1, Rn. {number}")
    expect(row.locator(".rn-contributions__text")).to_be_visible()
    expect(row.locator(".rn-contributions__text")).to_have_text(SAID)
    expect(row).to_be_in_viewport()


def test_contributions_on_removed_text_open_when_the_reader_moves(
    page: Page, served: Served, number_of
):
    number = number_of(WayKind.REMOVED)
    contribute(served, "leitlinien", number)
    page.goto(f"{served.address}/{COMPARISON}")
    words = page.locator(".rn-row--removed .rn-contributions__text")
    expect(page.locator(".rn-row--removed .rn-said")).to_have_count(1)
    expect(words).to_have_count(0)
    page.keyboard.press("Tab")
    expect(words).to_be_visible()


def test_words_that_do_not_come_are_asked_for_again_at_the_next_try(
    page: Page, served: Served, number_of
):
    number = number_of(WayKind.EDITED)
    contribute(served, "leitlinien", number)
    page.route("**/contributions?*", lambda route: route.abort(), times=1)
    page.goto(f"{served.address}/{COMPARISON}")
    summary = page.locator(f"#old-{number} summary")
    summary.click()
    expect(page.locator(f"#old-{number}")).to_contain_text("können gerade nicht angezeigt werden")
    summary.click()
    summary.click()
    expect(page.locator(f"#old-{number} .rn-contributions__text")).to_have_text(SAID)


def test_contributions_on_an_edited_paragraph_open_by_keyboard(
    page: Page, served: Served, number_of
):
    number = number_of(WayKind.EDITED)
    contribute(served, "leitlinien", number)
    page.goto(f"{served.address}/{COMPARISON}")
    side = page.locator(f"#old-{number}")
    expect(side.locator("summary")).to_have_text(f"1 Beitrag zu Fassung 1, Rn. {number}")
    expect(side.locator(".rn-contributions__text")).to_have_count(0)
    side.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(side.locator(".rn-contributions__text")).to_have_text(SAID)


def test_only_rows_with_contributions_speak_of_them(page: Page, served: Served, number_of):
    contribute(served, "leitlinien", number_of(WayKind.EDITED))
    page.goto(f"{served.address}/{COMPARISON}")
    expect(page.locator("#rn-total")).to_have_text("1 Beitrag zu allen Fassungen.")
    expect(page.locator(".rn-said")).to_have_count(1)
    expect(page.locator(".rn-talk")).to_have_count(0)


def test_what_was_said_on_an_unchanged_paragraph_is_in_its_row(
    page: Page, served: Served, number_of
):
    number = number_of(WayKind.UNCHANGED)
    contribute(served, "leitlinien", number)
    page.goto(f"{served.address}/{COMPARISON}")
    row = page.locator(".rn-row--unchanged", has=page.locator(f"#old-{number}"))
    row.locator("summary").click()
    expect(row.locator(".rn-contributions__text")).to_have_text(SAID)


def test_with_the_service_down_the_comparison_is_readable_and_says_so(page: Page, served: Served):
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{served.address}/{COMPARISON}")
    expect(page.locator(".rn-talks")).to_contain_text("können gerade nicht angezeigt werden")
    expect(changes(page).first).to_be_visible()


def test_without_javascript_removed_text_leads_to_what_was_said_on_it(
    quiet: Page, served: Served, number_of
):
    number = number_of(WayKind.REMOVED)
    contribute(served, "leitlinien", number)
    quiet.goto(f"{served.address}/{COMPARISON}")
    quiet.get_by_role("link", name=f"Beiträge zu Fassung 1, Rn. {number}", exact=True).click()
    expect(quiet).to_have_url(f"{served.address}/beitrag/leitlinien/1/{number}")
    expect(quiet.locator("main")).to_contain_text("zahlt das?")


def test_without_javascript_all_contributions_are_counted_and_listed(
    quiet: Page, served: Served, number_of
):
    for kind in (WayKind.REMOVED, WayKind.EDITED):
        contribute(served, "leitlinien", number_of(kind))
    quiet.goto(f"{served.address}/{COMPARISON}")
    quiet.get_by_role("link", name="Alle Beiträge", exact=True).click()
    expect(quiet.locator("main")).to_contain_text("2 Beiträge zu allen Fassungen")
    expect(quiet.locator("main .said")).to_have_count(2)


def test_the_text_itself_counts_what_was_said_on_all_versions(
    page: Page, served: Served, number_of
):
    for kind in (WayKind.REMOVED, WayKind.EDITED):
        contribute(served, "leitlinien", number_of(kind))
    page.goto(f"{served.address}/leitlinien/")
    expect(page.locator("#rn-total")).to_have_text(
        "2 Beiträge zu allen Fassungen, 1 davon zu einem entfallenen Absatz."
    )


# ------------------------------------------------------------------ from change to change


def test_keys_jump_from_change_to_change_and_take_the_focus_along(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}")
    tab_to(page, "Zur ersten Änderung")
    page.keyboard.press("Enter")
    expect(page.locator("#change-1")).to_be_focused()
    for key, number in (("n", 2), ("n", 3), ("p", 2), ("n", 3), ("n", 4)):
        page.keyboard.press(key)
        row = page.locator(f"#change-{number}")
        expect(row).to_be_focused()
        expect(row).to_be_in_viewport()
        assert focused_is_visible(page)
    expect(page).to_have_url(f"{served.address}/{COMPARISON}#change-4")


def test_a_jump_shows_the_beginning_of_the_change_below_the_header(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}#change-1")
    page.locator("#change-1").focus()
    header = page.locator(".md-header").bounding_box()
    assert header is not None
    for number in range(2, 41):
        page.keyboard.press("n")
        row = page.locator(f"#change-{number}")
        expect(row).to_be_focused()
        assert header["height"] <= top_of(row) <= header["height"] + 60, number


def test_the_focused_change_has_a_name_that_says_what_it_is(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}#change-1")
    row = page.locator("#change-1")
    expect(row).to_have_role("group")
    count = changes(page).count()
    expect(row).to_have_accessible_name(f"Geändert Änderung 1 von {count}")


def test_the_ends_say_that_they_are_the_ends(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}")
    page.locator("#change-1").focus()
    status = page.get_by_role("status").filter(has_text="Das ist die")
    page.keyboard.press("p")
    expect(status).to_have_text("Das ist die erste Änderung.")
    changes(page).last.focus()
    page.keyboard.press("n")
    expect(status).to_have_text("Das ist die letzte Änderung.")
    expect(changes(page).last).to_be_focused()


def test_outside_the_comparison_the_keys_do_nothing(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}")
    page.get_by_role("link", name="Alle Fassungen").focus()
    for key in ("n", "p"):
        page.keyboard.press(key)
    expect(page).to_have_url(f"{served.address}/{COMPARISON}")
    expect(page.get_by_role("link", name="Alle Fassungen")).to_be_focused()


def test_with_a_modifier_the_keys_do_nothing(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}")
    page.locator("#change-1").focus()
    for key in ("Alt+n", "Control+p"):
        page.keyboard.press(key)
    expect(page.locator("#change-1")).to_be_focused()


def test_from_between_two_changes_the_keys_go_to_the_next_and_the_one_before(
    page: Page, served: Served
):
    page.goto(f"{served.address}/{COMPARISON}")
    fold = page.locator(".rn-fold summary").first
    rows = "(fold, step) => { const all = [...document.querySelectorAll('[data-rn-change]')];"
    after = " const next = all.findIndex(one => fold.compareDocumentPosition(one) & 4);"
    around = fold.evaluate(f"{rows}{after} return [all[next - 1].id, all[next].id] }}")
    for key, wanted in zip("pn", around, strict=True):
        fold.focus()
        page.keyboard.press(key)
        expect(page.locator(f"#{wanted}")).to_be_focused()


def test_a_click_on_text_brings_the_focus_into_the_comparison(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}")
    page.locator(".rn-row--unchanged p").nth(1).click()
    page.keyboard.press("n")
    expect(page.locator("#change-1")).to_be_focused()


def test_the_page_tells_of_its_keys_where_they_work(page: Page, quiet: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}")
    expect(page.locator("#rn-keys")).to_have_text(
        "Tasten im Vergleich: n nächste Änderung, p vorige Änderung"
    )
    quiet.goto(f"{served.address}/{COMPARISON}")
    expect(quiet.locator("#rn-keys")).to_be_hidden()


def test_single_letters_start_nothing_anywhere(page: Page, served: Served):
    page.goto(f"{served.address}/methodenkoffer/")
    page.keyboard.press("Tab")  # fetches the theme's script, which would take the letters
    wait_for_theme(page)
    for key in ("s", "f", "/", "n", ".", "p", ","):
        page.keyboard.press(key)
    expect(page).to_have_url(f"{served.address}/methodenkoffer/")
    expect(page.get_by_role("searchbox", name="Suche")).not_to_be_focused()


def test_without_javascript_links_lead_from_change_to_change(quiet: Page, served: Served):
    quiet.goto(f"{served.address}/{COMPARISON}")
    quiet.get_by_role("link", name="Zur ersten Änderung").click()
    for number in (1, 2, 3):
        row = quiet.locator(f"#change-{number}")
        expect(row).to_be_focused()
        row.get_by_role("link", name="nächste Änderung").click()
    quiet.locator("#change-4").get_by_role("link", name="vorige Änderung").click()
    expect(quiet.locator("#change-3")).to_be_focused()
    expect(quiet.locator("#change-3")).to_be_in_viewport()


# ------------------------------------------------------------------ changes only


@pytest.fixture(params=[True, False], ids=["javascript", "without"])
def reader(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=request.param).new_page()


def test_what_did_not_change_is_hidden_by_keyboard_and_stays_so_after_a_jump(
    reader: Page, served: Served
):
    reader.goto(f"{served.address}/{COMPARISON}")
    same = reader.locator(".rn-row--unchanged")
    expect(same.first).to_be_visible()
    reader.get_by_label("Nur Änderungen zeigen").focus()
    reader.keyboard.press("Space")
    reader.get_by_role("link", name="Zur ersten Änderung").click()
    reader.locator("#change-1").get_by_role("link", name="nächste Änderung").click()
    expect(reader.get_by_label("Nur Änderungen zeigen")).to_be_checked()
    assert same.evaluate_all("all => all.every(one => !one.checkVisibility())")
    assert changes(reader).evaluate_all("all => all.every(one => one.checkVisibility())")
    expect(reader.locator(".rn-fold:visible")).to_have_count(0)


def test_what_stays_the_same_for_long_is_unfolded_by_keyboard(reader: Page, served: Served):
    reader.goto(f"{served.address}/{COMPARISON}")
    fold = reader.locator(".rn-fold").first
    expect(fold.locator("summary")).to_contain_text("Absätze unverändert")
    expect(fold.locator(".rn-row").first).to_be_hidden()
    fold.locator("summary").focus()
    reader.keyboard.press("Enter")
    expect(fold.locator(".rn-row").first).to_be_visible()


def test_a_link_into_a_fold_opens_it(page: Page, served: Served):
    page.goto(f"{served.address}/{COMPARISON}")
    inside = page.locator(".rn-fold .rn-row--unchanged a[id^=old]").nth(2)
    page.goto(f"{served.address}/{COMPARISON}#{inside.get_attribute('id')}")
    expect(inside).to_be_in_viewport()
