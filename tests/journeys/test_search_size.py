"""What a first query costs on a site of a hundred pages, counted in bytes."""

import re
import shutil
from collections.abc import Callable, Iterator
from gzip import compress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from site_src.cache_folder import CacheFolder
from site_src.cache_shelf import CacheShelf
from site_src.search_index import search_files
from site_src.search_terms import SearchPage, SearchRecord
from tests.journeys.conftest import HOUSE, Served
from tests.journeys.theme import wait_for_theme

pytestmark = pytest.mark.browser

LAWS = HOUSE.parent / "shared" / "corpus" / "laws"
PAGES, LIMIT = 100, 200_000  # pages; bytes of all bodies, each packed by gzip
BLANK = re.compile(r"\n\s*\n")


def paragraphs(law: Path) -> Iterator[tuple[str, str]]:
    """The paragraphs of a law, each with the heading above it."""
    heading = ""
    for block in BLANK.split(law.read_text("utf-8").split("---\n", 2)[-1]):
        if block.lstrip().startswith("#"):
            heading = block.strip().lstrip("# ")
        elif block.strip():
            yield heading, " ".join(block.split())


def pages_of_laws() -> list[SearchPage]:
    """All newest laws of the corpus, as one text that is cut into a hundred pages."""
    laws = [max(folder.glob("*.md")) for folder in sorted(LAWS.iterdir()) if folder.is_dir()]
    said = [one for law in laws for one in paragraphs(law)]
    size = -(-len(said) // PAGES)
    parts = [said[first : first + size] for first in range(0, len(said), size)]
    return [_page(number, part) for number, part in enumerate(parts, start=1)]


def _page(number: int, said: list[tuple[str, str]]) -> SearchPage:
    title = f"Gesetze, Teil {number}"
    records = [
        SearchRecord(f"rn-{place}", (heading,), text)
        for place, (heading, text) in enumerate(said, start=1)
    ]
    itself = SearchRecord("", (title,), title)
    return SearchPage(f"teil-{number}/", title, (itself, *records), numbered=True)


@pytest.fixture(scope="module")
def site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with the index of a hundred pages of laws."""
    if not LAWS.is_dir():
        pytest.skip("the corpus of laws is not here: ../shared/corpus/laws")
    folder = tmp_path_factory.mktemp("laws")
    copy = Path(shutil.copytree(site, folder / "site"))
    shutil.rmtree(copy / "search")
    kept = CacheShelf(CacheFolder(folder / "kept"), "search")
    for path, content in search_files("newest", pages_of_laws(), kept).items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(content)
    return copy


@pytest.mark.parametrize(
    "query",
    ["Aufsicht", "Genehmigung", "Rechtsverordnung", "Recht", "Verwaltungsb", "Behörde Frist"],
)
def test_a_first_query_of_a_hundred_pages_is_light(
    new_context: Callable[..., BrowserContext], served: Served, query: str
):
    page = new_context().new_page()
    page.goto(f"{served.address}/mitmachen/")
    page.mouse.move(10, 10)  # the first move fetches the theme's script, which is not the search's
    wait_for_theme(page)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks functions
    page.get_by_role("searchbox", name="Suche").fill(query)
    expect(page.locator(".rn-search__link mark").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert any(urlsplit(answer.url).path.startswith("/search/") for answer in answers)
    assert sum(len(compress(answer.body(), 6)) for answer in answers) <= LIMIT
