"""Versions on paper; one build for all that looks at it."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import build
from site_src import building
from site_src.booklets import FIELDS, booklet_of
from site_src.building import check_content
from site_src.content import Content, read_content
from site_src.messages import translator
from site_src.pdf_writer import CannotPrint, PictureMissing, write_pdf
from site_src.places import Places
from site_src.printed_text import chapters
from site_src.printing import pdf_of, text_of
from site_src.printing_files import with_pdfs
from tests.site_src.conftest import ENVIRONMENT, TODAY, copy_tiny, order_for
from tests.site_src.paper import Paper, needs_pango
from tests.site_src.repositories import begin, commit_all

URL = "https://texte.example.org/"
TEXT = """\
---
title: Leitlinien & mehr
version: 1
status: consultation
changes: Erste Fassung
commenting: {opens: 2024-03-08, closes: 2024-03-29, answers: 2024-04-22}
---

Vor dem ersten Kapitel, siehe [Ziele](#1-ziele) und [die Sitzung](../minutes/2023-09-06.md).

## 1. Ziele

Ein Absatz mit Fußnote.[^1]

- Ein Punkt zu [Rn. 1](leitlinien.md#rn-1)
    - Ein Unterpunkt

### Wer fragt

| Was | Wer |
|---|---|
| Eine | Zeile |

## 2. Bilder

Ein Bild: ![Ein blauer Punkt](punkt.svg) Und [fort](https://example.org/fort).

[^1]: Ihr Text.
"""
POINT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9" fill="blue"/></svg>'
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A tiny site with a text that has a bit of everything, committed."""
    needs_pango()
    places = copy_tiny(tmp_path_factory.mktemp("paper"))
    (places.content / "guidelines" / "leitlinien.md").write_text(TEXT, "utf-8")
    (places.content / "guidelines" / "punkt.svg").write_text(POINT, "utf-8")
    (places.content / "minutes" / "2023-09-06.md").write_text(
        "---\nnumber: 3\ntitle: Wer?\ndate: 2023-09-06\nplace: Rathaus\n---\n\nViel.\n", "utf-8"
    )
    settings = places.settings.read_text("utf-8").replace(
        "  - attr_list", "  - attr_list\n  - footnotes"
    )
    places.settings.write_text(f"site_url: {URL}\n{settings}", "utf-8")
    begin(places.content)
    commit_all(places.content, "2024-03-08")
    text = places.content / "guidelines" / "leitlinien.md"
    text.write_text(TEXT.replace("Und [fort]", "und [fort]"), "utf-8")
    commit_all(places.content, "2024-03-09")
    return places


@pytest.fixture(scope="module")
def content(town: Places) -> Content:
    checked = check_content(order_for(town))
    assert [one for one in checked.problems if one.level == 0] == []
    return checked.content


@pytest.fixture(scope="module")
def printed(content: Content) -> bytes:
    return pdf_of(content.documents["leitlinien"].newest, content)


@pytest.fixture(scope="module")
def paper(printed: bytes) -> Paper:
    return Paper(printed)


@pytest.fixture(scope="module")
def booklet(content: Content) -> Paper:
    return Paper(booklet_of(content.documents["leitlinien"].newest, content))


def test_a_pdf_says_that_it_follows_pdf_ua(paper: Paper):
    metadata = paper.root["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in metadata or "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert paper.root["/MarkInfo"]["/Marked"]
    assert paper.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.root["/Lang"] == "de"
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title == "Leitlinien & mehr, Fassung 1 vom 8. März 2024"
    assert paper.reader.metadata.author == "Klein"


def test_a_pdf_is_dated_by_its_version_and_not_by_the_build(paper: Paper):
    dates = paper.reader.metadata
    assert dates is not None
    assert dates.creation_date == datetime(2024, 3, 8, 12, tzinfo=UTC)
    assert dates.modification_date == datetime(2024, 3, 9, 12, tzinfo=UTC)


def test_all_fonts_are_embedded(paper: Paper):
    fonts = list(paper.fonts())
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def test_everything_on_a_page_is_read_exactly_once(paper: Paper):
    marks = paper.marks()
    assert len(marks) == len(paper.pages)
    for found in marks.values():
        assert sorted(found) == list(range(len(found)))
    assert all(str(page["/Tabs"]) == "/S" for page in paper.reader.pages)


def test_headings_lists_and_tables_are_tagged_as_what_they_are(paper: Paper):
    kinds = paper.kinds()
    assert [kind for kind in kinds if kind in {"/H1", "/H2", "/H3"}] == [
        "/H1", "/H2", "/H2", "/H3", "/H2",
    ]  # fmt: skip
    assert {"/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD"} <= set(kinds)
    heads = [tag.entries["/ID"] for tag in paper.tags if tag.kind == "/TH"]
    cells = [tag.entries["/A"]["/Headers"] for tag in paper.tags if tag.kind == "/TD"]
    assert [[named] for named in heads] == cells


def test_a_picture_is_told_in_words(paper: Paper):
    (figure,) = (tag for tag in paper.tags if tag.kind == "/Figure")
    assert figure.entries["/Alt"] == "Ein blauer Punkt"


def test_each_paragraph_is_read_after_its_number(paper: Paper):
    for numbered in (
        "1 Vor dem ersten Kapitel", "2 Ein Absatz mit Fußnote", "3 Ein Punkt", "4 Ein Unterpunkt",
        "5 Eine", "6 Ein Bild",
    ):  # fmt: skip
        assert numbered in paper.words.replace("• ", "")


def test_the_cover_tells_version_window_and_commit(paper: Paper, content: Content):
    cover = " ".join(paper.pages[0].split())
    commit = content.documents["leitlinien"].newest.version.commit or ""
    for told in (
        "Klein", "Leitlinien & mehr", "Fassung 1 vom 8. März 2024", "Erste Fassung",
        "Kommentarfrist: 8. bis 29. März 2024", commit[:10],
        "Antworten der Arbeitsgruppe bis 22. April 2024", "Zuletzt berichtigt am 9. März 2024",
        f"{URL}leitlinien/1/",
    ):  # fmt: skip
        assert told in cover


def test_the_contents_name_the_page_of_each_heading(paper: Paper):
    contents = " ".join(paper.pages[1].split())
    assert "Inhalt 1. Ziele 3 Wer fragt 3 2. Bilder 3" in contents
    assert "Seite 2 von 3" in contents


def test_bookmarks_lead_to_title_contents_and_chapters(paper: Paper):
    assert paper.bookmarks() == [
        "Leitlinien & mehr", ["Inhalt", "1. Ziele", ["Wer fragt"], "2. Bilder"],
    ]  # fmt: skip


def test_links_lead_within_the_file_or_to_the_site(paper: Paper):
    addresses = [link["/A"]["/URI"] for link in paper.links() if "/A" in link]
    assert addresses == [
        f"{URL}leitlinien/1/", f"{URL}sitzungen/2023-09-06/", "https://example.org/fort",
    ]  # fmt: skip
    within = [link for link in paper.links() if "/Dest" in link]
    assert len(within) == 6  # three in the contents, to the aims, to a number, to the footnote
    assert all(link.get("/Contents") for link in paper.links())


def test_each_link_is_read_where_it_stands(paper: Paper, booklet: Paper):
    for one in (paper, booklet):
        tied = [tag for tag in one.tags if tag.kind == "/Link"]
        assert len(tied) == len(one.links())
        assert all("/StructParent" in link for link in one.links())


def test_no_dots_of_the_contents_are_read_aloud(paper: Paper):
    assert "..." not in paper.words


def test_there_is_nothing_to_be_pressed(paper: Paper):
    assert "¶" not in paper.words
    assert "kommentieren" not in paper.words


def test_the_same_version_makes_the_same_bytes(printed: bytes, content: Content, town: Places):
    content.cache.put("", b"")  # what was kept is not asked
    again = read_content(
        Places(town.content, town.house, town.output, keeps=town.house / "neu"), today=TODAY
    )
    assert pdf_of(again.documents["leitlinien"].newest, again) == printed


def test_what_is_not_committed_bears_that_across_each_page(tmp_path: Path):
    needs_pango()
    places = copy_tiny(tmp_path)
    content = read_content(places, today=TODAY)
    paper = Paper(pdf_of(content.documents["methodenkoffer"].newest, content))
    assert "Entwurf, nicht veröffentlicht" in paper.pages[0]
    plain = Paper(pdf_of(content.documents["methodenkoffer"].newest, content)).words
    assert plain.count("Entwurf, nicht veröffentlicht") == 1 + len(paper.pages)


def test_without_an_address_of_the_site_its_pages_are_named_in_words(tmp_path: Path):
    content = read_content(copy_tiny(tmp_path), today=TODAY)
    html = text_of(content.documents["methodenkoffer"].newest, content).html
    assert "besprochen in der Sitzung." in html


def test_the_text_of_a_booklet_comes_chapter_by_chapter(content: Content):
    html = text_of(content.documents["leitlinien"].newest, content).html
    assert [(one.title, one.anchor, one.numbers) for one in chapters(html)] == [
        ("", "", (1,)), ("1. Ziele", "1-ziele", (2, 3, 4, 5)), ("2. Bilder", "2-bilder", (6,)),
    ]  # fmt: skip


def test_behind_each_chapter_there_is_a_card(booklet: Paper):
    cards = [
        "Karte zu „Leitlinien & mehr“ (Rn. 1)", "Karte zu „1. Ziele“ (Rn. 2 bis 5)",
        "Karte zu „2. Bilder“ (Rn. 6)",
    ]  # fmt: skip
    places = [booklet.words.index(card) for card in cards]
    assert places == sorted(places)
    assert booklet.words.index("Ein Unterpunkt") < places[1] < booklet.words.index("Ein Bild")


def test_a_card_leads_to_its_chapter_by_a_code_and_in_words(booklet: Paper):
    told = [tag.entries["/Alt"] for tag in booklet.tags if tag.kind == "/Figure"]
    assert f"QR-Code, der zu {URL}leitlinien/1/#rn-2 führt" in told
    addresses = [link["/A"]["/URI"] for link in booklet.links() if "/A" in link]
    assert f"{URL}leitlinien/1/#rn-6" in addresses


def test_a_card_has_the_fields_that_the_table_has_columns_for(booklet: Paper):
    say = translator("de")
    for field in FIELDS:
        assert booklet.words.count(field.heading.in_words(say)) >= 3
    assert "☐ Anregung" in booklet.words


def test_a_picture_that_is_missing_is_named_and_nothing_is_fetched():
    needs_pango()
    with pytest.raises(PictureMissing, match=r"https://example\.org/zaehlpixel\.png"):
        write_pdf('<img src="https://example.org/zaehlpixel.png" alt="">', {}, name="x")


def test_without_what_prints_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CannotPrint, match="apt-get install libpango-1"):
        write_pdf("<p>Text</p>", {}, name="x")


def test_pages_link_to_the_files_beside_them(content: Content, town: Places):
    laid_out = with_pdfs(check_content(order_for(town)).laid_out, content)
    assert {path for path in laid_out.made if path.endswith(".pdf")} == {
        "leitlinien/1/leitlinien-1.pdf", "leitlinien/1/leitlinien-1-arbeitsheft.pdf",
        "methodenkoffer/2/methodenkoffer-2.pdf",
    }  # fmt: skip
    meta = laid_out.pages["leitlinien/index.md"].meta
    assert meta["pdf"]["url"] == "leitlinien/1/leitlinien-1.pdf"
    assert meta["booklet"]["words"] == "Arbeitsheft mit Karten für Anregungen (PDF)"
    assert "booklet" not in laid_out.pages["methodenkoffer/index.md"].meta


def test_a_build_prints_if_it_is_asked_to_and_a_preview_never_does(town: Places):
    settings = town.settings.read_text("utf-8")
    asked, outputs = f"{settings}extra: {{pdf: true}}\n", []
    for number, text, given in ((1, settings, {}), (2, asked, {}), (3, asked, {"preview": True})):
        town.settings.write_text(text, "utf-8")
        places = replace(town, output=town.output.with_name(f"site-{number}"))
        building.build(order_for(places, **given))
        outputs.append(places.output / "leitlinien" / "1" / "leitlinien-1.pdf")
    town.settings.write_text(settings, "utf-8")
    assert [file.exists() for file in outputs] == [False, True, False]


def run(town: Places, *arguments: str) -> int:
    given = ["--language", "en", "--content", str(town.content)]
    return build.main(["pdf", *arguments, *given], ENVIRONMENT, house=town.house)


def test_the_command_prints_what_is_asked_for(
    town: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(town, "leitlinien", "--version", "1", "--output", str(tmp_path)) == 0
    file = tmp_path / "leitlinien-1.pdf"
    assert capsys.readouterr().out == f"Printed: {file}\n"
    assert file.read_bytes().startswith(b"%PDF-1.7")


def test_the_command_prints_a_booklet(town: Places, tmp_path: Path):
    assert run(town, "leitlinien", "--booklet", "--output", str(tmp_path)) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["leitlinien-1-arbeitsheft.pdf"]


@pytest.mark.parametrize("asked", [("unbekannt",), ("leitlinien", "--version", "9")])
def test_the_command_names_what_is_not_there(
    town: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]
):
    assert run(town, *asked, "--output", str(tmp_path)) == 2
    assert "There is no such" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
