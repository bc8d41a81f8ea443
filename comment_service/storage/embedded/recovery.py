"""What lies behind the end of what is safe: a write that somebody did not finish.

It was never acknowledged. What is whole of it is kept, since its author may ask again with the
same key; a torn rest is cut, and that is said. But if anything behind a broken record tells that
the record was safe once, then it is damage, and nothing is touched.
"""

import logging

from comment_service.storage.embedded.journal import CHUNK
from comment_service.storage.embedded.journal_file import JournalFile
from participation.faults import StoreUnavailable

log = logging.getLogger(__name__)


def settled_end(file: JournalFile, end: int) -> int:
    """Make the journal whole and safe from ``end`` on, and return where it ends now.

    The lock is held.

    Raises:
        StoreUnavailable: If it is damaged.
    """
    size = file.size
    if size == end:
        return end
    if size < end:
        raise damaged(file, size, f"it ends there, though all was safe up to byte {end}")
    whole = end
    for record in file.records(end, size):
        whole = record.end
    if whole < size:
        _cut(file, whole, size)
    _make_safe(file, end, whole)
    return whole


def damaged(file: JournalFile, at: int, why: str) -> StoreUnavailable:
    """Return the fault that tells where the journal is damaged."""
    return StoreUnavailable(
        f"{file.path} is damaged at byte {at}: {why}; stop the service and restore the folder "
        "from a backup"
    )


def _cut(file: JournalFile, whole: int, size: int) -> None:
    beyond = next((r for r in file.records_beyond(whole, size) if r.safe > whole), None)
    if beyond is not None:
        raise damaged(file, whole, f"the record at byte {beyond.offset} behind it is whole")
    log.warning(
        "journal-cut",
        extra={"file": str(file.path), "at": whole, "bytes": size - whole},
    )
    file.cut(whole)


def _make_safe(file: JournalFile, start: int, end: int) -> None:
    # Written again, not only synced: after a failed fsync the kernel takes a page for written
    # that is not, and the next fsync would say that all is well.
    for offset in range(start, end, CHUNK):
        file.write(offset, file.read(offset, min(CHUNK, end - offset)))
    file.sync()
