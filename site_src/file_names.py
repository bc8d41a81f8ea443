"""What files may be called: their names become addresses for good."""

import re
import unicodedata
from pathlib import PurePosixPath

from participation.paragraph import SLUG
from site_src.messages import message
from site_src.problems import Problem
from site_src.source_files import SourceFile

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SLUG_LIMIT = 80  # characters; the catalogue's schema says so too

# Addresses that the site or the service needs for itself.
RESERVED = {
    "api", "assets", "beitrag", "guidelines", "healthz", "mail", "minutes", "quittung", "readyz",
    "redaktion", "schemas", "search", "sitzungen", "static", "texte", "zeitplan",
}  # fmt: skip


def check_document_name(path: str) -> list[Problem]:
    """Check that a document's file name can be its slug."""
    name = PurePosixPath(path)
    if name.parent.as_posix() != "guidelines":
        return [_in_a_folder(path)]
    if not SLUG.fullmatch(name.stem) or len(name.stem) > SLUG_LIMIT:
        return [_no_slug(path, slug_of(name.stem))]
    if name.stem in RESERVED:
        return [_reserved(path)]
    return []


def check_minutes_name(source: SourceFile) -> list[Problem]:
    """Check that minutes are named by the date of their meeting."""
    day = source.front["date"]
    if source.path == f"minutes/{day}.md":
        return []
    return [
        Problem(
            source.path,
            source.line("date"),
            message("the file's name and its date {day} differ", day=day),
            message("correct the date, or rename the file to minutes/{day}.md", day=day),
        )
    ]


def slug_of(name: str) -> str:
    """Return a slug that is near to a name: small letters without marks, digits, hyphens."""
    spelled = unicodedata.normalize("NFC", name).lower().translate(UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LIMIT].strip("-") or "text"


def _in_a_folder(path: str) -> Problem:
    return Problem(
        path,
        1,
        message("documents cannot lie in folders of their own"),
        message("move the file to guidelines/{name}", name=PurePosixPath(path).name),
    )


def _no_slug(path: str, better: str) -> Problem:
    return Problem(
        path,
        1,
        message("the file's name becomes an address and may only hold a to z, 0 to 9 and -"),
        message("rename the file to guidelines/{better}.md", better=better),
    )


def _reserved(path: str) -> Problem:
    return Problem(
        path,
        1,
        message("this name is needed for a page of the site"),
        message("give the file another name"),
    )
