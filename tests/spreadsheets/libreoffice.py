"""LibreOffice, which nobody here wrote, opens a file and saves it as another."""

import csv
import subprocess
from pathlib import Path

from tests.servers.fixtures import need

AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
READING = "--infilter=CSV:44,34,76,1"  # of CSV: commas, quotes, UTF-8; else it guesses
AS_XLSX = "xlsx:Calc MS Excel 2007 XML"
AS_XLS = "xls:MS Excel 97"
AS_ODS = "ods"


def converted(file: Path, form: str, folder: Path) -> bytes:
    """Return a file as LibreOffice saves it in another form."""
    need("soffice")
    out = folder / "converted"
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", home, "--headless", READING, "--convert-to", form]
    command += ["--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (made,) = out.iterdir()
    return made.read_bytes()


def shown(file: Path, folder: Path) -> list[list[str]]:
    """Return what LibreOffice shows in the cells of the first sheet."""
    return list(csv.reader(converted(file, AS_CSV, folder).decode().splitlines(keepends=True)))
