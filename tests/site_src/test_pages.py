from datetime import date

import pytest
from markdown import markdown

from site_src.building import check_content
from site_src.front_matter import split
from site_src.laying_out import LaidOut, lay_out, write_out
from site_src.pages import facts, link, plain
from site_src.places import Places
from site_src.yaml_text import read_yaml
from tests.site_src.conftest import TODAY, Edit, order_for

EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables"]


def laid_out(tiny: Places, *, today: date = TODAY, service: str = "") -> LaidOut:
    return lay_out(check_content(order_for(tiny)).content, today=today, service=service)


@pytest.mark.parametrize(
    "text",
    [
        "1. Januar und 2) mehr",
        "# kein Titel",
        "- kein Punkt",
        "*nicht* _kursiv_ `kein Code` [kein](Link) <kein>Tag</kein> &amp; ==nicht==",
        "a | b ~c~ ^d^ {: .e } \\ f",
        ": keine Erklärung",
        "(1) Klammer",
        "Ende mit Schrägstrich \\",
    ],
)
def test_a_plain_text_is_shown_as_it_stands(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    shown = markdown(plain(text), extensions=[*EXTENSIONS, "pymdownx.mark"])
    for code, character in ((ord(one), one) for one in "\\`*_[]<>&=~^|{}.):#+-"):
        shown = shown.replace(f"&#{code};", character)
    assert shown in {f"<p>{text}</p>", f"<p>{escaped}</p>"}


def test_line_breaks_in_a_plain_text_are_folded():
    assert plain(" a\n\nb ") == "a b"


def test_a_link_with_a_space_in_it_stays_a_link():
    assert link("a", "b c.md") == "[a](<b c.md>)"


def test_facts_without_values_are_left_out():
    assert facts({"Wann": ["a", "b"], "Wo": []}) == "Wann\n:   a\n:   b"


def test_a_document_bears_its_words_for_the_theme(tiny: Places):
    page = laid_out(tiny).pages["leitlinien/index.md"]
    meta = read_yaml("", split("", page.text).front).value
    assert meta == {
        "title": "Leitlinien",
        "description": "Leitlinien. Fassung 1 vom 8. März 2024.",
        "document": "leitlinien",
        "version": 1,
        "status": "consultation",
        "version_words": "Fassung 1 vom 8. März 2024",
        "changes": "Erste Fassung",
        "window_words": "Kommentarfrist: 8. bis 29. März 2024",
        "answers_words": "Antworten der Arbeitsgruppe bis 22. April 2024",
        "opens": "2024-03-08T00:00:00+01:00",
        "closes": "2024-03-30T00:00:00+01:00",
        "answers": "2024-04-22",
        "commentable": True,
        "meetings": [{"words": "3. Sitzung, 6. September 2023", "url": "sitzungen/2023-09-06/"}],
        "versions": [],
        "archived": None,
        "versions_feed": {
            "title": "Leitlinien: neue Fassungen",
            "words": "Neue Fassungen als Feed (Atom)",
            "url": "leitlinien/fassungen.atom",
        },
        "talk_feed": {
            "title": "Leitlinien: Beiträge",
            "words": "Neue Beiträge als Feed (Atom)",
            "url": "/beitrag/leitlinien/feed.atom",
        },
        "corrections": None,
        "source": "guidelines/leitlinien.md",
        "example": True,
    }


def test_a_document_asks_for_numbers_links_and_notes(tiny: Places):
    page = laid_out(tiny, service="https://dienst.example.org").pages["leitlinien/index.md"]
    assert page.body.splitlines()[-3:] == [
        '[rn]: https://dienst.example.org/beitrag/leitlinien/1/ "leitlinien/1"',
        '[rn-2-1]: ../sitzungen/2023-09-06.md "Besprochen in der 3. Sitzung, 6. September 2023"',
        '[rn-3-1]: ../sitzungen/2023-09-06.md "Besprochen in der 3. Sitzung, 6. September 2023"',
    ]


def test_a_document_without_a_window_asks_for_numbers_only(tiny: Places):
    page = laid_out(tiny).pages["methodenkoffer/index.md"]
    assert page.body.splitlines()[-1] == '[rn]: # "methodenkoffer/2"'


def test_links_between_sources_become_links_between_pages(tiny: Places):
    pages = laid_out(tiny).pages
    assert "[Methodenkoffer](../methodenkoffer/index.md)" in pages["leitlinien/index.md"].body
    assert "[oben](#1-ziele)" in pages["leitlinien/index.md"].body
    assert "[Sitzung](../sitzungen/2023-09-06.md)" in pages["methodenkoffer/index.md"].body
    assert "(../leitlinien/index.md#rn-2)" in pages["sitzungen/2023-09-06.md"].body


def test_a_page_without_a_heading_gets_one(tiny: Places):
    body = laid_out(tiny).pages["sitzungen/2023-09-06.md"].body
    assert body.startswith("# 3. Sitzung, 6. September 2023: Wer kann Beteiligung anstoßen?\n")


def test_minutes_tell_when_where_who_and_what(tiny: Places):
    body = laid_out(tiny).pages["sitzungen/2023-09-06.md"].body
    for words in (
        "Wann\n:   6. September 2023, 18 bis 20 Uhr",
        "Wo\n:   Rathausfoyer",
        "Wer kommen kann\n:   öffentlich, Gäste sind willkommen",
        "Anwesend\n:   Verwaltung, Gäste",
        (
            "Besprochen\n:   [Methodenkoffer](../methodenkoffer/index.md)\n"
            ":   [Leitlinien, Fassung 1, Rn. 2 bis 3](../leitlinien/index.md#rn-2)"
        ),
        "## Beschlüsse\n\n-   Anregungen werden öffentlich begründet.",
    ):
        assert words in body


def test_minutes_without_more_than_they_need_are_short(tiny: Places, edit: Edit):
    path = "minutes/2023-09-06.md"
    for line in (
        "time: 18:00\nends: 20:00\n",
        "decisions:\n  - Anregungen werden öffentlich begründet.\n",
    ):
        edit(path, line, "")
    edit(path, "public: true\npresent:\n  - Verwaltung\n  - Gäste\n", "public: false\n")
    edit(path, "leitlinien/1/2-3", "leitlinien/1/4")
    body = laid_out(tiny).pages["sitzungen/2023-09-06.md"].body
    assert "Wann\n:   6. September 2023\n" in body
    assert ":   nicht öffentlich" in body
    assert "[Leitlinien, Fassung 1, Rn. 4](../leitlinien/index.md#rn-4)" in body
    assert "Anwesend" not in body
    assert "Beschlüsse" not in body


def test_meetings_are_listed_by_year_newest_first(tiny: Places):
    newer = "---\nnumber: 4\ntitle: Zweite\ndate: 2024-01-10\nplace: Rathaus\n---\n"
    (tiny.content / "minutes" / "2024-01-10.md").write_text(newer, "utf-8")
    body = laid_out(tiny).pages["sitzungen/index.md"].body
    assert body == (
        "# Sitzungen und Protokolle\n\n"
        "## 2024\n\n-   [4. Sitzung, 10. Januar 2024](2024-01-10.md)<br>\n    Zweite\n\n"
        "## 2023\n\n-   [3. Sitzung, 6. September 2023](2023-09-06.md)<br>\n"
        "    Wer kann Beteiligung anstoßen?\n\n"
        "[Neue Protokolle als Feed (Atom)](protokolle.atom)"
    )


def test_all_texts_are_listed(tiny: Places):
    assert laid_out(tiny).pages["texte.md"].body == (
        "# Texte\n\n"
        "## [Leitlinien](leitlinien/index.md)\n\n"
        "Stand\n:   Fassung 1 vom 8. März 2024\n\nNeu daran\n:   Erste Fassung\n\n"
        "Mitreden\n:   Kommentarfrist: 8. bis 29. März 2024\n"
        ":   Antworten der Arbeitsgruppe bis 22. April 2024\n\n"
        "Alle Fassungen\n:   [Fassung 1 vom 8. März 2024](leitlinien/1/index.md) · "
        "Erste Fassung\n\n"
        "## [Methodenkoffer](methodenkoffer/index.md)\n\n"
        "Stand\n:   Fassung 2 vom 20. März 2024\n\nMitreden\n:   Nimmt keine Kommentare an\n\n"
        "Alle Fassungen\n:   [Fassung 2 vom 20. März 2024](methodenkoffer/2/index.md)\n\n"
        "[Neue Fassungen als Feed (Atom)](texte.atom)"
    )


def test_the_timeline_parts_what_was_is_and_comes(tiny: Places):
    body = laid_out(tiny).pages["zeitplan.md"].body
    html = markdown(body, extensions=EXTENSIONS)
    was, now, comes = (part.split("<li>")[1:] for part in html.split("<h2")[1:])
    assert [len(was), len(now), len(comes)] == [4, 2, 2]
    assert '<time datetime="2023-09-06T18:00">6. September 2023, 18 Uhr</time>' in was[2]
    assert 'href="sitzungen/2023-09-06.md">3. Sitzung: Wer kann' in was[2]
    assert '<time datetime="2023-06">Juni 2023</time>' in was[1]
    assert '<time datetime="2024-03-08">8. bis 29. März 2024</time>' in "".join(now)
    assert "Antworten auf die Kommentare zu Fassung 1: Leitlinien" in comes[0]
    assert "Auswertung" in comes[1]
    assert '<time datetime="2024-03-20">Stand: 20. März 2024</time>' in html
    assert html.count("<ol>") == 3


def test_an_open_ended_window_is_now(tiny: Places, edit: Edit):
    edit("guidelines/leitlinien.md", "  closes: 2024-03-29\n", "")
    body = laid_out(tiny, today=date(2030, 1, 1)).pages["zeitplan.md"].body
    assert "8. März 2024 bis auf Weiteres" in body.split("## ")[2]
    assert body.endswith("## Was kommt\n\nZurzeit nichts.")


def test_an_empty_site_says_so(tiny: Places):
    for path in ("guidelines", "minutes"):
        for file in (tiny.content / path).iterdir():
            file.unlink()
    pages = laid_out(tiny).pages
    assert pages["texte.md"].body == "# Texte\n\nEs gibt noch keine Texte."
    assert pages["sitzungen/index.md"].body.endswith("Es gibt noch keine Protokolle.")


def test_a_site_in_english_speaks_english(tiny: Places):
    settings = tiny.settings.read_text("utf-8").replace("language: de", "language: en")
    tiny.settings.write_text(settings, "utf-8")
    pages = laid_out(tiny).pages
    assert (
        pages["leitlinien/index.md"].meta["window_words"] == "Commenting window: 8 to 29 March 2024"
    )


def test_the_folder_is_written_anew(tiny: Places):
    (tiny.laid_out).mkdir(parents=True)
    (tiny.laid_out / "alt.md").write_text("alt", "utf-8")
    (tiny.content / "guidelines" / "plan.png").write_bytes(b"\x89PNG")
    (tiny.pages / "bild.svg").write_text("<svg/>", "utf-8")
    tiny.assets.mkdir()
    (tiny.assets / "stil.css").write_text("a {}", "utf-8")
    write_out(laid_out(tiny), tiny)
    written = {path.relative_to(tiny.laid_out).as_posix() for path in tiny.laid_out.rglob("*.*")}
    assert written == {
        "index.md", "texte.md", "zeitplan.md", "leitlinien/index.md", "methodenkoffer/index.md",
        "sitzungen/index.md", "sitzungen/2023-09-06.md", "guidelines/plan.png", "bild.svg",
        "leitlinien/1/index.md", "methodenkoffer/2/index.md", "schemas/follows.schema.json",
        "assets/stil.css", "schemas/document.schema.json", "schemas/minutes.schema.json",
        "schemas/page.schema.json", "schemas/schedule.schema.json",
        "texte.atom", "leitlinien/fassungen.atom", "methodenkoffer/fassungen.atom",
        "sitzungen/protokolle.atom", "termine.ics", "termine/sitzung-3.ics",
        "termine/termin-der-rat-beschliesst.ics", "termine/leitlinien-1-veroeffentlicht.ics",
        "termine/leitlinien-1-kommentarfrist.ics", "termine/leitlinien-1-antworten.ics",
        "termine/methodenkoffer-2-veroeffentlicht.ics",
    }  # fmt: skip


def test_laying_out_twice_gives_the_same_bytes(tiny: Places):
    first, second = laid_out(tiny), laid_out(tiny)
    assert [page.text for page in first.pages.values()] == [
        page.text for page in second.pages.values()
    ]
