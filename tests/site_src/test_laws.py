"""All laws of the corpus with their revisions become documents with versions, built strictly."""

import json
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from participation.catalogue import Catalogue, read_catalogue
from participation.way import WayKind
from site_src.building import Built, build
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.site_src.built_pages import BuiltPage, dead_links, read_pages
from tests.site_src.conftest import copy_tiny, order_for
from tests.site_src.houses import give_real_look
from tests.site_src.repositories import begin, commit_all

pytestmark = pytest.mark.unmeasured  # many texts, each the same way
LAWS = Path(__file__).parents[2].parent / "shared" / "corpus" / "laws"
FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)  # not every law has one
CHANGED = {WayKind.EDITED, WayKind.MOVED, WayKind.SPLIT, WayKind.MERGED, WayKind.REMOVED}


def slug_of(law: Path) -> str:
    return law.name.replace("_", "-")


def revisions(law: Path) -> list[Path]:
    return sorted(law.glob("*.md"))


def write_version(content: Path, law: Path, number: int, revision: Path) -> None:
    body = FRONT.sub("", revision.read_text("utf-8"))
    front = f"---\ntitle: {law.name}\nversion: {number}\nstatus: adopted\n---\n"
    (content / "guidelines" / f"{slug_of(law)}.md").write_text(f"{front}{body}", "utf-8")


def lay_down(content: Path, laws: list[Path]) -> None:
    """Commit the first revision of every law, then all second ones, and so on."""
    begin(content)
    for number in range(1, max(len(revisions(law)) for law in laws) + 1):
        for law in laws:
            if number <= len(revisions(law)):
                write_version(content, law, number, revisions(law)[number - 1])
        commit_all(content, f"2024-03-{number:02}")


@pytest.fixture(scope="module")
def laws() -> list[Path]:
    if not LAWS.is_dir():
        pytest.skip(f"the corpus of laws is not here: {LAWS}")
    return sorted(path for path in LAWS.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    places = copy_tiny(tmp_path_factory.mktemp("laws"))
    give_real_look(places)
    return places


@pytest.fixture(scope="module")
def built(places: Places, laws: list[Path]) -> Built:
    """The one build of this module, with MkDocs' ``--strict``."""
    lay_down(places.content, laws)
    return build(order_for(places))


@pytest.fixture(scope="module")
def catalogue(places: Places, built: Built) -> Catalogue:
    assert built.pages
    return read_catalogue(json.loads((places.output / "catalogue.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def pages(places: Places, built: Built) -> dict[str, BuiltPage]:
    found = read_pages(places.output)
    assert len(found) == built.pages + 1  # and the page for what is not found
    return found


def test_every_revision_is_a_version(catalogue: Catalogue, laws: list[Path]):
    for law in laws:
        versions = catalogue.document(slug_of(law)).versions
        assert [one.number for one in versions] == list(range(1, len(revisions(law)) + 1))
        assert all(one.commit and one.paragraphs for one in versions)


def test_nothing_but_hints_is_said_of_them(built: Built):
    words = [one.in_words(translator("en")) for one in built.problems if one.level < Level.HINT]
    assert words == []


def test_every_paragraph_has_a_way(catalogue: Catalogue, laws: list[Path]):
    for law in laws:
        versions = catalogue.document(slug_of(law)).versions
        for old, new in pairwise(versions):
            assert [way.old for way in new.ways] == [one.number for one in old.paragraphs]


def test_the_numbers_on_the_pages_are_those_of_the_catalogue(
    pages: dict[str, BuiltPage], catalogue: Catalogue
):
    for slug, document in catalogue.documents.items():
        shown = {f"{slug}/{one.number}/": one for one in document.versions}
        for address, version in {**shown, f"{slug}/": document.newest}.items():
            numbers = [one.number for one in version.paragraphs]
            assert pages[address].numbers() == numbers, address
            assert pages[address].margin == [str(number) for number in numbers], address


def test_any_two_versions_are_compared_and_no_change_is_left_out(
    pages: dict[str, BuiltPage], catalogue: Catalogue
):
    for slug, document in catalogue.documents.items():
        for old, new in combinations(document.versions, 2):
            page = pages[f"{slug}/{old.number}-{new.number}/"]
            ways = document.ways(old.number, new.number)
            changed = {way.old for way in ways if way.kind in CHANGED}
            reached = {number for way in ways for number in way.new}
            added = {one.number for one in new.paragraphs} - reached
            assert changed <= set(page.numbers("old-")), (slug, old.number, new.number)
            assert added <= set(page.numbers("new-")), (slug, old.number, new.number)


def test_no_id_is_given_twice(pages: dict[str, BuiltPage]):
    assert {address: page.repeated() for address, page in pages.items() if page.repeated()} == {}


def test_no_link_is_dead(places: Places, pages: dict[str, BuiltPage]):
    assert sum(len(page.links) for page in pages.values()) > 100_000
    assert list(dead_links(places.output, pages)) == []
