"""The engine: MkDocs, run as a process. With the theme, the only place that knows it."""

import copy
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from site_src.cache_keys import CODE
from site_src.extension_words import with_words
from site_src.foreign_words import in_html
from site_src.laying_out import LaidOut
from site_src.messages import NAMES, Message, Translator, message, translator
from site_src.page_addresses import ALL_MINUTES, ALL_VERSIONS
from site_src.page_cache_settings import page_cache_settings
from site_src.pages import Page
from site_src.panel_messages import footer_words, panel_messages, search_messages, theme_words
from site_src.places import Places
from site_src.problems import Problem
from site_src.site_settings import SiteSettings, yaml
from site_src.sources import PAGES

PAGES_HOOK = Path(__file__).with_name("mkdocs_pages.py")

LANGUAGES = "languages"  # an entry of “extra” that no engine need know
NEIGHBOURS = 20  # pages that the navigation shows before and after one in its section

ENTRY = re.compile(r"^(?:WARNING|ERROR|CRITICAL)\s+-\s+(.*)$")
PAGE_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains .*?link (?:to )?'(?P<link>[^']+)'")
NAV_ENTRY = re.compile(r"(?:reference|path) to '(?P<page>[^']+)' is included in the 'nav'")


@dataclass(frozen=True, slots=True)
class Run:
    """What the engine is to make: ``site`` is the folder it writes.

    ``languages`` are all in which the site is made, the one at its root first.
    """

    settings: SiteSettings
    laid_out: LaidOut
    places: Places
    site: Path
    service: str
    environment: Mapping[str, str]
    preview: bool = False
    languages: tuple[str, ...] = ()

    @property
    def further(self) -> str | None:
        """The language of the site, if it is not the one at the root."""
        return None if self.settings.texts is None else self.settings.language


class EngineFailed(Exception):
    """The engine made no site; ``problems`` is what it says of the sources, if anything."""

    def __init__(self, problems: list[Problem], output: str) -> None:
        super().__init__(output)
        self.problems, self.output = problems, output


def make_sites(runs: Sequence[Run]) -> None:
    """Make several sites at a time, each in a process of its own.

    Raises:
        EngineFailed: If one of them ends with an error or a warning.
    """
    with ThreadPoolExecutor(len(runs)) as pool:
        list(pool.map(make_site, runs))


def make_site(run: Run) -> None:
    """Write the effective settings and let the engine make the site, strictly.

    Raises:
        EngineFailed: If it ends with an error or a warning.
    """
    name = f"mkdocs-{run.further}.yml" if run.further else "mkdocs.yml"
    file = run.places.work / name
    _write(file, _with_page_cache(effective_settings(run), run))
    done = subprocess.run(  # noqa: S603  # our own Python and our own file; no shell
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(file)],
        cwd=CODE,
        env={**run.environment, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        output = done.stdout + done.stderr
        raise EngineFailed(list(_problems(output, run)), output)
    if run.further and not run.settings.plain.get("site_url"):
        _move(run.site / "404.html", run.further)


def _move(not_found: Path, language: str) -> None:
    """Let the page for what is not there link below its language, not to the root.

    It is shown at any address, so its links begin at the root; where the site has no address,
    MkDocs takes the root of the server for that of the site.
    """
    if not_found.is_file():
        html = not_found.read_text("utf-8")
        not_found.write_text(re.sub(r'="/(?!/)', f'="/{language}/', html), "utf-8")


def _write(file: Path, settings: Mapping[str, Any]) -> None:
    """Write the settings; the navigation, which is long, by a quicker writer if it can."""
    rest = dict(settings)
    try:
        nav = msgspec.yaml.encode({"nav": rest.pop("nav")}) if "nav" in rest else b""
    except TypeError:  # a title such as 1.10, or a folded text
        rest, nav = dict(settings), b""
    with file.open("wb") as opened:
        yaml().dump(rest, opened)
        opened.write(nav)


def effective_settings(run: Run) -> dict[str, Any]:
    """Return ``mkdocs.yml`` with folders, navigation and messages filled in."""
    settings: dict[str, Any] = copy.deepcopy(dict(run.settings.plain))
    settings["docs_dir"] = str(run.places.laid_out_in(run.further).resolve())
    settings["site_dir"] = str(run.site.resolve())
    settings["theme"] = _theme(run)
    given = {key: value for key, value in (settings.get("extra") or {}).items() if key != LANGUAGES}
    settings["extra"] = {**given, "randnotiz": _extra(run)}
    settings["markdown_extensions"] = with_words(
        settings.get("markdown_extensions") or [], _words(run)
    )
    if settings.get("nav"):
        settings["nav"] = _nav(settings["nav"], run.laid_out)
    if settings.get("hooks"):
        settings["hooks"] = [str(_absolute(run, hook)) for hook in settings["hooks"]]
    return settings


def _with_page_cache(settings: dict[str, Any], run: Run) -> dict[str, Any]:
    kept = page_cache_settings(settings, run.settings, run.places.cache, run.environment)
    if kept is not None:
        settings["extra"]["randnotiz"]["page_cache"] = kept
        settings["hooks"] = [str(PAGES_HOOK)]
    return settings


def _theme(run: Run) -> dict[str, Any]:
    given = run.settings.plain.get("theme") or "mkdocs"
    theme = {"name": given} if isinstance(given, str) else copy.deepcopy(dict(given))
    folder = _absolute(run, theme.get("custom_dir", "site_src/theme"))
    return {**theme, "custom_dir": str(folder)} if folder.is_dir() else theme


def _absolute(run: Run, path: str) -> Path:
    return (run.settings.folder / path).resolve()


def _words(run: Run) -> Translator:
    return translator(run.settings.language, run.settings.text_language)


def _extra(run: Run) -> dict[str, Any]:
    words = _words(run)
    footer = [list(entry) for entry in footer_words(words, run.laid_out.pages)]
    return {
        "service": run.service,
        "feeds": dict(_feeds(run)),
        "preview": run.preview,
        "neighbours": NEIGHBOURS,
        "language": run.settings.language,
        "further": run.further or "",
        "texts": run.settings.texts,
        "others": _others(run),
        "messages": panel_messages(words),
        "search": search_messages(words),
        "words": {**theme_words(words), "footer": footer},
    }


def _feeds(run: Run) -> Iterator[tuple[str, str]]:
    """Yield path and title of the feeds that every page names."""
    say, name = _words(run).gettext, run.settings.name
    if ALL_VERSIONS in run.laid_out.made:
        yield ALL_VERSIONS, say("{site}: new versions", site=name)
    if ALL_MINUTES in run.laid_out.made:
        yield ALL_MINUTES, say("{site}: minutes", site=name)


def _others(run: Run) -> list[dict[str, str]]:
    """Return the other languages of the site, and where each lies, seen from this one's root."""
    up, root = "../" if run.further else "", str(run.settings.plain.get("site_url") or "")
    root = root.removesuffix(f"{run.further}/")
    return [
        {
            "code": language,
            "name": NAMES[language],
            "path": f"{up}{_folder(place, language)}",
            "address": f"{root}{_folder(place, language)}" if root else "",
        }
        for place, language in enumerate(run.languages)
        if language != run.settings.language
    ]


def _folder(place: int, language: str) -> str:
    return f"{language}/" if place else ""


def _nav(entries: Any, laid_out: LaidOut) -> Any:
    """Return the navigation with ``{documents}`` and ``{minutes}`` replaced by their pages."""
    if isinstance(entries, str):
        return list(_expanded(entries, laid_out)) if _is_list(entries) else entries
    if isinstance(entries, Mapping):
        return {title: _nav(inner, laid_out) for title, inner in entries.items()}
    nav: list[Any] = []
    for entry in entries:
        nav += _expanded(entry, laid_out) if _is_list(entry) else [_named(entry, laid_out)]
    return nav


def _named(entry: Any, laid_out: LaidOut) -> Any:
    """Return an entry with the title of its page, so that nobody has to read the page for that."""
    if isinstance(entry, str) and entry in laid_out.pages:
        return {in_html(laid_out.pages[entry].title): entry}
    return _nav(entry, laid_out)


def _is_list(entry: Any) -> bool:
    return entry in ("{documents}", "{minutes}")


def _expanded(name: str, laid_out: LaidOut) -> Iterator[dict[str, str]]:
    pages = list(laid_out.pages.values())
    if name == "{documents}":
        wanted = [
            page for page in pages if "document" in page.meta and "canonical" not in page.meta
        ]
    else:
        wanted = sorted((page for page in pages if "meeting" in page.meta), key=_day, reverse=True)
    for page in wanted:
        yield {in_html(page.title): page.path}


def _day(page: Page) -> str:
    return str(page.meta["date"])


def _problems(output: str, run: Run) -> Iterator[Problem]:
    for line in output.splitlines():
        entry = ENTRY.match(line)
        if entry is not None:
            yield _problem(entry[1], run)


def _problem(entry: str, run: Run) -> Problem:
    """Say of an entry in the engine's words which source it means."""
    link, nav = PAGE_LINK.search(entry), NAV_ENTRY.search(entry)
    if link is not None:
        path = run.laid_out.source_of(link["page"])
        what, cure = DEAD_LINK
        root = run.places.house if path.startswith(PAGES) else run.places.content
        line = _line(root / path, link["link"])
        return Problem(path, line, message(what.english, link=link["link"]), cure)
    if nav is not None:
        what, cure = DEAD_NAV
        line = _line(run.places.settings, nav["page"])
        return Problem("mkdocs.yml", line, message(what.english, page=nav["page"]), cure)
    return Problem("mkdocs.yml", None, message("MkDocs says: {entry}", entry=entry), LOOK_UP)


def _line(file: Path, text: str) -> int | None:
    """Return the first line with that text, or with the last part of the link."""
    if not file.is_file():
        return None
    lines = file.read_text("utf-8").splitlines()
    for wanted in (text, text.rsplit("/", 1)[-1]):
        for number, line in enumerate(lines, start=1):
            if wanted in line:
                return number
    return None


DEAD_LINK: tuple[Message, Message] = (
    message("the link leads nowhere: {link}"),
    message("correct it; a page is named by its file, such as mitmachen.md"),
)
DEAD_NAV: tuple[Message, Message] = (
    message("the navigation names a page that does not exist: {page}"),
    message("write the page, or take it out of “nav”"),
)
LOOK_UP = message("ask whoever looks after this site")
