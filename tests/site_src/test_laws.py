"""All laws of the corpus with their revisions become documents with versions."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from participation.catalogue import Catalogue
from site_src.building import Checked, check_content
from site_src.catalogue_file import catalogue_bytes, catalogue_of
from site_src.places import Places
from tests.site_src.conftest import copy_tiny, order_for
from tests.site_src.repositories import begin, commit_all

LAWS = Path(__file__).parents[2].parent / "shared" / "corpus" / "laws"
FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)  # not every law has one


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
def checked(tmp_path_factory: pytest.TempPathFactory, laws: list[Path]) -> Checked:
    tiny: Places = copy_tiny(tmp_path_factory.mktemp("laws"))
    lay_down(tiny.content, laws)
    return check_content(order_for(tiny))


@pytest.fixture(scope="module")
def catalogue(checked: Checked) -> Catalogue:
    return catalogue_of(checked.content.documents.values())


def test_every_revision_is_a_version(catalogue: Catalogue, laws: list[Path]):
    for law in laws:
        versions = catalogue.document(slug_of(law)).versions
        assert [one.number for one in versions] == list(range(1, len(revisions(law)) + 1))
        assert all(one.commit and one.paragraphs for one in versions)


def test_every_paragraph_has_a_way(catalogue: Catalogue, laws: list[Path]):
    for law in laws:
        versions = catalogue.document(slug_of(law)).versions
        for old, new in pairwise(versions):
            assert [way.old for way in new.ways] == [one.number for one in old.paragraphs]
    assert catalogue_bytes(catalogue)


def test_the_numbers_on_the_pages_are_those_of_the_catalogue(
    checked: Checked, catalogue: Catalogue
):
    markdown = checked.content.markdown
    for document in catalogue.documents.values():
        for version in document.versions:
            page = checked.laid_out.pages[f"{document.slug}/{version.number}/index.md"]
            assert markdown.render(page.body).paragraphs == version.paragraphs


def test_no_id_is_given_twice(checked: Checked):
    for path, page in checked.laid_out.pages.items():
        ids: Counter[str] = checked.content.markdown.render(page.body).ids
        assert [name for name, times in ids.items() if times > 1] == [], path


def test_no_version_is_refused(checked: Checked):
    wrong = [one for one in checked.problems if "version" in one.what.english]
    assert wrong == []
