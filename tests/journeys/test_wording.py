"""The page reads wordings and tells their differences as the rules do."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from participation.catalogue import read_catalogue
from participation.word_diff import word_diff
from site_src.catalogue_file import NAME
from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

PAIRS: list[tuple[str, str]] = json.loads(Path("tests/data/word_diffs.json").read_text("utf-8"))
WORDS = [f"Wort{number % 190}" for number in range(400)]
LONG = [  # too many equal gaps to look at each, and too many equal words
    (" ".join(WORDS), " ".join([*WORDS[:50], "neu", *WORDS[60:300], *WORDS[310:]])),
    (" ".join(WORDS), "Anderes  " + " ".join(reversed(WORDS))),
    (", ".join(WORDS[:250]) + " (Ende)", "Neu: " + " - ".join(WORDS[30:280]) + " (Ende)."),
    ("ja " * 1300, "ja " * 1200 + "nein"),
]
DIFF = """async (pairs) => {
  const { wordDiff } = await import("/assets/word_diff.js");
  return pairs.map(([old, now]) => wordDiff(old, now).map(({ change, text }) => [change, text]));
}"""
WORDINGS = """async () => {
  const { wordingOf } = await import("/assets/paragraph_wording.js");
  return [...document.querySelectorAll(".rn-unit")].map((unit) => wordingOf(unit));
}"""


def test_the_preview_and_the_rules_find_the_same_differences(page: Page, served: Served):
    page.goto(f"{served.address}/netiquette/")
    pairs = [*PAIRS, *LONG]
    found = page.evaluate(DIFF, pairs)
    for (old, new), pieces in zip(pairs, found, strict=True):
        told = [[str(piece.change), piece.text] for piece in word_diff(old, new)]
        assert pieces == told, (old, new)


@pytest.mark.parametrize(
    ("slug", "version"), [("leitlinien", 1), ("leitlinien", 2), ("methodenkoffer", 1)]
)
def test_the_wording_that_is_offered_for_editing_is_that_of_the_catalogue(
    page: Page, served: Served, site: Path, slug: str, version: int
):
    catalogue = read_catalogue(json.loads((site / NAME).read_text("utf-8")))
    paragraphs = catalogue.version(slug, version).paragraphs
    page.goto(f"{served.address}/{slug}/{version}/")
    assert page.evaluate(WORDINGS) == [paragraph.text for paragraph in paragraphs]
