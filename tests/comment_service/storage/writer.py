"""Adds contributions as a process of its own: ``python -m … FOLDER PREFIX COUNT [FILE_LIMIT]``.

Prints the id of each contribution once the store has taken it; with a limit of bytes for
files, prints ``refused`` when the store can take no more.
"""

import resource
import sys

from comment_service.storage.opening import open_store
from participation.faults import StoreUnavailable
from tests.factories import make_contribution


def main(folder: str, prefix: str, count: int, file_limit: int = resource.RLIM_INFINITY) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    store = open_store(f"embedded:{folder}")
    for number in range(count):
        try:
            store.add(make_contribution(f"{prefix}{number}"))
        except StoreUnavailable as error:
            say(f"refused: {error}")
            return
        say(f"{prefix}{number}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))  # type: ignore[arg-type]  # two texts first
