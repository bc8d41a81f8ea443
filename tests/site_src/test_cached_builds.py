"""A build that takes from the cache makes the same site, byte for byte, as one that does not."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from participation.contributions_of_document import plain_contributions
from participation.paragraph import ParagraphRef
from participation.public_contributions import WindowSeen
from participation.window import WindowState
from site_src.archives import written
from site_src.building import Order, build
from site_src.cache_folder import CacheFolder
from site_src.content import read_content
from site_src.engine import EngineFailed, Run, make_site
from site_src.laying_out import LaidOut
from site_src.pages import Page
from site_src.places import Places
from site_src.site_settings import SiteSettings, read_settings
from tests.factories import make_answered
from tests.site_src.conftest import TODAY, copy_tiny, order_for
from tests.site_src.repositories import begin, commit_all

HOUSE = Path(__file__).parents[2]
MARK = b"<!-- out of the cache -->"
COMMENTING = "commenting:\n  opens: 2024-03-08\n  closes: 2024-03-29"
DOCUMENTS = 45  # more than the navigation shows around one
NIGHT, NEXT_NIGHT = 1_710_900_000, 1_710_990_000  # seconds since the epoch: the dates in a sitemap


def inherited() -> dict[str, str]:
    return dict(os.environ)  # noqa: TID251  # what a process needs


def document(title: str, text: str, version: int = 1) -> str:
    front = f"---\ntitle: {title}\nversion: {version}\nstatus: adopted\n---\n"
    return f"{front}\n# {title}\n\n{text}\n\n## Ziele\n\n- Ein Ziel.\n- Noch eines.\n"


@dataclass
class Site:
    """The tiny site with Material and our theme, and documents enough to fill a navigation."""

    places: Places
    seconds: int = NIGHT
    today: date = TODAY
    service: str = ""

    @property
    def texts(self) -> Path:
        return self.places.content / "guidelines"

    def edit(self, file: Path, old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def edit_text(self, name: str, old: str, new: str) -> None:
        self.edit(self.texts / f"{name}.md", old, new)

    def commit(self) -> None:
        commit_all(self.places.content, "2024-03-09")

    def order(self) -> Order:
        environment = {**inherited(), "SOURCE_DATE_EPOCH": str(self.seconds)}
        given = {"environment": environment, "today": self.today, "service": self.service}
        return order_for(self.places, **given)

    def build(self) -> dict[str, bytes]:
        build(self.order())
        return files(self.places.output)

    def build_anew(self) -> dict[str, bytes]:
        """Build without anything kept; the cache stays as it is."""
        nothing = replace(self.places, keeps=self.places.house / "nothing")
        shutil.rmtree(nothing.cache, ignore_errors=True)
        return Site(nothing, self.seconds, self.today, self.service).build()

    @property
    def kept_pages(self) -> CacheFolder:
        return CacheFolder(self.places.cache / "pages")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [path for path in {**one, **other} if one.get(path) != other.get(path)]


def found_site(folder: Path) -> Site:
    places = copy_tiny(folder)
    source = places.house / "site_src"
    for part in ("theme", "assets"):
        shutil.copytree(HOUSE / "site_src" / part, source / part)
    settings = (HOUSE / "mkdocs.yml").read_text("utf-8")
    for page in ("mitmachen", "netiquette", "impressum", "datenschutz", "barrierefreiheit"):
        text = f"---\ntitle: {page}\ndescription: Eine Seite.\n---\n\nEin Satz.\n"
        (source / "pages" / f"{page}.md").write_text(text, "utf-8")
    places.settings.write_text(settings.replace('site_url: ""', "site_url: https://a.example/"))
    for number in range(DOCUMENTS):
        text = (
            f"Absatz, siehe [Leitlinien](leitlinien.md#rn-2) und [{number}](t{number // 2:02}.md)."
        )
        (places.content / "guidelines" / f"t{number:02}.md").write_text(
            document(f"Text {number}", text), "utf-8"
        )
    begin(places.content)
    commit_all(places.content, "2024-03-08")
    site = Site(places)
    site.edit_text("t00", "version: 1", f"version: 2\n{COMMENTING}")
    site.edit_text("t00", "Absatz", "Neuer Absatz")
    site.commit()
    return site


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that was built once, its cache filled."""
    site = found_site(tmp_path_factory.mktemp("first"))
    site.build()
    return site


@pytest.fixture
def site(first: Site, tmp_path: Path) -> Site:
    """The same one in a folder of its own."""
    for part in ("content", "house", "site"):
        shutil.copytree(getattr(first.places, part.replace("site", "output")), tmp_path / part)
    return Site(Places(tmp_path / "content", tmp_path / "house", tmp_path / "site"))


def edited(site: Site) -> None:
    site.edit_text("t07", "Absatz", "Anderer Absatz")
    site.commit()


def not_committed(site: Site) -> None:
    site.edit_text("t07", "Absatz", "Anderer Absatz")


def other_heading(site: Site) -> None:
    site.edit_text("t07", "## Ziele", "## Wege")
    site.commit()


def new_version(site: Site) -> None:
    site.edit_text("t07", "version: 1", "version: 2")
    site.edit_text("t07", "Ein Ziel.", "Ein neues Ziel.")
    site.commit()


def added(site: Site) -> None:
    (site.texts / "t20b.md").write_text(document("Dazwischen", "Neu."), "utf-8")
    site.commit()


def removed(site: Site) -> None:
    (site.texts / "t44.md").unlink()
    site.commit()


def retitled(site: Site) -> None:
    site.edit_text("t20", "Text 20", "Ein anderer Titel")
    site.commit()


def first_retitled(site: Site) -> None:
    site.edit(site.places.pages / "index.md", "title: Willkommen", "title: Anfang")


def other_navigation(site: Site) -> None:
    site.edit(site.places.settings, "  - Zeitplan: zeitplan.md\n", "")
    site.edit(site.places.settings, "  - Mitmachen:", "  - Termine: zeitplan.md\n  - Mitmachen:")


def other_settings(site: Site) -> None:
    site.edit(site.places.settings, "Mitreden in Kaiserslautern", "Mitreden")


def other_language(site: Site) -> None:
    site.edit(site.places.settings, "language: de", "language: en")


def other_template(site: Site) -> None:
    partials = site.places.house / "site_src" / "theme" / "partials"
    site.edit(partials / "footer.html", "<ul>", '<ul class="new">')


def other_style(site: Site) -> None:
    with (site.places.assets / "randnotiz.css").open("a") as style:
        style.write("p { color: red }\n")


def other_minutes(site: Site) -> None:
    minutes = site.places.content / "minutes" / "2023-09-06.md"
    site.edit(minutes, "leitlinien/1/2-3", "leitlinien/1/1")


def other_service(site: Site) -> None:
    site.service = "https://b.example"


def another_day(site: Site) -> None:
    site.today, site.seconds = date(2024, 4, 1), NEXT_NIGHT


def archived(site: Site) -> None:
    content = read_content(site.places, today=site.today)
    document = content.documents["t00"].document
    said = make_answered(ref=ParagraphRef("t00", 1, 1))
    window = document.version(2).window
    assert window is not None
    seen = {1: None, 2: WindowSeen(window, WindowState.CLOSED)}
    plain = plain_contributions(document, [replace(said, answer=None)], seen)
    (site.texts / "t00.contributions.json").write_bytes(written(plain))


def archived_anew(site: Site) -> None:
    archived(site)
    site.build()
    site.edit(site.texts / "t00.contributions.json", "Bitte mehr Bänke.", "Bitte weniger Bänke.")


def nothing(site: Site) -> None:
    del site


EDITS = [
    nothing, edited, not_committed, other_heading, new_version, added, removed, retitled,
    first_retitled, other_navigation, other_settings, other_language, other_template,
    other_style, other_minutes, other_service, another_day, archived, archived_anew,
]  # fmt: skip


@pytest.mark.unmeasured
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_after_any_edit_the_site_is_that_of_a_clean_build(site: Site, edit: Callable[[Site], None]):
    edit(site)
    assert differing(site.build(), site.build_anew()) == []


@pytest.mark.unmeasured
def test_one_edit_after_the_other_leads_to_the_site_of_a_clean_build(site: Site):
    for edit in (added, retitled, new_version, removed):
        edit(site)
        site.build()
    assert differing(site.build(), site.build_anew()) == []


def mark(cache: CacheFolder) -> None:
    """Write into every kept page where it comes from, checksums and all."""
    for file in cache.folder.rglob("*"):
        if file.is_file():
            key = f"{file.parent.name}{file.name}"
            value = cache.get(key)
            assert value is not None
            cache.put(key, value + MARK)


def marked(built: dict[str, bytes]) -> set[str]:
    return {path for path, content in built.items() if content.endswith(MARK)}


def pages_of(built: dict[str, bytes]) -> set[str]:
    return {path for path in built if path.endswith(".html") and not path.endswith("404.html")}


def test_pages_that_nothing_has_changed_are_taken_from_the_cache(site: Site):
    mark(site.kept_pages)
    built = site.build()
    assert marked(built) == pages_of(built)


def test_after_an_edit_only_the_pages_of_that_text_are_made(site: Site):
    mark(site.kept_pages)
    edited(site)
    built = site.build()
    made = {"t07/index.html", "t07/1/index.html"}
    assert pages_of(built) - marked(built) == made | {f"en/{path}" for path in made}


def test_a_new_text_is_made_with_its_neighbours_in_the_navigation_only(site: Site):
    mark(site.kept_pages)
    (site.texts / "t44b.md").write_text(document("Zuletzt", "Neu."), "utf-8")
    site.commit()
    built = site.build()
    assert "t10/index.html" in marked(built)
    assert "t40/index.html" not in marked(built)


def test_other_settings_are_other_pages(site: Site):
    mark(site.kept_pages)
    other_settings(site)  # the name of the site, which has one of its own in English
    built = site.build()
    english = {path for path in pages_of(built) if path.startswith("en/")}
    assert marked(built) == english


@pytest.mark.parametrize("damage", [b"", b"torn", bytes(range(256))])
def test_a_broken_cache_is_as_good_as_none(site: Site, damage: bytes):
    clean = site.build_anew()
    for file in site.places.cache.rglob("*"):
        if file.is_file():
            file.write_bytes(damage)
    assert differing(site.build(), clean) == []


def test_kept_values_that_mean_nothing_are_as_good_as_none(site: Site):
    clean = site.build_anew()
    for kind in ("pages", "texts"):
        cache = CacheFolder(site.places.cache / kind)
        for file in [file for file in cache.folder.rglob("*") if file.is_file()]:
            cache.put(f"{file.parent.name}{file.name}", b'{"sound": "but foreign"}\n<p>')
    assert differing(site.build(), clean) == []


def test_without_a_place_to_keep_anything_a_site_is_built(site: Site):
    clean = site.build_anew()
    shutil.rmtree(site.places.cache)
    site.places.cache.write_text("in the way", "utf-8")
    assert differing(site.build(), clean) == []


def test_the_navigation_shows_the_pages_around_the_one_that_is_read(first: Site):
    shown = (first.places.output / "t22" / "index.html").read_text("utf-8")
    nav = shown.partition('id="rn-nav"')[2].partition("</nav>")[0]
    listed = [number for number in range(DOCUMENTS) if f">Text {number}</a>" in nav]
    assert listed == list(range(2, 43))


# What MkDocs itself checks, with pages that our own checks would have stopped before.


def run(site: Site, pages: dict[str, str]) -> Run:
    """Lay the pages out and return what MkDocs is to do with them."""
    folder = site.places.laid_out
    shutil.rmtree(folder, ignore_errors=True)
    for path, body in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(body, "utf-8")
    plain = dict(read_settings(site.places.settings).plain)
    del plain["nav"]
    laid_out = LaidOut({path: Page(path, path, body, path) for path, body in pages.items()}, {})
    return Run(
        settings=SiteSettings(site.places.house, plain),
        laid_out=laid_out,
        places=site.places,
        site=site.places.content.parent / "made",
        service="",
        environment=inherited(),
    )


LINKING = "# Eins\n\nEin [Verweis](zwei.md#rest).\n"
LINKED = "# Zwei\n\n## Rest\n\nMehr.\n"


def made(site: Site, pages: dict[str, str]) -> bool:
    with suppress(EngineFailed):
        make_site(run(site, pages))
        return True
    return False


@pytest.fixture
def bare(tmp_path: Path) -> Site:
    """A site of which nothing was built."""
    return found_site(tmp_path)


@pytest.mark.parametrize(
    "later",
    [
        {"index.md": LINKING},
        {"index.md": LINKING, "zwei.md": "# Zwei\n\n## Anderes\n"},
    ],
    ids=["its target is gone", "its place on the target is gone"],
)
def test_a_kept_page_whose_link_died_fails_the_build(bare: Site, later: dict[str, str]):
    assert made(bare, {"index.md": LINKING, "zwei.md": LINKED})
    assert not made(bare, later)
    assert not made(bare, later)
    assert made(bare, {"index.md": LINKING, "zwei.md": LINKED})


def test_a_page_with_a_dead_link_is_not_kept(bare: Site):
    assert not made(bare, {"index.md": "# Eins\n\nEin [Verweis](nirgends.md).\n"})
    assert not made(bare, {"index.md": "# Eins\n\nEin [Verweis](nirgends.md).\n"})
