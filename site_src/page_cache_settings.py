"""Whether pages can be kept between builds, and what all of them depend on."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from site_src.cache_keys import digest, folder_digest, release
from site_src.closed_extensions import extensions_text
from site_src.closed_theme import is_closed
from site_src.site_settings import SiteSettings, yaml

SEARCH = {"search", "material/search"}
OF_EACH_PAGE = {"nav", "docs_dir", "site_dir"}  # in a page's own key, or in no page


def page_cache_settings(
    plain: Mapping[str, Any], given: SiteSettings, cache: Path, environment: Mapping[str, str]
) -> dict[str, str] | None:
    """Return where pages are kept and what all of them depend on.

    None if there is anything at work that might let a page depend on more than we know: then
    every page is made anew. ``plain`` are the effective settings, ``given`` those in the file.
    """
    theme = plain["theme"]
    folder = Path(theme.get("custom_dir") or "")
    if not _is_known(plain) or extensions_text(given) is None:
        return None
    if not is_closed(folder, list(theme.get("features") or ())):
        return None
    written = _written(plain)
    named = [f"{name}={environment[name]}" for name in sorted(environment)]
    parts = [written, *(named if "!ENV" in written else ())]
    return {"folder": str(cache / "pages"), "key": digest(release(), folder_digest(folder), *parts)}


def _written(plain: Mapping[str, Any]) -> str:
    """Return the settings as text; where the theme lies does not count, only what it holds."""
    counting = {key: plain[key] for key in plain if key not in OF_EACH_PAGE}
    theme = {key: value for key, value in plain["theme"].items() if key != "custom_dir"}
    written = StringIO()
    yaml().dump({**counting, "theme": theme}, written)
    return written.getvalue()


def _is_known(plain: Mapping[str, Any]) -> bool:
    """Say whether only Material and its search are at work."""
    unknown = any(plain.get(name) for name in ("hooks", "extra_templates", "INHERIT"))
    return plain["theme"].get("name") == "material" and _plugins(plain) <= SEARCH and not unknown


def _plugins(plain: Mapping[str, Any]) -> set[str]:
    plugins = plain.get("plugins")
    if plugins is None:
        return {"search"}
    return {str(next(iter(one))) if isinstance(one, Mapping) else str(one) for one in plugins}
