"""Pages are kept only where it is known what they depend on."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from site_src.closed_theme import is_closed
from site_src.page_cache_settings import page_cache_settings
from site_src.site_settings import SiteSettings, yaml

THEME = Path(__file__).parents[2] / "site_src" / "theme"
EXTENSIONS = ["tables", {"toc": {"permalink": True}}, "site_src.paragraph_numbers"]


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    return Path(shutil.copytree(THEME, tmp_path / "theme"))


def settings(folder: Path, **changed: Any) -> dict[str, str] | None:
    environment = changed.pop("environment", {"CITY": "Kaiserslautern"})
    of_theme = {"name": "material", "custom_dir": str(folder), **changed.pop("theme", {})}
    plain = {"theme": of_theme, "markdown_extensions": EXTENSIONS, **changed}
    return page_cache_settings(plain, SiteSettings(Path(), plain), Path("/cache"), environment)


def key(folder: Path, **changed: Any) -> str:
    found = settings(folder, **changed)
    assert found is not None
    return found["key"]


def test_our_own_theme_can_be_kept(theme: Path):
    found = settings(theme)
    assert found is not None
    assert found["folder"] == "/cache/pages"
    assert found["key"] == key(theme)


@pytest.mark.parametrize(
    "changed",
    [
        {"hooks": ["my.py"]},
        {"extra_templates": ["feed.xml"]},
        {"INHERIT": "../mkdocs.yml"},
        {"plugins": ["search", "git-revision-date"]},
        {"plugins": [{"tags": {}}]},
        {"theme": {"name": "mkdocs"}},
        {"theme": {"custom_dir": ""}},
        {"theme": {"features": ["navigation.tabs"]}},
        {"markdown_extensions": ["pymdownx.snippets"]},
    ],
)
def test_with_anything_unknown_every_page_is_made_anew(theme: Path, changed: dict[str, Any]):
    assert settings(theme, **changed) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"site_name": "Another"},
        {"plugins": [{"search": {"lang": "en"}}]},
        {"theme": {"features": ["navigation.top"]}},
        {"extra": {"service": "https://a.example.org"}},
        {"markdown_extensions": ["tables"]},
    ],
)
def test_every_setting_counts(theme: Path, changed: dict[str, Any]):
    assert key(theme, **changed) != key(theme)


def test_navigation_and_folders_count_for_single_pages_only(theme: Path):
    assert key(theme, nav=["index.md"], docs_dir="/a", site_dir="/b") == key(theme)


def test_what_the_theme_holds_counts_and_not_where_it_lies(theme: Path, tmp_path: Path):
    moved = Path(shutil.copytree(theme, tmp_path / "moved"))
    assert key(moved) == key(theme)


def test_the_environment_counts_where_settings_ask_for_it(theme: Path):
    asking = yaml().load("!ENV CITY")
    assert key(theme, site_name=asking) != key(theme, site_name=asking, environment={"CITY": "X"})
    assert key(theme) == key(theme, environment={"CITY": "X"})


def test_every_file_of_the_theme_counts(theme: Path):
    before = key(theme)
    (theme / "icon.svg").write_text("<svg/>")
    assert key(theme) != before


@pytest.mark.parametrize(
    "expression",
    [
        "{% for one in pages %}{% endfor %}",
        "{{ nav.items | length }}",
        "{{ page.parent.title }}",
        "{{ page.ancestors | first }}",
        "{%- set next = page.next_page -%}",
        "{{ build_date_utc }}",
        "{{ page.update_date }}",
        "{{ config.docs_dir }}",
    ],
)
def test_templates_that_look_farther_than_keys_are_known(theme: Path, expression: str):
    assert is_closed(theme, [])
    with (theme / "partials" / "footer.html").open("a") as footer:
        footer.write(expression)
    assert not is_closed(theme, [])


@pytest.mark.parametrize("read", ["child.meta.icon", "child.file.src_uri", "nav.pages[0].toc"])
def test_a_navigation_that_reads_more_of_other_pages_is_known(theme: Path, read: str):
    with (theme / "partials" / "nav.html").open("a") as nav:
        nav.write(f"{{{{ {read} }}}}")
    assert not is_closed(theme, [])


def test_the_engines_own_navigation_is_not_known(theme: Path):
    (theme / "partials" / "nav.html").unlink()
    assert not is_closed(theme, [])
