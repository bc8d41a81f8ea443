"""The settings of the site: ``mkdocs.yml``, as far as any engine can follow it."""

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import TaggedScalar
from ruamel.yaml.error import YAMLError

PYTHON_NAME = re.compile(r".*python/(name|object/apply):([\w.]+)")
BUILT_IN = ("toc", "tables", "fenced_code")  # what MkDocs and its heirs add on their own


class UnreadableSettings(Exception):
    """``mkdocs.yml`` is missing or broken: the operator must look."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The settings as they stand in the file; ``folder`` is where relative paths begin."""

    folder: Path
    plain: Mapping[str, Any] = field(default_factory=dict)
    texts: str | None = None  # the language of the texts, where the site speaks another one

    @property
    def text_language(self) -> str:
        """The language of the city's texts: that in which the site speaks first."""
        return self.texts or self.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the site is made, that of the texts first."""
        return (self.text_language, *(one for one in self._told if one != self.text_language))

    @property
    def _told(self) -> Mapping[str, Any]:
        """What ``extra: languages`` says, by language: names of the site, of the navigation."""
        told = (self.plain.get("extra") or {}).get("languages") or {}
        return told if isinstance(told, Mapping) else {str(one): {} for one in told}

    def spoken_in(self, language: str) -> "SiteSettings":
        """Return the settings of the same site with its own words in another language."""
        if language == self.language:
            return self
        told = self._told.get(language) or {}
        theme = {**(self.plain.get("theme") or {}), "language": language}
        named = {key: told[key] for key in ("site_name", "site_description") if key in told}
        nav = _renamed(self.plain.get("nav"), told.get("nav") or {})
        address = {"site_url": _below(self.plain.get("site_url"), language)}
        extra = {"identity": self.plain.get("site_name"), **(self.plain.get("extra") or {})}
        more = {"theme": theme, "nav": nav} | (
            {} if self.plain.get("site_url") else {"extra": extra}
        )
        plain = {**self.plain, **named, **address, **more}
        return SiteSettings(self.folder, plain, self.text_language)

    @property
    def language(self) -> str:
        """The language of the site's own words."""
        theme = self.plain.get("theme")
        return str(theme.get("language", "de")) if isinstance(theme, Mapping) else "de"

    @property
    def name(self) -> str:
        """The name of the site."""
        return str(self.plain.get("site_name") or "")

    @property
    def pdf(self) -> bool:
        """Whether every build makes a PDF file of each version."""
        extra = self.plain.get("extra")
        return isinstance(extra, Mapping) and extra.get("pdf") is True

    def extensions(self) -> tuple[list[str], dict[str, dict[str, Any]]]:
        """Return the Markdown extensions and their settings, as Python-Markdown takes them."""
        names, settings = list(BUILT_IN), {}
        for entry in self.plain.get("markdown_extensions") or ():
            name, given = next(iter(entry.items())) if isinstance(entry, Mapping) else (entry, None)
            if name not in names:
                names.append(str(name))
            if given:
                settings[str(name)] = _resolved(given)
        return names, settings


def read_settings(path: Path) -> SiteSettings:
    """Read ``mkdocs.yml``, its tags untouched.

    Raises:
        UnreadableSettings: If it is missing, or no YAML.
    """
    try:
        plain = yaml().load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise UnreadableSettings(f"{path}: {error}") from error
    if not isinstance(plain, Mapping):
        raise UnreadableSettings(f"{path}: no settings in it")
    return SiteSettings(path.parent, plain)


def yaml() -> YAML:
    """Return the reader and writer that keeps tags such as ``!!python/name:``."""
    round_trip = YAML(typ="rt")
    round_trip.width = 4096  # long lines stay whole
    return round_trip


def _renamed(nav: Any, names: Mapping[str, str]) -> Any:
    """Return a navigation with the titles that have another name."""
    if isinstance(nav, Mapping):
        return {names.get(title, title): _renamed(inner, names) for title, inner in nav.items()}
    return [_renamed(inner, names) for inner in nav] if isinstance(nav, list) else nav


def _below(site_url: str | None, language: str) -> str | None:
    return f"{site_url.rstrip('/')}/{language}/" if site_url else site_url


def _resolved(value: Any) -> Any:
    """Return settings with each ``!!python/…`` put in the place of its name."""
    match = PYTHON_NAME.fullmatch(str(getattr(value, "tag", None) or ""))
    if match:
        named = _named(match[2])
        return named if match[1] == "name" else _applied(named, value)
    if isinstance(value, Mapping):
        return {key: _resolved(inner) for key, inner in value.items()}
    return [_resolved(inner) for inner in value] if isinstance(value, list) else value


def _named(dotted: str) -> Any:
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _applied(named: Any, value: Any) -> Any:
    if isinstance(value, TaggedScalar):
        return named()
    return partial(named, **value.get("kwds", {}))()
