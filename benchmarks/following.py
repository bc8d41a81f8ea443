"""Measure the following of paragraphs beside other ways: `python benchmarks/following.py`.

Quality: on ../shared/corpus/alignment with ../shared/tools/align_score.py; without them it
says so. Speed and memory: on made-up versions (`generated_versions`). Needs sphinx,
rapidfuzz and scipy for the yardsticks.
"""

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402 - a program in a folder of its own finds the packages only now
from benchmarks.generated_versions import generated_versions
from benchmarks.quality import CORPUS, SCORER, Follower, Pair, corpus, tally
from benchmarks.real_texts import LAWS, revised_guidelines, revised_laws
from benchmarks.yardsticks import difflib_with_ratio, rapidfuzz_assigned, sphinx_merge
from participation.following import successors

FOLLOWERS: dict[str, Follower] = {
    "Randnotiz": successors,
    "difflib + ratio": difflib_with_ratio,
    "Sphinx": sphinx_merge,
    "rapidfuzz, assigned": rapidfuzz_assigned,
}
REVISIONS: dict[str, Callable[[], Iterator[Pair]]] = {
    "guidelines revised by script": lambda: revised_guidelines(range(1, 7)),
    "other laws revised by script": lambda: revised_laws(range(1, 3)),
}
# Paragraphs up to which a follower is run; two hold all pairs in memory: of 10,000, 100 million.
LIMITS = {"Sphinx": 2000, "rapidfuzz, assigned": 2000, "difflib + ratio": 10000}
SIZES = (1000, 10000, 30000)  # paragraphs
RUNS = 3  # the median counts


def main() -> None:
    """Print one table for all followers."""
    options = _options()
    columns: dict[str, dict[str, str]] = {name: {} for name in FOLLOWERS}
    if options.size is None:
        _add_quality(columns)
    for size in [options.size] if options.size else SIZES:
        _add_cost(columns, size)
    _print(columns)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the following of paragraphs.")
    parser.add_argument("--size", type=int, help="time this number of paragraphs only")
    return parser.parse_args()


def _add_quality(columns: dict[str, dict[str, str]]) -> None:
    if not (CORPUS.is_dir() and SCORER.is_file() and LAWS.is_dir()):
        sys.stdout.write(f"No quality measured: {CORPUS}, {SCORER} or {LAWS} is absent.\n\n")
        return
    for name, follower in FOLLOWERS.items():
        columns[name].update(quality(follower))
        for texts, revisions in REVISIONS.items():
            columns[name].update(revised_quality(follower, texts, revisions()))


def quality(follower: Follower) -> dict[str, str]:
    """Return the rows of the table for the whole corpus."""
    tallies = tally(follower, corpus())
    everything, deleted, real = tallies["all"], tallies["deleted"], tallies["real"]
    return {
        "F1 all links": f"{everything.f:.4f}",
        "F1 changed, all pairs": f"{tallies['changed'].f:.4f}",
        "F1 changed, real pairs": f"{tallies['changed real'].f:.4f}",
        "paragraphs with a wrong link": f"{everything.wrong / everything.n:.2%}",
        "paragraphs lost": f"{everything.lost / everything.haslink:.2%}",
        "paragraphs with a wrong link, real pairs": f"{real.wrong / real.n:.2%}",
        "paragraphs lost, real pairs": f"{real.lost / real.haslink:.2%}",
        "removed, shown as removed": f"{deleted.exact / deleted.n:.1%}",
        "F1 split": f"{tallies['split'].f:.3f}",
        "F1 merged": f"{tallies['merged'].f:.3f}",
        "F1 moved": f"{tallies['moved'].f:.3f}",
    }


def revised_quality(follower: Follower, texts: str, revisions: Iterable[Pair]) -> dict[str, str]:
    """Return the rows of the table for some texts that a script revised."""
    tallies = tally(follower, revisions)
    everything, deleted = tallies["all"], tallies["deleted"]
    return {
        f"{texts}: F1 changed": f"{tallies['changed'].f:.4f}",
        f"{texts}: wrong link": f"{everything.wrong / everything.n:.2%}",
        f"{texts}: lost": f"{everything.lost / everything.haslink:.2%}",
        f"{texts}: removed, shown as removed": f"{deleted.exact / deleted.n:.1%}",
    }


def _add_cost(columns: dict[str, dict[str, str]], size: int) -> None:
    for name, follower in FOLLOWERS.items():
        seconds, memory = "not run", "not run"
        if size <= LIMITS.get(name, size):
            seconds, memory = cost(follower, size)
        columns[name][f"seconds for {size:,} paragraphs"] = seconds
        columns[name][f"memory for {size:,}, MB"] = memory


def cost(follower: Follower, size: int) -> tuple[str, str]:
    """Return the median of seconds, and the megabytes held at most, beside both texts."""
    old, new = generated_versions(size)
    seconds = [_seconds(follower, old, new) for _ in range(RUNS)]
    tracemalloc.start()
    follower(old, new)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"{statistics.median(seconds):.3f}", f"{peak / 1e6:.0f}"


def _seconds(follower: Follower, old: Sequence[str], new: Sequence[str]) -> float:
    # Of the processor, not of the clock: what else the machine does is not the follower's.
    start = time.process_time()
    follower(old, new)
    return time.process_time() - start


def _print(columns: dict[str, dict[str, str]]) -> None:
    names = list(columns)
    lines = [["", *names]]
    lines += [[row, *(columns[name][row] for name in names)] for row in columns[names[0]]]
    lines.insert(1, ["---", *("---:" for _ in names)])
    for line in lines:
        sys.stdout.write("| " + " | ".join(line) + " |\n")


if __name__ == "__main__":
    main()
