"""A copy of the folder, whole and of one moment, while others go on writing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from comment_service.storage.embedded.folder import JOURNAL, Folder
from comment_service.storage.embedded.journal import CHUNK
from comment_service.storage.files import PRIVATE, make_folder, sync_folder
from participation.faults import StoreUnavailable


def copy_folder(folder: Folder, secret: bytes, target: Path) -> None:
    """Copy journal and secret into a folder that is empty or does not exist.

    What is safe in a journal is never written again, so nobody has to wait.

    Raises:
        StoreUnavailable: If there is something in the folder already, or no room.
    """
    make_folder(target)
    if any(target.iterdir()):
        raise StoreUnavailable(f"{target} is not empty; name a folder that does not exist yet")
    view = folder.view()
    if view is not None:
        end = view.end
        with _safe(target / JOURNAL) as file:
            for offset in range(0, end, CHUNK):
                file.write(view.file.read(offset, min(CHUNK, end - offset)))
    with _safe(target / "secret") as file:
        file.write(secret)
    sync_folder(target)


@contextmanager
def _safe(path: Path) -> Iterator[BinaryIO]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
