"""Links in the pages of versions: an old text cannot be mended when what it names is gone."""

import posixpath
from collections.abc import Callable, Collection
from urllib.parse import unquote, urlsplit

from site_src.markdown_links import rewritten

PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
BEGUN = "#rn-"  # the numbering puts the number of each paragraph behind such an address
NOWHERE = "#"
NO_PICTURE = "data:,"

Anchors = Callable[[str], Collection[str]]  # of a page


def without_dead_links(body: str, path: str, known: Collection[str], anchors: Anchors) -> str:
    """Return the Markdown of the page at ``path`` with its dead links leading nowhere.

    ``known`` are all pages and files; an anchor that is gone is left off.
    """
    return rewritten(body, lambda link: _living(link, path, known, anchors))


def _living(link: str, path: str, known: Collection[str], anchors: Anchors) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:  # no address at all, such as http://[
        return NOWHERE
    if link.endswith(BEGUN):
        return link
    if parts.scheme or parts.netloc or parts.path.startswith("/") or not parts.path:
        return link
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    if target not in known:
        is_picture = posixpath.splitext(parts.path)[1].lower() in PICTURES
        return NO_PICTURE if is_picture else NOWHERE
    if parts.fragment and target.endswith(".md") and unquote(parts.fragment) not in anchors(target):
        return parts._replace(fragment="").geturl()
    return link
