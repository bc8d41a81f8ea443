from pathlib import Path

import pytest

from site_src.bare_markdown import BareMarkdown
from site_src.site_settings import UnreadableSettings, read_settings

TAGGED = """\
theme: material
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - pymdownx.emoji:
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
      options:
        custom_icons: [a]
  - tables
"""


def settings_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "mkdocs.yml"
    file.write_text(text, "utf-8")
    return file


def test_names_of_python_are_resolved(tmp_path: Path):
    settings = read_settings(settings_file(tmp_path, TAGGED))
    names, given = settings.extensions()
    assert names == ["toc", "tables", "fenced_code", "pymdownx.emoji"]
    assert given["toc"]["slugify"]("Ä B", "-") == "ä-b"
    assert callable(given["pymdownx.emoji"]["emoji_generator"])
    assert given["pymdownx.emoji"]["options"] == {"custom_icons": ["a"]}
    assert settings.language == "de"


def test_a_call_without_arguments_is_resolved(tmp_path: Path):
    call = "!!python/object/apply:pymdownx.slugs.slugify"
    text = f"markdown_extensions:\n  - toc:\n      slugify: {call}\n"
    _, given = read_settings(settings_file(tmp_path, text)).extensions()
    assert given["toc"]["slugify"]("a b", "-") == "a-b"


@pytest.mark.parametrize("text", ["", "nur Text", "a: [", "a: b: c"])
def test_settings_that_are_none_are_refused(tmp_path: Path, text: str):
    with pytest.raises(UnreadableSettings):
        read_settings(settings_file(tmp_path, text))


def test_missing_settings_are_refused(tmp_path: Path):
    with pytest.raises(UnreadableSettings):
        read_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    "extension", ["kein.modul", "toc: {slugify: !!python/name:os.fehlt }", "toc: {unbekannt: 1}"]
)
def test_an_extension_that_cannot_be_loaded_is_refused(tmp_path: Path, extension: str):
    settings = read_settings(settings_file(tmp_path, f"markdown_extensions:\n  - {extension}\n"))
    with pytest.raises(UnreadableSettings):
        BareMarkdown(settings)


def test_every_page_is_rendered_afresh(tmp_path: Path):
    text = "markdown_extensions: [site_src.paragraph_numbers]\n"
    markdown = BareMarkdown(read_settings(settings_file(tmp_path, text)))
    body = '# Titel\n\nText <a name="x">x</a>\n\n[rn]: # "a/1"\n'
    first, second = markdown.render(body), markdown.render(body)
    assert first == second
    assert set(first.ids) == {"titel", "rn-1", "x"}
    assert markdown.render("Text").paragraphs == ()
