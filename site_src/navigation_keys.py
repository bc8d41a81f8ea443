"""What a page shows of the navigation (``theme/partials/nav.html``), as a part of its key."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

Entry = list[Any]


def navigation_keys(nav: Any, reach: int) -> Callable[[Any], str]:
    """Return what tells a page's key.

    It holds the entries at the top, each with its first page; the first pages of the sections
    that the page lies in; and up to ``reach`` pages before and after it in its own section.
    """
    entries = _Entries()
    home = nav.homepage.url if nav.homepage else None
    top = json.dumps([home, *([entries.of(item), *entries.first(item, 1)] for item in nav.items)])

    def key(page: Any) -> str:
        above = [[entries.of(one), *entries.first(one, reach)] for one in _sections(page)]
        before = list(entries.walk(page, "previous_page", reach))
        after = list(entries.walk(page, "next_page", reach))
        return json.dumps([top, entries.of(page), above, before, after])

    return key


class _Entries:
    """Tells what is shown of each item, each looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, Entry] = {}

    def of(self, item: Any) -> Entry:
        if id(item) not in self._known:
            self._known[id(item)] = _entry(item)
        return self._known[id(item)]

    def first(self, item: Any, count: int) -> list[Entry]:
        return [self.of(child) for child in (item.children or ())[:count]]

    def walk(self, page: Any, step: str, reach: int) -> Iterator[Entry]:
        """Yield the neighbours on one side; the nearest one wherever it lies."""
        near = page
        for distance in range(max(reach, 1)):
            near = getattr(near, step)
            if near is None or (distance and near.parent is not page.parent):
                return
            yield [self.of(near), near.parent is page.parent]


def _sections(page: Any) -> Iterator[Any]:
    while page.parent is not None:
        page = page.parent
        yield page


def _entry(item: Any) -> Entry:
    """Return title and address; a page without a title in the settings takes it from its text."""
    if item.is_page and item.title is None:
        return [sha256(item.file.content_bytes).hexdigest(), item.url]
    return [item.title, None if item.is_section else item.url]
