"""How long writers wait while a large embedded store is compacted.

``python -m benchmarks.compaction``
Two processes with four threads each add contributions; one of them compacts meanwhile. Printed
is the longest that one contribution took in each, with and without the compaction.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

from benchmarks.stores import Embedded, make_kept, say

THREADS = 4


def write(folder: Path, *, compacts: bool) -> None:
    """Write until a line comes on the standard input; compact meanwhile; print the longest wait."""
    store, longest, ends = Embedded(folder), [0.0], Event()
    say("ready")

    def keep_on() -> None:
        while not ends.is_set():
            kept, begins = make_kept(0), time.perf_counter()
            store.keep(kept)
            longest[0] = max(longest[0], time.perf_counter() - begins)

    threads = [Thread(target=keep_on) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    took = 0.0
    if compacts:
        begins = time.perf_counter()
        store.store.compact()
        took = time.perf_counter() - begins
        say("compacted")
    sys.stdin.readline()
    ends.set()
    for thread in threads:
        thread.join()
    say(f"{longest[0]:.3f} {took:.3f}")


def measure(folder: Path, *, compacts: bool, seconds: float) -> list[list[str]]:
    """Return, for both processes, the longest wait and how long compacting took, in seconds."""
    command = [sys.executable, "-m", "benchmarks.compaction", "--write", str(folder)]
    running = [
        subprocess.Popen(  # noqa: S603  # this file
            [*command, *(["--compacts"] if compacts and first else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in (True, False)
    ]
    for process in running:
        process.stdout.readline()
    if compacts:
        running[0].stdout.readline()
    time.sleep(seconds)
    return [process.communicate("stop\n")[0].split() for process in running]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=100_000)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--compacts", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        write(asked.write, compacts=asked.compacts)
        return
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="compaction-") as name:
        folder = Path(name) / "data"
        Embedded(folder).fill(asked.stored)
        for compacts in (False, True):
            (own, took), (other, _) = measure(folder, compacts=compacts, seconds=3)
            say(f"compacted: {took} s; longest wait: {own} s there, {other} s in the other process")


if __name__ == "__main__":
    main()
