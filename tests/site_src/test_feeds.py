"""The feeds of the site, read by a feed reader's library."""

from collections.abc import Mapping
from typing import Any

import feedparser
import pytest

from site_src.building import check_content
from site_src.places import Places
from tests.site_src.conftest import Edit, order_for
from tests.site_src.repositories import PATH, Commit

URL = "https://texte.example.org/"


def made(tiny: Places) -> Mapping[str, bytes]:
    checked = check_content(order_for(tiny))
    assert [one for one in checked.problems if one.level == 0] == []
    return checked.laid_out.made


def feed(tiny: Places, path: str, address: str = URL) -> Any:
    """Read a feed as if it had been fetched."""
    headers = {
        "content-type": "application/atom+xml; charset=utf-8",
        "content-location": f"{address}{path}",
    }
    read = feedparser.parse(made(tiny)[path], response_headers=headers)
    assert not read.bozo
    assert read.version == "atom10"
    return read


@pytest.fixture
def at_home(tiny: Places) -> None:
    """The tiny site says where it is found."""
    tiny.settings.write_text(f"site_url: {URL}\n" + tiny.settings.read_text("utf-8"), "utf-8")


@pytest.fixture
def two(commit: Commit, edit: Edit) -> None:
    """A document in two versions, the first one corrected."""
    commit("2024-03-08")
    edit(PATH, "- Dritter Absatz.", "- Dritter Absatz & mehr.")
    commit("2024-03-09")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "changes: Erste Fassung\npublished: 2024-03-08", 'changes: "Neu: <b> & mehr"')
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01\n  closes: 2024-04-09")
    commit("2024-03-20")


@pytest.mark.usefixtures("two", "at_home")
def test_the_feed_of_a_document_tells_its_versions_newest_first(tiny: Places):
    read = feed(tiny, "leitlinien/fassungen.atom")
    assert (read.feed.title, read.feed.language) == ("Leitlinien: neue Fassungen", "de")
    assert [(one.title, one.link, one.published, one.updated) for one in read.entries] == [
        (
            "Leitlinien: Fassung 2 vom 20. März 2024",
            f"{URL}leitlinien/2/",
            "2024-03-20T12:00:00+00:00",
            "2024-03-20T12:00:00+00:00",
        ),
        (
            "Leitlinien: Fassung 1 vom 8. März 2024",
            f"{URL}leitlinien/1/",
            "2024-03-08T12:00:00+00:00",
            "2024-03-09T12:00:00+00:00",
        ),
    ]
    assert read.feed.updated == "2024-03-20T12:00:00+00:00"


@pytest.mark.usefixtures("two", "at_home")
def test_an_entry_says_what_is_new_and_how_long_comments_are_taken(tiny: Places):
    newest, first = feed(tiny, "leitlinien/fassungen.atom").entries
    assert newest.content[0].value == (
        "<p>Neu: &lt;b&gt; &amp; mehr</p><p>Kommentarfrist: 1. bis 9. April 2024</p>"
        "<p>Antworten der Arbeitsgruppe bis 22. April 2024</p>"
        f'<p><a href="{URL}leitlinien/1-2/">Mit Fassung 1 vergleichen</a></p>'
    )
    assert "1 Berichtigung seither" in first.content[0].value


@pytest.mark.usefixtures("two")
def test_one_feed_tells_the_versions_of_all_documents(tiny: Places):
    read = feed(tiny, "texte.atom")
    assert read.feed.title == "Klein: neue Fassungen"
    assert {one.link for one in read.entries} == {
        f"{URL}leitlinien/1/", f"{URL}leitlinien/2/", f"{URL}methodenkoffer/2/",
    }  # fmt: skip
    own = feed(tiny, "leitlinien/fassungen.atom")
    assert {one.id for one in own.entries} < {one.id for one in read.entries}
    assert len({read.feed.id, own.feed.id, *(one.id for one in read.entries)}) == 5


@pytest.mark.usefixtures("two")
def test_without_an_address_of_the_site_links_are_right_where_the_feed_is_found(tiny: Places):
    read = feed(tiny, "leitlinien/fassungen.atom", "https://anderswo.example/unter/")
    assert read.entries[0].link == "https://anderswo.example/unter/leitlinien/2/"
    assert read.feed.link == "https://anderswo.example/unter/leitlinien/"
    assert "href" not in read.entries[0].content[0].value


def test_minutes_are_told_with_their_decisions(tiny: Places, edit: Edit, commit: Commit):
    commit("2023-09-10")
    edit("minutes/2023-09-06.md", "viele Fragen", "einige Fragen")
    commit("2023-09-12")
    (entry,) = feed(tiny, "sitzungen/protokolle.atom").entries
    assert entry.title == "3. Sitzung, 6. September 2023: Wer kann Beteiligung anstoßen?"
    assert entry.link == f"{URL}sitzungen/2023-09-06/"
    assert (entry.published, entry.updated) == (
        "2023-09-10T12:00:00+00:00", "2023-09-12T12:00:00+00:00",
    )  # fmt: skip
    assert entry.content[0].value == (
        "<p>6. September 2023, 18 bis 20 Uhr, Rathausfoyer</p><p>Beschlüsse</p>"
        "<ul><li>Anregungen werden öffentlich begründet.</li></ul>"
    )


def test_an_entry_keeps_its_name_when_it_changes(tiny: Places, edit: Edit, commit: Commit):
    commit("2024-03-08")
    before = {one.id for one in feed(tiny, "texte.atom").entries}
    edit(PATH, "- Dritter Absatz.", "- Dritter Absatz, berichtigt.")
    edit(PATH, "title: Leitlinien", "title: Neue Leitlinien")
    commit("2024-03-09")
    assert {one.id for one in feed(tiny, "texte.atom").entries} == before


def test_without_minutes_or_texts_there_is_no_feed(tiny: Places):
    for path in ("guidelines", "minutes"):
        for file in (tiny.content / path).iterdir():
            file.unlink()
    feeds = [path for path in check_content(order_for(tiny)).laid_out.made if "atom" in path]
    assert feeds == []


def test_a_document_names_its_feeds_for_readers(tiny: Places):
    meta = check_content(order_for(tiny)).laid_out.pages["leitlinien/index.md"].meta
    assert meta["versions_feed"]["url"] == "leitlinien/fassungen.atom"
    assert meta["talk_feed"]["url"] == "/beitrag/leitlinien/feed.atom"


def test_what_takes_no_comments_and_what_is_a_preview_name_no_feed_of_them(tiny: Places):
    pages = check_content(order_for(tiny)).laid_out.pages
    assert pages["methodenkoffer/index.md"].meta["talk_feed"] is None
    preview = check_content(order_for(tiny, preview=True)).laid_out.pages
    assert preview["leitlinien/index.md"].meta["talk_feed"] is None
