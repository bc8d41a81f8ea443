"""A real publication of the next version: of what was said before, nothing gets lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from participation.catalogue import Catalogue
from participation.way import WayKind
from tests.journeys.conftest import HOUSE, Served
from tests.journeys.test_accessibility import unfold
from tests.site_src.towns import LEITLINIEN, Town, found_town, git

pytestmark = pytest.mark.browser

MEETS = "Der Beirat tagt viermal im Jahr und lädt dazu öffentlich ein."
ADVISES = "Er berät den Rat bei allen großen Vorhaben der Stadt."
ASKS = "Wer hier wohnt, kann Fragen zu jedem Vorhaben stellen."
ANSWERS = "Die Verwaltung antwortet darauf binnen sechs Wochen schriftlich."
STAYS = "Die Geschäftsstelle sitzt im Rathaus und ist werktags offen."
STANDS = "Alle Unterlagen liegen auch in der Stadtbibliothek aus."
MOVES = "Wer mitwirkt, bekommt auf Wunsch die Fahrkosten ersetzt."
GOES = "Ein Fachbüro erstellt jährlich eine Auswertung mit Karten."
EDITED = ("Diese Regeln gelten für ein Jahr.", "Diese Regeln gelten für zwei ganze Jahre.")
FIRST = [MOVES, STAYS, f"{ASKS} {ANSWERS}", EDITED[0], MEETS, ADVISES, GOES, STANDS]
SECOND = [STAYS, ASKS, ANSWERS, EDITED[1], f"{MEETS} {ADVISES}", STANDS, MOVES]
KINDS = set(WayKind)


def text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n\n"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town that has published the first version, in this house's own look."""
    town = found_town(tmp_path)
    shutil.rmtree(town.house)
    town.house.symlink_to(HOUSE)
    town.edit(LEITLINIEN, "# Leitlinien\n\n", f"# Leitlinien\n\n{text(FIRST)}")
    town.edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien/1/3")
    git(town.clone, "commit", "--quiet", "--all", "--amend", "--no-edit")
    git(town.clone, "push", "--quiet", "--force", "origin", "main")
    town.publish()
    return town


def publish_the_second(town: Town) -> None:
    town.edit(LEITLINIEN, "version: 1", "version: 2")
    town.edit(LEITLINIEN, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    town.edit(LEITLINIEN, "  answers: 2024-04-22\n", "")
    town.edit(LEITLINIEN, "published: 2024-03-08\n", "")
    town.edit(LEITLINIEN, text(FIRST), text(SECOND))
    town.commit()
    town.publish()


@pytest.fixture
def served(town: Town, make_service: Callable[..., Served]) -> Served:
    current = town.target / "current"
    return make_service(
        RANDNOTIZ_SITE=str(current), RANDNOTIZ_CATALOGUE=str(current / "catalogue.json")
    )


def say_something_on_each(served: Served, version: int, numbers: range) -> list[str]:
    """Contribute once to each paragraph; return what was said."""
    client = served.app.test_client()
    said = [f"Zu Fassung {version}, Absatz {number}." for number in numbers]
    for number, words in zip(numbers, said, strict=True):
        path = f"/api/documents/leitlinien/versions/{version}/paragraphs/{number}/contributions"
        assert client.post(path, json={"kind": "comment", "text": words}).status_code == 201
    return said


def kinds(served: Served) -> set[WayKind]:
    catalogue: Catalogue = served.app.extensions["randnotiz"].commenting.published()
    return {way.kind for way in catalogue.version("leitlinien", 2).ways}


def test_every_contribution_is_counted_and_found_after_the_next_version(
    page: Page, new_context: Callable[..., BrowserContext], town: Town, served: Served
):
    said = say_something_on_each(served, 1, range(1, len(FIRST) + 1))
    publish_the_second(town)
    assert kinds(served) == KINDS
    total = f"{len(said)} Beiträge zu allen Fassungen, 1 davon zu einem entfallenen Absatz."

    page.goto(f"{served.address}/leitlinien/")
    expect(page.locator("#rn-total")).to_have_text(total)
    page.goto(f"{served.address}/leitlinien/1-2/")
    expect(page.locator("#rn-total")).to_have_text(total)
    unfold(page)
    found = page.locator(".rn-comparison .rn-contributions__text")
    expect(found).to_have_count(len(said))
    assert sorted(found.all_text_contents()) == said

    quiet = new_context(java_script_enabled=False).new_page()
    quiet.goto(f"{served.address}/leitlinien/1-2/")
    quiet.get_by_role("link", name="Alle Beiträge", exact=True).click()
    expect(quiet.locator("main")).to_contain_text(f"{len(said)} Beiträge zu allen Fassungen")
    assert sorted(quiet.locator("main .said").all_text_contents()) == said


def test_what_is_said_on_the_second_version_is_counted_with_the_first(
    page: Page, town: Town, served: Served
):
    said = say_something_on_each(served, 1, range(1, 4))
    publish_the_second(town)
    served.clock.now = served.clock.now.replace(month=4)
    said += say_something_on_each(served, 2, range(1, 3))
    page.goto(f"{served.address}/leitlinien/1-2/")
    expect(page.locator("#rn-total")).to_have_text("5 Beiträge zu allen Fassungen.")
    unfold(page)
    found = page.locator(".rn-comparison .rn-contributions__text")
    expect(found).to_have_count(len(said))
    assert sorted(found.all_text_contents()) == said


def test_who_sends_from_a_page_that_is_stale_by_now_is_told_where_it_stands(
    page: Page, town: Town, served: Served
):
    page.goto(f"{served.address}/leitlinien/")
    page.locator("#rn-1 button.rn-comment").click()
    panel = page.locator("#rn-panel-1")
    panel.get_by_label("Ihr Text").fill("Zu dem, was ich lese.")
    publish_the_second(town)
    panel.get_by_role("button", name="Beitrag senden").click()
    expect(panel).to_contain_text(
        "Inzwischen ist Fassung 2 erschienen. Ihr Beitrag steht bei Fassung 1, die Sie gelesen"
    )
    panel.get_by_role("link", name="Zu Fassung 2").click()
    expect(page.locator(".rn-facts")).to_contain_text("Fassung 2")
