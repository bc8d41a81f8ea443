"""How long a spreadsheet of cards takes: read, looked at, taken in, again; and its way out.

``python -m benchmarks.importing [--rows 5000] [--postgres URL]`` prints a table of seconds, one
run, on the embedded store and, if its address is given, on PostgreSQL. The cards are as long as
people write them, about 300 characters; every answer is checked.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import uuid_utils

from comment_service.importing import Importing, TakenIn
from comment_service.making_public import made_public
from comment_service.marks import Marks
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Store
from comment_service.transcribing import Transcribing
from comment_service.web.desk.table_form import table_form, template_of
from comment_service.web.messages import language
from comment_service.web.table_of_contributions import table_of_contributions
from participation.account import Account
from participation.catalogue import Catalogue
from participation.document import Document, Version, VersionStatus
from participation.log_entry import Role
from participation.paragraph import Paragraph, ParagraphKind
from participation.window import Window
from spreadsheets.reading import read_table
from spreadsheets.table import Table
from spreadsheets.writing import write_csv, write_xlsx

NOW = datetime(2024, 4, 2, 11, 0, tzinfo=UTC)
TEXT = "Bitte stellen Sie an der Haltestelle mehr Bänke auf, auch im Schatten. " * 4
ADA = Account("a1", "ada", Role.EDITOR)
CARD = ("Anregung", "Workshop", "Bürgerwerkstatt", "13.03.2024", 1, None)
PLACE = ("leitlinien", 1)
Result = TypeVar("Result")


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def made_document() -> Document:
    """Return a document of 200 paragraphs that took contributions in March."""
    window = Window(NOW - timedelta(days=30), NOW - timedelta(days=4))
    paragraphs = tuple(
        Paragraph(number, ParagraphKind.PARAGRAPH, ("1. Ziele",), f"{number}. {TEXT}")
        for number in range(1, 201)
    )
    version = Version(
        1,
        VersionStatus.CONSULTATION,
        date(2024, 3, 1),
        "Erste",
        "0" * 64,
        paragraphs,
        window=window,
    )
    return Document(PLACE[0], "Leitlinien", (version,))


DOCUMENT = made_document()


def cards(rows: int) -> Table:
    """Return the template, filled in."""
    template = template_of(DOCUMENT, 1, language("de"))
    filled = [
        (
            1 + row % 200,
            "Anregung",
            "Workshop",
            "Bürgerwerkstatt",
            "13.03.2024",
            1,
            None,
            f"{row}. {TEXT}",
        )
        for row in range(rows)
    ]
    return Table(template.title, template.columns, filled, template.notes, template.notes_title)


@dataclass
class Stopwatch:
    """Prints how long each step takes."""

    subject: str

    def time(self, what: str, act: Callable[[], Result]) -> Result:
        """Return what ``act`` returns."""
        began = time.perf_counter()
        result = act()
        tell(f"| {self.subject} | {what} | {time.perf_counter() - began:.2f} |")
        return result


def on_store(name: str, store: Store, content: bytes, rows: int) -> None:
    """Take the spreadsheet in, on one store."""
    watch = Stopwatch(name)
    marks = Marks(store.state, patience=0.0, elapsed=time.monotonic)
    transcribing = Transcribing(
        lambda: Catalogue({DOCUMENT.slug: DOCUMENT}),
        store,
        store.secret,
        marks,
        lambda: NOW,
        lambda: str(uuid_utils.uuid7()),
    )
    importing = Importing(transcribing, table_form)
    looked = watch.time("look at what it would add", lambda: importing.look(ADA, PLACE, content))
    taken = watch.time("take it in", lambda: importing.take_in(ADA, PLACE, content))
    again = watch.time("look at it again", lambda: importing.look(ADA, PLACE, content))
    nothing = watch.time("take it in again", lambda: importing.take_in(ADA, PLACE, content))
    if (looked.new, taken, again.new, nothing) != (rows, TakenIn(rows, 0), 0, TakenIn(0, rows)):
        raise ValueError((looked.new, taken, again.new, nothing))


def in_files(content: bytes, rows: int) -> None:
    """Read and write the files themselves."""
    watch, wanted = Stopwatch("files"), table_form().wanted
    sheet = watch.time("read XLSX", lambda: read_table(content, wanted))
    written = write_csv(cards(rows))
    same = watch.time("read CSV", lambda: read_table(written, wanted))
    if not rows == len(sheet.rows) == len(same.rows):
        raise ValueError((len(sheet.rows), len(same.rows)))
    with TemporaryDirectory() as folder:
        store = open_store(f"embedded:{Path(folder) / 'data'}")
        on_store("embedded", store, content, rows)
        public = made_public(DOCUMENT, store.of_document(DOCUMENT.slug))
        store.close()
    table = table_of_contributions(DOCUMENT, public, language("de"))
    watch.time("write export.xlsx", lambda: write_xlsx(table))
    watch.time("write export.csv", lambda: write_csv(table))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--postgres", help="address of an empty, migrated database")
    asked = parser.parse_args()
    content = write_xlsx(cards(asked.rows))
    tell(f"{asked.rows} rows, {len(content) / 1000:.0f} kB of XLSX\n")
    tell("| | | seconds |\n| --- | --- | ---: |")
    in_files(content, asked.rows)
    if asked.postgres:
        store = open_store(asked.postgres)
        on_store("PostgreSQL", store, content, asked.rows)
        store.close()


if __name__ == "__main__":
    main()
