"""Templates whose pages depend on nothing but what the page cache has in its keys."""

import re
from collections.abc import Iterator
from pathlib import Path

NAVIGATION = "partials/nav.html"
NO_PAGES = {"sitemap.xml"}  # made in every build, kept by none
# What `navigation_keys` covers, and what is the same in all pages of a build.
READ_OF_NAVIGATION = {
    "active", "children", "extra", "first", "items", "last", "neighbours", "next_page", "pages",
    "parent", "previous_page", "randnotiz", "t", "title", "url",
}  # fmt: skip
FEATURES = {"navigation.indexes", "navigation.prune", "navigation.top"}  # ask for no more

EXPRESSION = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
ATTRIBUTE = re.compile(r"\.([a-z_]\w*)")
FAR = re.compile(
    r"\bpages\b|\bnav\b(?!\.homepage\b)|\.(?:parent|ancestors|siblings|previous_page|next_page)\b"
    r"|\bconfig\.(?:nav|docs_dir|site_dir|extra\.randnotiz\.page_cache)\b"
    r"|\b(?:build_date_utc|update_date)\b"
)


def is_closed(theme: Path, features: list[str]) -> bool:
    """Say whether that is known of the templates in a folder, and of Material's with features."""
    if not (theme / NAVIGATION).is_file():
        return False  # Material's own shows more than we know
    if any(name.startswith("navigation.") and name not in FEATURES for name in features):
        return False
    files = [file for file in theme.rglob("*") if file.is_file() and file.name not in NO_PAGES]
    return all(_is_closed(theme, file) for file in files)


def _is_closed(theme: Path, file: Path) -> bool:
    expressions = list(_expressions(file.read_text("utf-8", errors="replace")))
    if file.relative_to(theme).as_posix() == NAVIGATION:
        read = {name for one in expressions for name in ATTRIBUTE.findall(one)}
        return read <= READ_OF_NAVIGATION
    return not any(FAR.search(one) for one in expressions)


def _expressions(template: str) -> Iterator[str]:
    for match in EXPRESSION.finditer(template):
        yield TEXT.sub("''", match[0])
