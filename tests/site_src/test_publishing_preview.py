"""A preview of the tiny site in the real theme: what is not published yet, for editors only."""

import json
from pathlib import Path

import pytest

import build
from participation.catalogue import read_catalogue
from site_src.building import build as build_site
from site_src.messages import translator
from site_src.places import Places
from tests.site_src.conftest import ENVIRONMENT, copy_tiny, order_for

HOUSE = Path(__file__).parents[2]
DRAFT = """\
---
title: Entwurf einer Satzung
version: 1
status: draft
commenting:
  opens: 2024-03-08
---

Ein erster Absatz, den noch niemand kennt.
"""


def build_in_real_theme(folder: Path, *, preview: bool) -> Path:
    tiny = copy_tiny(folder)
    (tiny.content / "guidelines" / "satzung.md").write_text(DRAFT, "utf-8")
    places = Places(tiny.content, HOUSE, tiny.output)
    build_site(order_for(places, preview=preview))
    return tiny.output


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The preview."""
    return build_in_real_theme(tmp_path_factory.mktemp("preview"), preview=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, built to be published."""
    return build_in_real_theme(tmp_path_factory.mktemp("site"), preview=False)


def pages(folder: Path) -> dict[str, str]:
    return {str(path): path.read_text("utf-8") for path in folder.rglob("*.html")}


def without(folder: Path, words: str) -> list[str]:
    return [path for path, html in pages(folder).items() if words not in html]


def bearing(folder: Path, words: str) -> list[str]:
    return [path for path, html in pages(folder).items() if words in html]


def test_every_page_of_a_preview_says_that_it_is_one(preview: Path):
    assert len(pages(preview)) > 10
    english = set(pages(preview / "en"))
    assert set(without(preview, "Vorschau, nicht veröffentlicht")) == english
    assert without(preview / "en", "Preview, not published") == []


def test_no_search_engine_is_let_in(preview: Path):
    assert without(preview, '<meta name="robots" content="noindex, nofollow">') == []
    assert (preview / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"


def test_drafts_are_shown_with_their_numbers(preview: Path):
    html = (preview / "satzung" / "index.html").read_text("utf-8")
    assert 'id="rn-1"' in html
    assert "den noch niemand kennt" in html
    assert 'href="../satzung/"' in (preview / "leitlinien" / "index.html").read_text("utf-8")


def test_nothing_can_be_commented_on(preview: Path):
    assert bearing(preview, 'href="/beitrag/') == []
    assert bearing(preview, 'id="randnotiz-page"') == []
    catalogue = read_catalogue(json.loads((preview / "catalogue.json").read_text("utf-8")))
    versions = [version for one in catalogue.documents.values() for version in one.versions]
    assert [version.window for version in versions] == [None] * len(versions)


def test_the_window_is_told_all_the_same(preview: Path):
    html = (preview / "leitlinien" / "index.html").read_text("utf-8")
    assert "Kommentarfrist: 8. bis 29. März 2024" in html


def test_what_is_published_has_nothing_of_a_preview(site: Path):
    assert bearing(site, "Vorschau, nicht veröffentlicht") == []
    assert bearing(site, "noindex") == []
    assert bearing(site, "md-banner") == []
    assert not (site / "robots.txt").exists()
    assert not (site / "satzung").exists()
    assert bearing(site, 'href="/beitrag/leitlinien/1/1"') != []


def test_the_command_builds_a_preview_where_nobody_serves_it(tiny: Places):
    folders = ["--content", str(tiny.content), "--output", str(tiny.output)]
    assert build.main(["preview", *folders], ENVIRONMENT, house=tiny.house) == 0
    assert (tiny.output / "robots.txt").exists()
    chosen = build.parser(translator("de")).parse_args(["preview"])
    assert chosen.output == "build/preview"


def test_a_preview_asks_no_comment_service(tiny: Places):
    folders = ["--content", str(tiny.content), "--output", str(tiny.output)]
    environment = {**ENVIRONMENT, "RANDNOTIZ_SERVICE": "https://beitraege.example.org"}
    assert build.main(["preview", *folders], environment, house=tiny.house) == 0
    assert bearing(tiny.output, "beitraege.example.org") == []


def test_a_preview_with_errors_is_not_built(tiny: Places, capsys: pytest.CaptureFixture[str]):
    (tiny.content / "guidelines" / "satzung.md").write_text("---\ntitle: x\n---\n", "utf-8")
    folders = ["--content", str(tiny.content), "--output", str(tiny.output)]
    assert build.main(["preview", *folders], ENVIRONMENT, house=tiny.house) == 1
    assert "guidelines/satzung.md:" in capsys.readouterr().out
    assert not tiny.output.exists()
