"""``contributions.json``: what is kept, in the form that plain TinyDB reads."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from comment_service.storage.embedded.journal import FORMAT
from comment_service.storage.embedded.old_format import EXPORTED
from comment_service.storage.embedded.view import View
from comment_service.storage.files import replace


def export(view: View, path: Path) -> None:
    """Write all rows as TinyDB's own JSON storage would, each on a line of its own."""
    replace(path, b"".join(_tables(view)))


def _tables(view: View) -> Iterator[bytes]:
    origin = {"id": view.file.format.journal_id, "format": FORMAT, "end": view.end}
    yield b"{"
    for name, places in view.index.tables.items():
        yield b'"%b": {' % name.encode()
        yield from _rows(view, places)
        yield b"},\n"
    # Whoever finds this table knows that the journal, not this file, is what counts.
    yield b'"%b": {"1": %b}}\n' % (EXPORTED.encode(), msgspec.json.encode(origin))


def _rows(view: View, places: Mapping[str, int]) -> Iterator[bytes]:
    # TinyDB's ids of documents are numbers; those of contributions stand in the rows.
    for number, content in enumerate(view.contents(places), start=1):
        yield b'%b\n"%d": %b' % (b"," if number > 1 else b"", number, content)
