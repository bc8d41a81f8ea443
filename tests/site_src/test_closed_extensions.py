"""What is rendered can be kept only if it depends on nothing but its text."""

from pathlib import Path

import pytest

from site_src.closed_extensions import extensions_text
from site_src.site_settings import SiteSettings, yaml

HOUSE = Path(__file__).parents[2]


def text_of(extensions: str) -> str | None:
    return extensions_text(SiteSettings(Path(), yaml().load(f"markdown_extensions: {extensions}")))


def test_the_extensions_of_the_house_are_closed():
    plain = yaml().load((HOUSE / "mkdocs.yml").read_text("utf-8"))
    assert extensions_text(SiteSettings(HOUSE, plain)) is not None


def test_their_settings_count():
    assert text_of("[toc: {permalink: true}]") != text_of("[toc: {permalink: false}]")


@pytest.mark.parametrize("name", ["pymdownx.snippets", "pymdownx.b64", "my.own"])
def test_extensions_that_may_read_files_are_not_closed(name: str):
    assert text_of(f"[{name}]") is None


def test_functions_of_known_packages_are_told_by_their_version():
    slugs = "[toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}]"
    assert text_of(slugs) is not None
    assert text_of("[toc: {slugify: !!python/name:os.path.basename ''}]") is None
