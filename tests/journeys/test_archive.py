"""The consultation is over and the service is switched off: everything is still there."""

import gzip
import http.server
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uuid_utils
from playwright.sync_api import BrowserContext, Page, Response, expect

from comment_service.storage.protocol import Change
from participation.decision import Answer, Decision, DecisionStatus, Outcome
from participation.log_entry import Role
from participation.paragraph import ParagraphRef
from participation.said_on_paragraphs import changed_because_of
from site_src.archives import read_archive
from site_src.archiving import archive
from site_src.content import read_content
from site_src.places import Places
from tests.factories import AFTER
from tests.journeys.conftest import HOUSE, Served, build_site
from tests.journeys.test_accessibility import VIEWS, violations
from tests.journeys.test_weight import REQUESTS, WEIGHT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with the archive of its consultation."""
    return build_site(tmp_path_factory.mktemp("archived"), archived=True)


class Files(http.server.SimpleHTTPRequestHandler):
    """Answers files and nothing else; there is no service at all."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
        del format, args


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """The address of a host that knows files only."""
    handler = partial(Files, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The paths that the page has asked for so far, and that were not there."""
    missing: list[str] = []

    def note(answer: Response) -> None:
        if answer.status >= HTTPStatus.BAD_REQUEST:
            missing.append(urlsplit(answer.url).path)

    page.on("response", note)
    return missing


def test_the_panel_shows_contributions_and_answers(page: Page, address: str, asked: list[str]):
    page.goto(f"{address}/leitlinien/1/")
    expect(page.locator("#rn-total")).to_contain_text("64 Beiträge zu allen Fassungen")
    page.get_by_role("button", name="2 Beiträge zu Absatz 107").click()
    panel = page.locator(".rn-panel")
    expect(panel.locator(".rn-contributions > li")).to_have_count(2)
    expect(panel).to_contain_text("Losen ist das einzig Faire.")
    expect(panel).to_contain_text("Antwort der Arbeitsgruppe: übernommen")
    expect(panel).to_contain_text("Workshop, Bürgerwerkstatt, 11 Personen · 21. März 2024")
    expect(panel).to_contain_text("29. März 2024, 24 Uhr abgelaufen. Alle Beiträge sind")
    expect(panel.locator("form")).to_have_count(0)
    panel.get_by_role("link", name="Fassung 2, Rn. 121").first.click()
    expect(page).to_have_url(f"{address}/leitlinien/2/#rn-121")
    assert asked == []


def test_the_changed_paragraph_names_who_changed_it(page: Page, address: str, asked: list[str]):
    page.goto(f"{address}/leitlinien/")
    expect(page.locator("#rn-59")).to_contain_text("Geändert aufgrund von Beitrag 2 und 3")
    page.get_by_role("button", name="Absatz 59, 2 zu früheren Fassungen").click()
    panel = page.locator(".rn-panel")
    expect(panel).to_contain_text("Zu Fassung 1, Rn. 50")
    expect(panel).to_contain_text("Die Hürde sinkt")
    panel.get_by_role("link", name="Beitrag 2").click()
    expect(page).to_have_url(f"{address}/leitlinien/1/#rn-50")
    assert asked == []


def test_the_comparison_shows_contributions(page: Page, address: str, asked: list[str]):
    page.goto(f"{address}/leitlinien/1-2/")
    row = page.locator("#old-50")
    row.locator("summary").click()
    expect(row).to_contain_text("300 Unterschriften sind für einen Verein viel Arbeit.")
    expect(page.locator("#old-88 .rn-said[open]")).to_contain_text(
        "Nicht vor 17 Uhr hilft mir nicht"
    )
    assert asked == []


def test_the_comparison_names_who_changed_a_paragraph(page: Page, address: str, site: Path):
    document = read_content(Places(site.parent / "content", HOUSE, site), today=date(2024, 5, 1))
    public = read_archive(
        (HOUSE / "guidelines/leitlinien.contributions.json").read_bytes(),
        document.documents["leitlinien"].document,
    ).public
    named = changed_because_of(public.contributions, "leitlinien", 2)
    assert named
    page.goto(f"{address}/leitlinien/1-2/")
    expect(page.locator(".rn-because")).to_have_count(len(named))
    number, because = min(named.items())
    words = ", ".join(f"Beitrag {one.ordinal}" for one in because)
    row = page.locator(f".rn-row:has(#new-{number}), #new-{number}").first
    expect(row.locator(".rn-because").first).to_have_text(f"Geändert aufgrund von: {words}")


def test_without_a_script_the_number_leads_to_everything(
    new_context: Callable[..., BrowserContext], address: str
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/leitlinien/1/")
    page.locator("#rn-50 a.rn-comment").click()
    expect(page).to_have_url(f"{address}/leitlinien/1/abwaegung/#rn-50")
    row = page.locator("#rn-50")
    expect(row).to_contain_text("Für ein Viertel 100 Unterschriften von Leuten")
    expect(row).to_contain_text("genügen jetzt 50 Unterschriften")
    row.get_by_role("link", name="Fassung 2, Rn. 59").first.click()
    expect(page).to_have_url(f"{address}/leitlinien/2/#rn-59")
    page.locator("#rn-59").get_by_role("link", name="Geändert aufgrund von").click()
    expect(page.locator("#rn-59")).to_contain_text(
        "Dazu in früheren Fassungen: Beitrag 2, Beitrag 3."
    )


def test_filters_work_without_a_script(new_context: Callable[..., BrowserContext], address: str):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/leitlinien/1/abwaegung/")
    shown = page.locator(".syn-contribution:visible")
    expect(shown).to_have_count(64)
    page.get_by_label("nicht übernommen 4").check()
    expect(shown).to_have_count(4)
    expect(page.locator(".syn-row:visible")).to_have_count(4)
    page.get_by_label("Brief 6").check()
    expect(shown).to_have_count(2)
    page.get_by_label("Workshop 14").check()
    expect(shown).to_have_count(0)
    expect(page.locator(".syn-row:visible")).to_have_count(0)
    expect(page.get_by_text("Kein Beitrag passt zu beidem.").locator("visible=true")).to_have_count(
        1
    )


def test_paragraphs_that_only_changed_are_shown_on_demand(page: Page, address: str):
    page.goto(f"{address}/leitlinien/1/abwaegung/")
    silent = page.locator(".syn-row--silent:visible")
    expect(silent).to_have_count(0)
    page.get_by_label("auch alle geänderten").check()
    expect(silent.first).to_be_visible()
    page.get_by_label("zur Kenntnis genommen 6").check()
    expect(silent).to_have_count(0)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_the_table_can_be_taken_along(page: Page, address: str, ending: str):
    page.goto(f"{address}/leitlinien/1/abwaegung/")
    with page.expect_download() as taken:
        page.get_by_role("link", name=ending.upper(), exact=True).click()
    assert taken.value.suggested_filename == f"abwaegung.{ending}"


def test_the_numbers_of_the_charts_are_there_as_tables(page: Page, address: str):
    page.goto(f"{address}/leitlinien/1/abwaegung/")
    for summary in page.get_by_text("Die Zahlen als Tabelle").all():
        summary.click()
    rows = page.get_by_role("table", name="Beiträge nach Tagen").get_by_role("row")
    expect(rows.filter(has_text="21. März 2024")).to_contain_text("14")


@pytest.mark.parametrize(
    "path", ["leitlinien/", "leitlinien/1/", "leitlinien/1/abwaegung/", "leitlinien/1-2/"]
)
def test_pages_stay_light(page: Page, address: str, path: str):
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks functions
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    assert len(answers) <= REQUESTS
    assert sum(len(gzip.compress(answer.body(), 6)) for answer in answers) <= WEIGHT


def test_contributions_are_fetched_with_the_first_panel_only(page: Page, address: str):
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(urlsplit(request.url).path))
    page.goto(f"{address}/leitlinien/1/")
    page.wait_for_load_state("networkidle")
    assert not [path for path in fetched if path.endswith("beitraege.json")]
    page.locator("#rn-50 button.rn-comment").click()
    expect(page.locator(".rn-contributions li")).to_have_count(2)
    page.locator("#rn-50 button.rn-comment").click()
    page.locator("#rn-107 button.rn-comment").click()
    expect(page.locator(".rn-contributions li")).to_have_count(2)
    assert [path for path in fetched if path.endswith("beitraege.json")] == [
        "/leitlinien/1/beitraege.json"
    ]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def test_axe_finds_nothing(
    new_context: Callable[..., BrowserContext], address: str, view: tuple[int, str]
):
    width, scheme = view
    page = new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    ).new_page()
    found = {}
    for path in ("leitlinien/1/abwaegung/", "leitlinien/2/abwaegung/"):
        page.goto(f"{address}/{path}")
        for summary in page.get_by_text("Die Zahlen als Tabelle").all():
            summary.click()
        found[path] = violations(page)
    page.goto(f"{address}/leitlinien/1/")
    page.locator("#rn-42 button.rn-comment").click()
    expect(page.locator(".rn-answer")).to_have_count(2)
    found["panel"] = violations(page)
    assert {path: places for path, places in found.items() if places} == {}


def test_nothing_is_cut_off_at_320_pixels(new_context: Callable[..., BrowserContext], address: str):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(f"{address}/leitlinien/1/abwaegung/")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320


def test_on_paper_everything_is_there_and_nothing_to_operate(page: Page, address: str):
    page.goto(f"{address}/leitlinien/1/abwaegung/")
    page.emulate_media(media="print")
    expect(page.locator(".syn-filters")).to_be_hidden()
    expect(page.locator(".syn-contribution:visible")).to_have_count(64)
    assert page.pdf(format="A4").startswith(b"%PDF")


def answer_all(served: Served) -> None:
    """Publish one answer to everything that was said."""
    store = served.app.extensions["randnotiz"].commenting.store
    said = tuple(sorted(one.id for one in store.of_document("leitlinien")))
    change = ParagraphRef("leitlinien", 2, 121)
    decision = Decision(
        id=str(uuid_utils.uuid7()), document="leitlinien", version=1, contributions=said,
        answer=Answer(Outcome.PARTLY, "Die Stadt.\n\nZum Teil.", date(2024, 3, 21), (change,)),
        status=DecisionStatus.PUBLISHED, role=Role.EDITOR, at=AFTER, published_at=AFTER,
    )  # fmt: skip
    store.change([Change(None, decision)], [])


def say_and_support(served: Served) -> None:
    """Propose a change, reply to it, and support it from another browser."""
    client = served.app.test_client()
    address = "/api/documents/leitlinien/versions/1/paragraphs/107/contributions"
    proposal = {"kind": "proposal", "text": "Kürzer.", "name": "Ada", "proposed_wording": "Bänke."}
    first = client.post(address, json=proposal).get_json()["id"]
    reply = {"kind": "reply", "text": "Zu kurz.", "name": "Ben", "in_reply_to": first}
    assert client.post(address, json=reply).status_code == HTTPStatus.CREATED
    token = client.post("/api/browser-tokens").get_json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.put(f"/api/contributions/{first}/support", headers=bearer).status_code == 200


def test_proposals_replies_and_support_are_shown_without_anything_to_operate(
    page: Page, address: str, make_service: Callable[..., Served]
):
    served = make_service()
    say_and_support(served)
    served.clock.now = AFTER
    told = served.app.test_client().get("/api/documents/leitlinien/contributions?version=1")
    page.route("**/beitraege.json", lambda route: route.fulfill(json=told.get_json()))
    page.goto(f"{address}/leitlinien/1/")
    page.locator("#rn-107 button.rn-comment").click()
    shown = page.locator(".rn-panel .rn-contributions").first
    expect(shown).to_contain_text("Änderungsvorschlag")
    expect(shown.locator("ins")).to_contain_text("Bänke")
    expect(shown).to_contain_text("Begründung: Kürzer.")
    expect(shown).to_contain_text("1 Mensch unterstützt das")
    replies = shown.get_by_role("list", name="Erwiderungen auf: Änderungsvorschlag von Ada")
    expect(replies).to_contain_text("Zu kurz.")
    expect(shown.get_by_role("button")).to_have_count(0)


def test_what_is_archived_is_what_the_service_told_to_the_letter(
    tmp_path: Path, make_service: Callable[..., Served], site: Path
):
    served = make_service()  # the catalogue is that of the archived site: the texts are the same
    client = served.app.test_client()
    for number in (88, 107, 107):
        client.post(
            f"/api/documents/leitlinien/versions/1/paragraphs/{number}/contributions",
            json={"kind": "question", "text": "Und wer\nzahlt das?", "name": "Ada"},
        )
    answer_all(served)
    served.clock.now = AFTER
    (tmp_path / "guidelines").mkdir()
    places = Places(site.parent / "content", HOUSE, tmp_path)
    content = read_content(places, today=date(2024, 5, 2))
    kept = archive(content, tmp_path, "leitlinien", served.address)
    assert (kept.count, kept.unanswered, kept.left) == (3, 0, ())
    document = content.documents["leitlinien"].document
    found = read_archive(kept.file.read_bytes(), document)
    for number in (1, 2):
        for read, plain in (("contributions", found.plain), ("counts", found.plain_counts)):
            told = client.get(f"/api/documents/leitlinien/{read}?version={number}").json
            assert plain(number) == told
