import json
import re
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from participation.catalogue import read_catalogue
from site_src.building import ContentRefused, build
from site_src.engine import EngineFailed
from site_src.messages import Message, translator
from site_src.one_at_a_time import BuildIsRunning
from site_src.places import Places
from site_src.swapping import NotOurFolder, exchange, prepare, swap_by_renames, swap_in
from tests.site_src.conftest import Edit, copy_tiny, order_for


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The tiny site, built by MkDocs."""
    tiny = copy_tiny(tmp_path_factory.mktemp("built"))
    build(order_for(tiny))
    return tiny


def page(tiny: Places, path: str) -> str:
    return (tiny.output / path / "index.html").read_text("utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_site_numbers_its_paragraphs(built: Places):
    html = page(built, "leitlinien")
    assert [f'id="rn-{number}"' in html for number in (1, 2, 3, 4, 5)] == [True] * 4 + [False]
    assert 'href="/beitrag/leitlinien/1/4"' in html


def test_paragraph_and_minutes_link_to_each_other(built: Places):
    assert 'href="../sitzungen/2023-09-06/"' in page(built, "leitlinien")
    assert 'href="../../leitlinien/#rn-2"' in page(built, "sitzungen/2023-09-06")


def test_the_navigation_lists_documents_and_minutes(built: Places):
    html = page(built, "zeitplan")
    for link in ("../leitlinien/", "../methodenkoffer/", "../sitzungen/2023-09-06/"):
        assert f'href="{link}"' in html


def test_the_catalogue_and_the_schemas_are_published(built: Places):
    catalogue = read_catalogue(json.loads((built.output / "catalogue.json").read_text("utf-8")))
    assert len(catalogue.version("leitlinien", 1).paragraphs) == 4
    assert (built.output / "catalogue.schema.json").exists()
    assert (built.output / "schemas" / "document.schema.json").exists()


def test_nothing_is_left_beside_the_site(built: Places):
    left = {path.name for path in built.output.parent.iterdir()}
    assert left == {"content", "house", "site"}


def test_content_with_errors_leaves_the_old_site_whole(tiny: Places, edit: Edit):
    tiny.output.mkdir()
    (tiny.output / "catalogue.json").write_text("alt", "utf-8")
    edit("guidelines/leitlinien.md", "version: 1", "version: eins")
    with pytest.raises(ContentRefused) as refusal:
        build(order_for(tiny))
    assert "1 errors" in str(refusal.value)
    assert files(tiny.output) == {"catalogue.json": b"alt"}
    assert {path.name for path in tiny.output.parent.iterdir()} == {"content", "house", "site"}


def failure_of(tiny: Places) -> list[str]:
    with pytest.raises(EngineFailed) as failure:
        build(order_for(tiny))
    return [problem.in_words(translator("en")) for problem in failure.value.problems]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_failing_generator_leaves_the_old_site_whole_and_names_the_sources(tiny: Places):
    tiny.output.mkdir()
    (tiny.output / "catalogue.json").write_text("alt", "utf-8")
    change(tiny.settings, "zeitplan.md", "zeit.md")
    change(tiny.pages / "index.md", "Lesen", 'Ein [Trick](index.md){ href="fehlt.md" }. Lesen')
    assert failure_of(tiny) == [
        (
            "mkdocs.yml:7: the navigation names a page that does not exist: zeit.md; "
            "write the page, or take it out of “nav”"
        ),
        (
            "site_src/pages/index.md:9: the link leads nowhere: fehlt.md; "
            "correct it; a page is named by its file, such as mitmachen.md"
        ),
    ]
    assert files(tiny.output) == {"catalogue.json": b"alt"}


def test_what_else_the_generator_says_is_passed_on(tiny: Places):
    change(tiny.settings, "name: mkdocs", "name: unbekannt")
    (problem,) = failure_of(tiny)
    assert problem.startswith("mkdocs.yml: MkDocs says: ")
    assert "unbekannt" in problem


def test_theme_hooks_and_a_simple_theme_are_found(tiny: Places):
    theme = tiny.house / "site_src" / "theme"
    theme.mkdir()
    (theme / "zusatz.txt").write_text("dabei", "utf-8")
    (tiny.house / "haken.py").write_text("def on_post_build(config): pass\n", "utf-8")
    change(tiny.settings, "theme:\n  name: mkdocs\n  language: de\n", "hooks: [haken.py]\n")
    change(
        tiny.settings,
        '      - sitzungen/index.md\n      - "{minutes}"\n',
        "",
    )
    change(tiny.settings, "  - Sitzungen:\n", '  - Sitzungen: "{minutes}"\n')
    build(order_for(tiny))
    assert (tiny.output / "zusatz.txt").read_text("utf-8") == "dabei"


ODD_TITLES = [
    "Frage: Wie weiter?",
    "- [Neu] {eins}",
    "yes",
    "1.10",
    "# Raute",
    "'",
    "😀 „so“",
    "!x",
]


def test_titles_stand_in_the_navigation_as_they_are_written(tiny: Places):
    texts = tiny.content / "guidelines"
    text = (texts / "leitlinien.md").read_text("utf-8")
    for number, title in enumerate(ODD_TITLES):
        named = text.replace("title: Leitlinien", f"title: {json.dumps(title, ensure_ascii=False)}")
        (texts / f"t{number}.md").write_text(named, "utf-8")
    build(order_for(tiny))
    html = page(tiny, "zeitplan")
    for number, title in enumerate(ODD_TITLES):
        assert re.search(rf'href="../t{number}/"[^>]*>{re.escape(title)}</a>', html)


def test_a_navigation_may_be_written_in_any_manner_of_yaml(tiny: Places):
    change(tiny.settings, "  - Zeitplan: zeitplan.md", "  - Zeitplan: >-\n      zeitplan.md")
    build(order_for(tiny))
    assert '">Zeitplan</a>' in page(tiny, "leitlinien")


def test_a_site_without_a_navigation_of_its_own_is_built(tiny: Places):
    text = tiny.settings.read_text("utf-8")
    start, end = text.index("nav:"), text.index("theme:")
    settings = f"{text[:start]}theme: mkdocs\n{text[text.index('markdown_extensions') :]}"
    assert end > start
    tiny.settings.write_text(settings, "utf-8")
    assert build(order_for(tiny)).pages == 9


def test_a_build_says_how_far_it_is(tiny: Places):
    said: list[Message] = []
    build(order_for(tiny, say=said.append))
    assert [line.in_words(translator("de"))[:15] for line in said] == [
        "Schritt 1 von 4", "Schritt 2 von 4", "Schritt 3 von 4", "Schritt 4 von 4",
    ]  # fmt: skip


def test_a_second_build_waits_and_gives_up(tiny: Places):
    said: list[Message] = []
    tiny.work.mkdir()
    with FileLock(tiny.work / ".lock"), pytest.raises(BuildIsRunning):
        build(order_for(tiny, say=said.append, patience=0.01))
    assert [line.english for line in said] == ["Another build is running; this one waits."]


def test_the_day_of_the_build_is_handed_in(tiny: Places):
    build(order_for(tiny, today=date(2024, 3, 30)))
    assert "Stand: 30. März 2024" in page(tiny, "zeitplan")


@pytest.mark.parametrize("name", ["brief.txt", "index.html"])
def test_a_folder_that_holds_something_else_is_not_replaced(tiny: Places, name: str):
    tiny.output.mkdir()
    (tiny.output / name).write_text("wichtig", "utf-8")
    with pytest.raises(NotOurFolder):
        build(order_for(tiny))
    assert files(tiny.output) == {name: b"wichtig"}


def test_a_file_in_the_place_of_the_site_is_not_replaced(tiny: Places):
    tiny.output.write_text("wichtig", "utf-8")
    with pytest.raises(NotOurFolder):
        prepare(tiny.output)


def test_what_a_stopped_build_left_is_cleared(tmp_path: Path):
    for name in (".site.new", ".site.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rest.html").write_text("Rest", "utf-8")
    (tmp_path / "site").mkdir()
    assert files(prepare(tmp_path / "site")) == {}
    assert not (tmp_path / ".site.old").exists()


def test_a_site_that_was_set_aside_by_a_stopped_build_comes_back(tmp_path: Path):
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "catalogue.json").write_text("alt", "utf-8")
    prepare(tmp_path / "site")
    assert files(tmp_path / "site") == {"catalogue.json": b"alt"}


def site_of(folder: Path, word: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(word, "utf-8")
    return folder


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path):
    old, new = site_of(tmp_path / "site", "alt"), site_of(tmp_path / "neu", "neu")
    swap_in(new, old)
    assert files(tmp_path) == {"site/index.html": b"neu"}


def test_a_new_site_takes_the_place_of_the_old_one_by_two_renames(tmp_path: Path):
    old, new = site_of(tmp_path / "site", "alt"), site_of(tmp_path / "neu", "neu")
    swap_by_renames(new, old)
    assert files(tmp_path) == {"site/index.html": b"neu"}


def test_two_folders_change_places_in_one_step_where_the_system_can(tmp_path: Path):
    one, other = site_of(tmp_path / "a", "a"), site_of(tmp_path / "b", "b")
    swapped = exchange(one, other)
    expected = {"a/index.html": b"b", "b/index.html": b"a"}
    assert files(tmp_path) == (
        expected if swapped else {"a/index.html": b"a", "b/index.html": b"b"}
    )


def test_a_folder_that_does_not_exist_cannot_be_exchanged(tmp_path: Path):
    assert not exchange(tmp_path / "a", tmp_path / "b")
