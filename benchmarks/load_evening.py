"""An evening's peak: 300 people read within ten minutes, 60 of them write.

`python benchmarks/load_evening.py` after `make build`. Limits are on, as in real life: every
browser proves its work, and forty people sit in one hall behind one address. Every answer is
checked; what was written has to be there at the end.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402 - a program in a folder of its own finds the packages only now
from benchmarks.load_people import Evening, Person, Place
from benchmarks.load_subjects import SERVER, Running, Subject, running
from comment_service.storage.embedded.store import EmbeddedStore

IN_ONE_HALL = 40  # people behind one address

Options = argparse.Namespace


def main() -> None:
    """Let the evening happen, and print what it was like; exit code 1 if anything went wrong."""
    options = _options()
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        place = Path(folder)
        catalogue = _open_windows(options.site / "catalogue.json", place / "catalogue.json")
        evening = Evening()
        with running(_subject(options.site, place / "catalogue.json"), place / "run") as one:
            seconds = _spend(one, catalogue, options, evening)
            memory = one.memory()
        problems = _lost(place / "run" / "data", evening)
    _print(evening, seconds, memory, options)
    for problem in [*evening.errors, *problems]:
        print(problem)
    sys.exit(1 if evening.errors or problems else 0)


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--writers", type=int, default=60, help="of them")
    parser.add_argument("--minutes", type=float, default=10, help="within which all of them come")
    parser.add_argument("--pace", type=float, default=1, help="how many times faster time goes")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="a built site")
    options = parser.parse_args()
    if not (options.site / "catalogue.json").exists():
        parser.error(f"there is no built site in {options.site}: run make build first")
    return options


def _open_windows(built: Path, opened: Path) -> tuple[str, int, int]:
    """Open the window of the newest version of the first document; return which, and its size."""
    plain = json.loads(built.read_text("utf-8"))
    slug = next(iter(plain["documents"]))
    newest = plain["documents"][slug]["versions"][-1]
    newest["window"] = {"opens": "2024-01-01T00:00:00+01:00", "closes": None}
    opened.write_text(json.dumps(plain), "utf-8")
    return slug, newest["number"], len(newest["paragraphs"])


def _subject(site: Path, catalogue: Path) -> Subject:
    return Subject(
        "an evening",
        SERVER,
        environ=lambda folder: {
            "RANDNOTIZ_STORE": f"embedded:{folder / 'data'}",
            "RANDNOTIZ_CATALOGUE": str(catalogue),
            "RANDNOTIZ_SITE": str(site),
            "RANDNOTIZ_PROXIES": "1",
        },
        alive="/healthz",
    )


def _spend(
    one: Running, catalogue: tuple[str, int, int], options: Options, evening: Evening
) -> float:
    """Let everybody come, stay and go; return how long it took."""
    place = Place(one.port, *catalogue, pace=options.pace)
    chance = random.Random(6)  # noqa: S311  # no secret
    arrivals = sorted(chance.uniform(0, 60 * options.minutes) for _ in range(options.people))
    writers = set(chance.sample(range(options.people), options.writers))
    began, everybody = time.monotonic(), []
    for number, arrival in enumerate(arrivals):
        time.sleep(max(0.0, began + arrival / options.pace - time.monotonic()))
        person = Person(place, evening, number, _address(number))
        writes = 1 + number % 2 if number in writers else 0
        everybody.append(threading.Thread(target=person.come, kwargs={"writes": writes}))
        everybody[-1].start()
    for person_thread in everybody:
        person_thread.join()
    return time.monotonic() - began


def _address(number: int) -> str:
    if number % 300 < IN_ONE_HALL:
        return "198.51.100.7"
    return f"203.0.{113 + number // 250}.{1 + number % 250}"


def _lost(data: Path, evening: Evening) -> list[str]:
    """Return what was taken and is not in the store, and what is wrong with the store."""
    with closing(EmbeddedStore(data)) as store:
        kept = {one.contribution.id for part in store.stock() for one in part.contributions}
        lost = [f"{one} was taken and is lost" for one in set(evening.written) - kept]
        return lost + store.verify()


def _print(evening: Evening, seconds: float, memory: float, options: Options) -> None:
    asked = sum(map(len, evening.seconds.values()))
    print(
        f"{options.people} people within {options.minutes:g} minutes, time {options.pace:g} times "
        f"as fast: {seconds / 60:.1f} minutes, {asked:,} requests, "
        f"{len(evening.written)} contributions ({evening.not_public} wait for a review), "
        f"{len(evening.errors)} errors; the service takes {memory:.0f} MB"
    )
    print("\n| asked for | how often | p50, ms | p95, ms | p99, ms | longest, ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for what, times in sorted(evening.seconds.items()):
        ordered = sorted(times)
        shares = [ordered[min(len(ordered) - 1, int(s * len(ordered)))] for s in (0.5, 0.95, 0.99)]
        cells = " | ".join(f"{1000 * one:.1f}" for one in [*shares, ordered[-1]])
        print(f"| {what} | {len(ordered):,} | {cells} |")


if __name__ == "__main__":
    main()
