"""Measure the service under load beside its peers, in one run: `python benchmarks/load.py`.

The servers of a table run at the same time and are measured in turn, round by round; medians
count. Every answer is checked. Isso is installed into build/isso; PostgreSQL and nginx are
those of the system.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402 - a program in a folder of its own finds the packages only now
from benchmarks.load_figures import Figures, Way, measure_in_turn, read, wait_for_answer, write
from benchmarks.load_nginx import fronted
from benchmarks.load_postgres import cluster, ours_on_postgres, plain_postgres
from benchmarks.load_subjects import (
    GRANIAN,
    GUNICORN,
    SERVER,
    Running,
    Subject,
    hello,
    install_isso,
    isso,
    ours,
    running,
    sqlite,
)

MANY = 100_000  # stored contributions, to see what grows with them

Options = argparse.Namespace
YARDSTICK = sqlite("Flask + SQLite, gunicorn", GUNICORN)
OURS = ours("Randnotiz embedded", SERVER)
HELLO = hello("Flask hello, granian", GRANIAN)


def main() -> None:
    """Print one table after the other."""
    options = _options()
    for name in options.tables or TABLES:
        TABLES[name](options)


def writes(options: Options) -> None:
    """Print how fast comments are taken."""
    subjects = [
        YARDSTICK,
        sqlite("Flask + SQLite, granian", GRANIAN),
        isso("Isso", install_isso(ROOT / "build" / "isso")),
        ours("Randnotiz embedded, gunicorn", GUNICORN),
        OURS,
    ]
    with _all(subjects) as everyone:
        _print("POST", measure_in_turn(_each(everyone, write), options), ratio_to=YARDSTICK.name)


def growth(options: Options) -> None:
    """Print what it costs that much is stored."""
    many = f", {options.stored:,} stored"
    with _all([YARDSTICK, OURS]) as few, _all([YARDSTICK, OURS], options.stored) as full:
        ways = _each(few, write) | {
            f"{name}{many}": way for name, way in _each(full, write).items()
        }
        _print("POST, empty and full", measure_in_turn(ways, options), ratio_to=OURS.name)
        for one in full:
            print(f"{one.subject.name}{many}: {one.memory():.0f} MB")
    _print_starts([YARDSTICK, OURS], options, stored=options.stored)


def reads(options: Options) -> None:
    """Print how fast a hundred contributions are read."""
    subjects = [HELLO, YARDSTICK, ours("Randnotiz embedded, gunicorn", GUNICORN), OURS]
    with _all(subjects) as everyone:
        ways = _each(everyone, read)
        ours_running = everyone[-1]
        for encoding in ("gzip", "br"):
            ways[f"{OURS.name}, {encoding}"] = read(ours_running, accept_encoding=encoding)
        ways[f"{OURS.name}, 304"] = read(ours_running, conditional=True)
        _print("GET", measure_in_turn(ways, options), ratio_to=HELLO.name)


def files(options: Options) -> None:
    """Print how fast nginx answers from PUBLISH_DIR, beside a static file of the same size."""
    with _folder() as folder, fronted(OURS, folder) as front:
        ways = {"nginx, a static file": front.static, "nginx, PUBLISH_DIR": front.published}
        _print("GET by nginx", measure_in_turn(ways, options), ratio_to="nginx, a static file")


def postgres(options: Options) -> None:
    """Print how fast comments are taken and read with PostgreSQL, empty and full."""
    with cluster() as server:
        plain = plain_postgres("Flask + PostgreSQL, gunicorn", GUNICORN, server)
        plain_quick = plain_postgres("Flask + PostgreSQL, granian", GRANIAN, server)
        mine = ours_on_postgres("Randnotiz PostgreSQL", SERVER, server)
        with _all([plain, plain_quick, mine]) as everyone, _all([mine], options.stored) as full:
            ways = _each(everyone, write)
            ways[f"{mine.name}, {options.stored:,} stored"] = write(full[0])
            _print("POST, PostgreSQL", measure_in_turn(ways, options), ratio_to=plain.name)
            _print("GET", measure_in_turn(_each(everyone, read), options), ratio_to=plain.name)


def starts(options: Options) -> None:
    """Print how long it takes from the start to the first answer."""
    _print_starts([YARDSTICK, ours("Randnotiz embedded, gunicorn", GUNICORN), OURS], options)


TABLES: dict[str, Callable[[Options], None]] = {
    "write": writes,
    "grow": growth,
    "read": reads,
    "files": files,
    "postgres": postgres,
    "start": starts,
}


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", help=f"{', '.join(TABLES)}; all without any")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each figure and round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stored", type=int, default=MANY)
    return parser.parse_args()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:  # a disk, not memory
        yield Path(folder)


@contextmanager
def _all(subjects: Sequence[Subject], stored: int = 0) -> Iterator[list[Running]]:
    with ExitStack() as stack:
        folder = stack.enter_context(_folder())
        yield [
            stack.enter_context(running(subject, folder / str(number), stored=stored))
            for number, subject in enumerate(subjects)
        ]


def _each(everyone: Sequence[Running], way: Callable[[Running], Way]) -> dict[str, Way]:
    return {one.subject.name: way(one) for one in everyone}


def _print_starts(subjects: Sequence[Subject], options: Options, *, stored: int = 0) -> None:
    seconds: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    memory: dict[str, float] = {}
    for _ in range(options.rounds):
        for subject in subjects:
            with _folder() as folder, running(subject, folder / "0", stored=stored) as one:
                wait_for_answer(one)
                seconds[subject.name].append(one.start_seconds)
                memory[subject.name] = one.memory()
    print(f"\n| start, {stored:,} stored | first answer, ms | memory after it, MB |")
    print("| --- | ---: | ---: |")
    for name, each in seconds.items():
        print(f"| {name} | {1000 * sorted(each)[len(each) // 2]:.0f} | {memory[name]:.0f} |")


def _print(title: str, figures: dict[str, Figures], *, ratio_to: str) -> None:
    print(f"\n| {title} | per second, 1 / 8 / 32 | ratio | p50 at 8, ms | p99 at 8, ms | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, one in figures.items():
        print(f"| {name} | {one.words(figures[ratio_to])} |", flush=True)


if __name__ == "__main__":
    main()
