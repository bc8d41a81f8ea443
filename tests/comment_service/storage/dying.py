"""Compacts a folder and dies at its n-th call of the system: ``python -m … FOLDER N``.

Prints ``done`` if there were fewer calls. It is killed before the call, as a power cut would.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from comment_service.storage.embedded import EmbeddedStore

CALLS = ["open", "write", "pwrite", "fsync", "fdatasync", "replace", "unlink", "ftruncate"]


def die_at(number: int) -> None:
    """Let the process kill itself when it changes something on the disk for the n-th time."""
    left = [number]

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return called

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    Path.replace = counted(Path.replace)  # type: ignore[method-assign]  # it took os.replace's own
    Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]  # the same


if __name__ == "__main__":
    die_at(int(sys.argv[2]))
    EmbeddedStore(Path(sys.argv[1])).compact()
    sys.stdout.write("done\n")
