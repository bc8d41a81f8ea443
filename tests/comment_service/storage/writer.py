"""Adds contributions as a process of its own: ``… FOLDER PREFIX COUNT [FILE_LIMIT [THREADS]]``.

Prints the id of each contribution once the store has taken it; with a limit of bytes for
files, prints ``refused`` when the store can take no more.
"""

import os
import resource
import sys
from collections.abc import Iterator
from threading import Thread

from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Store
from participation.faults import StoreUnavailable
from tests.factories import make_contribution


def main(
    folder: str, prefix: str, count: int, file_limit: int = resource.RLIM_INFINITY, threads: int = 1
) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    store = open_store(f"embedded:{folder}")
    numbers = iter(range(count))
    writers = [Thread(target=write, args=(store, prefix, numbers)) for _ in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def write(store: Store, prefix: str, numbers: Iterator[int]) -> None:
    for number in numbers:
        try:
            store.add(make_contribution(f"{prefix}{number}"))
        except StoreUnavailable as error:
            say(f"refused: {error}")
            return
        say(f"{prefix}{number}")


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # whole, whatever other threads say


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))  # type: ignore[arg-type]  # two texts first
