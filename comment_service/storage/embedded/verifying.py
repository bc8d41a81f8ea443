"""Reading everything again from the disk, to see whether it is whole."""

from collections.abc import Callable, Iterator

import msgspec

from comment_service.storage.embedded.faults import faults_named
from comment_service.storage.embedded.folder import Folder
from comment_service.storage.embedded.journal_file import JournalFile
from comment_service.storage.embedded.rows import (
    read_account,
    read_decision,
    read_entry,
    read_kept,
    read_support,
)
from comment_service.storage.embedded.view import View
from participation.faults import StoreUnavailable


def problems_of(folder: Folder) -> list[str]:
    """Return what is wrong with the folder, a line for each problem."""
    problems: list[str] = []
    try:
        with faults_named():
            known = folder.view()
            if known is not None:
                problems.extend(_of_rows(known))
                problems.extend(_of_memory(known))
    except StoreUnavailable as unreadable:
        problems.append(str(unreadable))
    return problems


def _of_rows(view: View) -> Iterator[str]:
    """Look at rows that are whole by their checksum but are not what they should be."""
    for name, places, read in (
        ("contribution", view.index.contributions, read_kept),
        ("decision", view.index.decisions, read_decision),
        ("account", view.index.accounts, read_account),
        ("support", view.index.supports, read_support),
        ("log entry", view.index.log, read_entry),
    ):
        for row_id in list(places):
            yield from _of_row(f"{name} {row_id}", read, view.content(places[row_id]))


def _of_row(name: str, read: Callable[[bytes], object], content: bytes) -> Iterator[str]:
    try:
        read(content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        yield f"{name} cannot be read: {error}"


def _of_memory(view: View) -> Iterator[str]:
    """Read the journal once more: it may have been damaged after it was read."""
    fresh = View(JournalFile(view.file.path))
    if fresh.is_of(view.position):  # else it was compacted just now, and read anew for that
        fresh.follow(view.end)
        if fresh.index.tables != view.index.tables:
            yield f"{view.file.path} is not what was read from it before; restart the service"
