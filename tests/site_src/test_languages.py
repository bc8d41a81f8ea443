"""The site in a second language: below its folder, made of the same texts, leading to and fro."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from site_src.building import build, check_content
from site_src.messages import CATALOGUES, translator
from site_src.places import Places
from site_src.site_settings import SiteSettings, UnreadableSettings
from tests.site_src.conftest import Edit, Write, copy_tiny, order_for
from tests.site_src.houses import HOUSE

SYNOPSIS = HOUSE / "synopsis" / "messages"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "title"}
SAID = ("aria-label", "title", "placeholder", "alt")
PLACE = re.compile(r"\\{\w+\\}|%\\\(\w+\\\)s")
LETTER = re.compile("[a-zäöüß]", re.IGNORECASE)
LEAST = 4  # letters of its own that tell a German sentence from a name


@dataclass
class Said(HTMLParser):
    """What a page says, each with the language in which it says so."""

    found: list[tuple[str, str]] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or (self._open[-1][1] if self._open else "")
        if tag != "link":
            self.found += [(language, given[name] or "") for name in SAID if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while any(one == tag for one, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1][0] not in UNSEEN:
            self.found.append((self._open[-1][1], " ".join(data.split())))


def said(html: str) -> list[tuple[str, str]]:
    reader = Said()
    reader.feed(html)
    return reader.found


def german_sentences() -> Iterator[str]:
    for file in (CATALOGUES / "de.po", SYNOPSIS / "de.po"):
        with file.open("rb") as opened:
            for entry in read_po(opened, locale="de"):
                own = entry.string if isinstance(entry.string, tuple) else (entry.string,)
                english = entry.id if isinstance(entry.id, tuple) else (entry.id,)
                yield from (str(one) for one in own if one and one not in english)


@pytest.fixture(scope="module")
def german() -> re.Pattern[str]:
    """Whatever the German catalogue says; places are filled with anything."""
    texts = {re.escape(text) for text in german_sentences()}
    telling = [text for text in texts if len(LETTER.findall(PLACE.sub("", text))) >= LEAST]
    assert len(telling) > 300
    return re.compile("|".join(PLACE.sub(".+", text) for text in sorted(telling, reverse=True)))


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The tiny texts with the real pages, look and settings: in German and English."""
    tiny = copy_tiny(tmp_path_factory.mktemp("two"))
    shutil.rmtree(tiny.house)
    shutil.copytree(HOUSE / "site_src" / "pages", tiny.house / "site_src" / "pages")
    for part in ("theme", "assets"):
        shutil.copytree(HOUSE / "site_src" / part, tiny.house / "site_src" / part)
    shutil.copy(HOUSE / "mkdocs.yml", tiny.house)
    build(order_for(tiny))
    return tiny


@pytest.fixture(scope="module")
def site(places: Places) -> Path:
    return places.output


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def test_every_page_is_there_in_both_languages(site: Path):
    english = {file.relative_to(site / "en") for file in (site / "en").rglob("*.html")}
    everything = {file.relative_to(site) for file in site.rglob("*.html")}
    assert english == {one for one in everything if one.parts[0] != "en"}
    assert len(english) > 10


def test_an_english_page_says_nothing_in_german_but_texts(site: Path, german: re.Pattern[str]):
    told = 0
    for file in (site / "en").rglob("*.html"):
        found = said(file.read_text("utf-8"))
        assert {language for language, _ in found} <= {"en", "de"}, file
        own = [words for language, words in found if language == "en"]
        assert [words for words in own if german.fullmatch(words)] == [], file
        assert [words for words in own if re.search("[äöüß]", words)] == [], file
        told += len(own)
    assert told > 500


def test_the_pages_of_the_first_language_do_find_german(site: Path, german: re.Pattern[str]):
    own = [words for _, words in said(page(site, "leitlinien"))]
    assert len([words for words in own if german.fullmatch(words)]) > 10


def test_what_stands_in_a_text_and_is_not_part_of_it_tells_its_language(site: Path):
    html = page(site, "en/leitlinien")
    assert '<div class="rn-document" lang="de">' in html
    assert re.search(r'<aside class="rn-facts" lang="en"', html)
    assert re.search(r'<a aria-label="Paragraph number 1" class="rn"[^>]* lang="en"', html)


def test_numbers_are_the_same_in_both_languages(site: Path):
    ids = [
        re.findall(r'id="(rn-\d+)"', page(site, path)) for path in ("leitlinien", "en/leitlinien")
    ]
    assert ids[0] == ids[1] != []


def test_each_page_leads_to_the_same_page_in_the_other_language(site: Path):
    german = page(site, "leitlinien/1")
    assert (
        '<a class="rn-language" href="../../en/leitlinien/1/" lang="en" hreflang="en">English</a>'
        in german
    )
    english = page(site, "en/leitlinien/1")
    assert (
        '<a class="rn-language" href="../../../leitlinien/1/" lang="de" hreflang="de">Deutsch</a>'
        in english
    )
    assert 'rel="alternate" hreflang="en" href="../../en/leitlinien/1/"' in german


def test_forms_are_asked_for_in_the_language_of_the_page(site: Path):
    assert 'href="/beitrag/leitlinien/1/1?lang=en"' in page(site, "en/leitlinien")
    assert 'href="/beitrag/leitlinien/1?lang=en"' in page(site, "en/leitlinien")
    assert 'href="/beitrag/leitlinien/1/1"' in page(site, "leitlinien")


def test_a_page_that_was_not_translated_says_so_and_is_marked(site: Path):
    html = page(site, "en/impressum")
    assert "This page exists in German only." in html
    assert '<div lang="de"><h1' in html
    assert "This page exists in German only." not in page(site, "en/mitmachen")


def test_the_page_for_what_is_not_there_leads_back_into_its_language(site: Path):
    html = (site / "en" / "404.html").read_text("utf-8")
    assert "This page does not exist" in html
    assert 'href="/en/texte/"' in html
    assert 'href="/texte/"' not in html


def test_there_is_one_catalogue_and_it_names_the_further_languages(site: Path):
    assert '"languages": [' in (site / "catalogue.json").read_text("utf-8")
    assert not (site / "en" / "catalogue.json").exists()


def test_the_site_is_the_same_byte_for_byte_each_time(places: Places, tmp_path: Path):
    again = Places(places.content, places.house, tmp_path / "site", keeps=tmp_path / "no-cache")
    build(order_for(again))
    files = sorted(
        one.relative_to(again.output) for one in again.output.rglob("*") if one.is_file()
    )
    assert files == sorted(
        one.relative_to(places.output) for one in places.output.rglob("*") if one.is_file()
    )
    for file in files:
        if file.suffix != ".gz":  # holds the time of its making
            assert (again.output / file).read_bytes() == (places.output / file).read_bytes(), file


def test_without_further_languages_there_is_one_site(tiny: Places):
    checked = check_content(order_for(tiny))
    assert list(checked.sites) == ["de"]
    assert "languages" not in str(checked.content.settings.spoken_in("de").plain)


def test_a_language_that_the_site_cannot_speak_is_refused(tiny: Places):
    settings = tiny.settings.read_text("utf-8")
    tiny.settings.write_text(f"{settings}\nextra:\n  languages: [de, fr]\n", "utf-8")
    with pytest.raises(UnreadableSettings, match=r"\['fr'\]; there are de, en"):
        check_content(order_for(tiny))


def test_a_translated_page_without_its_first_one_is_named(tiny: Places, write: Write):
    settings = tiny.settings.read_text("utf-8")
    tiny.settings.write_text(f"{settings}\nextra:\n  languages: [de, en]\n", "utf-8")
    front = "---\ntitle: News\ndescription: News.\n---\n"
    (tiny.house / "site_src" / "pages" / "neues.en.md").write_text(
        f"{front}# News\n\n[nowhere](nirgends.md)\n", "utf-8"
    )
    del write
    told = [one.in_words(translator("en")) for one in check_content(order_for(tiny)).problems]
    path = "site_src/pages/neues.en.md"
    assert (
        f"{path}:1: there is no page that this one translates; "
        "write neues.md, or name the file after another page"
    ) in told
    assert any(one.startswith(f"{path}:7: the link leads nowhere: nirgends.md") for one in told)


def test_addresses_are_whole_where_the_site_has_one():
    settings = SiteSettings(
        Path(),
        {
            "site_url": "https://texte.example.org/",
            "nav": [{"Start": "index.md"}],
            "extra": {"languages": {"de": {}, "en": {"nav": {"Start": "Home"}}}},
        },
    )
    english = settings.spoken_in("en")
    assert english.plain["site_url"] == "https://texte.example.org/en/"
    assert english.plain["nav"] == [{"Home": "index.md"}]
    assert (english.language, english.text_language) == ("en", "de")
    assert english.languages == settings.languages == ("de", "en")


def test_editors_learn_of_a_dead_link_in_english_only_once(tiny: Places, edit: Edit):
    edit("guidelines/leitlinien.md", "methodenkoffer.md", "nirgends.md")
    settings = tiny.settings.read_text("utf-8")
    tiny.settings.write_text(f"{settings}\nextra:\n  languages: [de, en]\n", "utf-8")
    told = [one.in_words(translator("en")) for one in check_content(order_for(tiny)).problems]
    assert len([one for one in told if "nirgends.md" in one]) == 1
