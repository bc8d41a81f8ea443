"""Markdown extensions that make of a text what they make of it, whatever lies around it."""

import re
from io import StringIO

from site_src.site_settings import SiteSettings, yaml

# Others may read files, such as pymdownx.snippets; what depends on them cannot be kept.
CLOSED = {
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code",
    "footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists",
    "smarty", "tables", "toc", "wikilinks",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark",
    "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
    "pymdownx.tilde",
    "site_src.paragraph_numbers",
}  # fmt: skip
PYTHON = re.compile(r"python/[\w/]+:([\w.]*)")  # names a function that fills in a setting
KNOWN = ("markdown.", "material.", "pymdownx.")  # where its text is told by a version


def extensions_text(settings: SiteSettings) -> str | None:
    """Return the settings of the extensions; none if a page may depend on more than its text."""
    names = settings.extensions()[0]
    if not {name.removeprefix("markdown.extensions.") for name in names} <= CLOSED:
        return None
    written = StringIO()
    yaml().dump(settings.plain.get("markdown_extensions"), written)
    functions: list[str] = PYTHON.findall(written.getvalue())
    return written.getvalue() if all(name.startswith(KNOWN) for name in functions) else None
