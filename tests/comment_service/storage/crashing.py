"""Writes until it is killed: ``python -m … PROCESSES THREADS`` and orders.

As many processes as asked for write to a folder with threads, until they are killed. They are
forked, not started, so that a hundred rounds take seconds.
"""

import os
import signal
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Thread

from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.protocol import Change
from participation.decision import Decision
from tests.factories import make_contribution, make_decision, make_log_entry

WASTE = 20_000  # bytes; little, so that kills meet compactions too
CHANGES = 8  # of every other contribution


def text_of(contribution_id: str) -> str:
    """What is written as that contribution: long, so that half of it would be noticed."""
    return f"{contribution_id} " * 40


def write_for_ever(store: EmbeddedStore, prefix: str, said: int) -> None:
    """Add contributions, change and answer some again and again, and say what was acknowledged."""
    for number in count():
        name = f"{prefix}-{number}"
        entry = store.add(make_contribution(name, text=text_of(name)))
        os.write(said, f"{name} 0\n".encode())
        decided: Decision | None = None
        for times in range(1, CHANGES + 1 if number % 2 else 1):
            seen, entry = entry, replace(entry, name=f"changed {times}")
            before, decided = decided, make_decision(name, version=times)
            store.change(
                [Change(seen, entry), Change(before, decided)],
                [make_log_entry(f"l-{name}-{times}", subject=name)],
            )
            os.write(said, f"{name} {times}\n".encode())


def start(folder: Path, prefix: str, threads: int, said: int) -> int:
    """Fork a process that writes with so many threads, and return its number."""
    child = os.fork()
    if child:
        return child
    store = EmbeddedStore(folder, waste=WASTE)
    for thread in range(threads):
        Thread(target=write_for_ever, args=(store, f"{prefix}-{thread}", said)).start()
    signal.pause()
    os._exit(1)


def main(processes: int, threads: int) -> None:
    """Take orders: ``write FOLDER PREFIX PIPE``, then ``kill``."""
    children: list[int] = []
    for line in sys.stdin:
        match line.split():
            case "write", folder, prefix, pipe:
                said = os.open(pipe, os.O_WRONLY)
                children = [
                    start(Path(folder), f"{prefix}{number}", threads, said)
                    for number in range(processes)
                ]
                os.close(said)
            case ["kill"]:
                for child in children:
                    os.kill(child, signal.SIGKILL)
                for child in children:
                    os.waitpid(child, 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
