"""What was published once stays, or somebody is told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from participation.catalogue import plain_catalogue
from participation.paragraph import Paragraph
from site_src.building import check_content
from site_src.messages import translator
from site_src.places import Places
from tests.factories import make_catalogue, make_document, make_paragraph, make_version
from tests.site_src.conftest import order_for

GONE = (
    "version 2 was published and is gone from the history; bring its commit back (comments hang "
    "on it); if it was never public, delete the folder of the old site"
)


def said(places: Places) -> list[str]:
    found = check_content(order_for(places)).problems
    return [one.in_words(translator("en")) for one in found if "published" in one.what.english]


FOUR = tuple(make_paragraph(number) for number in (1, 2, 3, 4))  # as many as the tiny document
THREE = FOUR[:3]


def publish(
    folder: Path, *numbers: int, slug: str = "leitlinien", commit: str | None = "a" * 40,
    paragraphs: tuple[Paragraph, ...] = FOUR,
):  # fmt: skip
    versions = tuple(
        make_version(number, commit=commit, paragraphs=paragraphs) for number in numbers
    )
    folder.mkdir(exist_ok=True)
    catalogue = make_catalogue(make_document(slug, versions=versions))
    (folder / "catalogue.json").write_text(json.dumps(plain_catalogue(catalogue)), "utf-8")


def test_a_publication_without_a_version_that_is_public_is_refused(tiny: Places, tmp_path: Path):
    publish(tmp_path / "current", 1, 2)
    places = replace(tiny, published=tmp_path / "current")
    assert said(places) == [f"guidelines/leitlinien.md:3: {GONE}"]


def test_where_it_is_only_built_that_is_a_warning(tiny: Places):
    publish(tiny.output, 1, 2)
    assert said(tiny) == [f"guidelines/leitlinien.md:3: Warning: {GONE}"]


def test_a_version_that_was_rewritten_with_other_paragraphs_is_refused(
    tiny: Places, tmp_path: Path
):
    publish(tmp_path / "current", 1, paragraphs=THREE)
    places = replace(tiny, published=tmp_path / "current")
    assert said(places) == [
        (
            "guidelines/leitlinien.md:3: version 1 was published with 3 paragraphs, and in the "
            "history it has 4; bring its commit back (comments hang on it); if it was never "
            "public, delete the folder of the old site"
        )
    ]


def test_a_preview_may_show_what_it_likes(tiny: Places):
    publish(tiny.output, 1, 2)
    found = check_content(order_for(tiny, preview=True)).problems
    assert [one for one in found if "gone" in one.what.english] == []


def test_what_was_never_committed_was_never_published(tiny: Places):
    publish(tiny.output, 1, 2, commit=None, paragraphs=THREE)
    assert said(tiny) == []


def test_a_document_that_is_gone_is_named(tiny: Places):
    publish(tiny.output, 1, slug="altes")
    assert said(tiny) == [
        (
            "guidelines/altes.md: Warning: “Leitlinien” was published, and is not here any more; "
            "if it was renamed or deleted by mistake, bring the file back"
        )
    ]


@pytest.mark.parametrize("text", ["alt", "[]", "{}", '{"format": 9}'])
def test_what_is_no_catalogue_forbids_nothing(tiny: Places, text: str):
    tiny.output.mkdir()
    (tiny.output / "catalogue.json").write_text(text, "utf-8")
    assert said(tiny) == []
