"""Measure builds with and without what earlier ones kept: `python benchmarks/building.py`.

Content and house are made up (`generated_site`). Times are of whole processes: `build.py
build`, and for comparison MkDocs alone on the same laid-out folder with nothing kept. After
the edits the site is compared with that of a clean build, byte for byte.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402 - a program in a folder of its own finds the packages only now
from benchmarks.generated_site import edit, write_content, write_house
from benchmarks.generated_versions import generated_versions
from participation.following import follow
from site_src.bare_markdown import BareMarkdown
from site_src.site_settings import read_settings, yaml

SIZES = (125, 250, 500, 1000)  # documents
PARAGRAPHS = (1000, 3000, 10000, 30000)  # of one text
RUNS = 3  # the medians count
MOMENT = ("env", "SOURCE_DATE_EPOCH=1710900000", "NO_MKDOCS_2_WARNING=1")  # fixes dates in sitemaps
BUILD = (
    "import os, sys, build; from pathlib import Path; "
    "sys.exit(build.main(sys.argv[2:], os.environ, house=Path(sys.argv[1])))"
)

Cost = tuple[float, float]  # seconds on the clock, seconds of processors


class Town:
    """A made-up site in a folder of its own."""

    def __init__(self, folder: Path, documents: int) -> None:
        self.content, self.house, self.site = folder / "content", folder / "house", folder / "site"
        self.plain, self.documents, self.edits = folder / "plain", documents, 0
        write_content(self.content, documents)
        write_house(self.house)

    def build(self) -> Cost:
        """Build as editors do."""
        folders = ["--content", str(self.content), "--output", str(self.site)]
        return cost_of([sys.executable, "-c", BUILD, str(self.house), "build", *folders])

    def build_cold(self) -> Cost:
        """Build with nothing kept and nothing there."""
        for folder in (self.house / "build", self.content / "build", self.site):
            shutil.rmtree(folder, ignore_errors=True)
        return self.build()

    def build_edited(self) -> Cost:
        """Correct a word in a document that was not edited yet, and build."""
        edit(self.content, self.documents // 3 + self.edits)
        self.edits += 1
        return self.build()

    def build_plain(self) -> Cost:
        """Let MkDocs alone make the pages that are laid out, with nothing kept."""
        settings = yaml().load((self.content / "build" / "mkdocs.yml").read_text("utf-8"))
        del settings["hooks"]
        settings["site_dir"] = str(self.plain)
        file = self.content / "build" / "plain.yml"
        with file.open("w", encoding="utf-8") as opened:
            yaml().dump(settings, opened)
        shutil.rmtree(self.plain, ignore_errors=True)
        program = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        return cost_of([*program, "--config-file", str(file)])

    def differing(self) -> list[str]:
        """Return what differs between the site, a clean build and what MkDocs alone made."""
        built, plain = contents(self.site), contents(self.plain)
        self.build_cold()
        clean = contents(self.site)
        ours = ("catalogue.", "search/", ".headers/")  # MkDocs makes none of these
        return sorted(
            path
            for path in {**built, **clean, **plain}
            if built.get(path) != clean.get(path)
            or (not path.startswith(ours) and built.get(path) != plain.get(path))
        )


def main() -> None:
    """Print all tables."""
    options = _options()
    say("| documents | pages | clean | nothing changed | one edited | MkDocs alone | ratio |")
    say("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in options.documents:
        with TemporaryDirectory() as folder:
            town = Town(Path(folder), size)
            say(building_row(town))
            if differing := town.differing():
                sys.exit(f"not the same as after a clean build: {', '.join(differing)}")
    say("\n| paragraphs | ms to number | ms to follow | both, for each paragraph |")
    say("| ---: | ---: | ---: | ---: |")
    for size in options.paragraphs:
        say(numbering_row(size))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure builds.")
    parser.add_argument("--documents", type=int, nargs="*", default=SIZES, help="sizes of sites")
    parser.add_argument("--paragraphs", type=int, nargs="*", default=PARAGRAPHS, help="of texts")
    return parser.parse_args()


def building_row(town: Town) -> str:
    """Return the row for one site: seconds on the clock, those of processors in brackets."""
    cold = [town.build_cold()]
    warm, edited, plain = [], [], []
    for _ in range(RUNS):  # by turns, so that a busy machine is busy for all of them
        warm.append(town.build())
        edited.append(town.build_edited())
        plain.append(town.build_plain())
    pages = len(list((town.content / "build" / "pages").rglob("*.md")))
    ratios = [medians(edited)[place] / medians(plain)[place] for place in (0, 1)]
    columns = [shown(costs) for costs in (cold, warm, edited, plain)]
    ratio = f"{ratios[0]:.3f} ({ratios[1]:.3f})"
    return f"| {town.documents} | {pages} | {' | '.join(columns)} | {ratio} |"


def numbering_row(size: int) -> str:
    """Return the table's row for one text of so many paragraphs and its next version."""
    old, new = generated_versions(size)
    settings = read_settings(ROOT / "mkdocs.yml")
    body = "\n\n".join([*old, '[rn]: # "text/1"', ""])
    number = seconds_of(lambda: BareMarkdown(settings).render(body))
    followed = seconds_of(lambda: follow(old, new))
    each = (number + followed) / size
    return f"| {size} | {number * 1e3:.0f} | {followed * 1e3:.0f} | {each * 1e3:.3f} ms |"


def cost_of(command: Sequence[str]) -> Cost:
    """Run a program and return what it took."""
    began, before = time.perf_counter(), os.times()
    subprocess.run(  # noqa: S603  # our own programs; no shell
        [*MOMENT, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    after = os.times()
    used = after.children_user + after.children_system
    return time.perf_counter() - began, used - before.children_user - before.children_system


def seconds_of(work: Callable[[], object]) -> float:
    """Return the median of seconds of the processor."""
    seconds = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds)


def medians(costs: Sequence[Cost]) -> Cost:
    """Return the median of each kind of seconds."""
    return statistics.median(one[0] for one in costs), statistics.median(one[1] for one in costs)


def shown(costs: Sequence[Cost]) -> str:
    """Return the medians in words."""
    clock, processor = medians(costs)
    return f"{clock:.1f} ({processor:.1f})"


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
