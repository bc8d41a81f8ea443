"""The keys of events: what names each for good, in calendars and in addresses."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

FOREIGN = re.compile(r"[^a-z0-9]+")
PUBLISHED, WINDOW, ANSWERS = "veroeffentlicht", "kommentarfrist", "antworten"
VERSION_EVENTS = (PUBLISHED, WINDOW, ANSWERS)
LONG = 60  # characters of a title that stand in an address
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def key_of_meeting(number: object) -> str:
    """Return the key of a meeting: its number stays when it is put off to another day."""
    return f"sitzung-{number}"


def key_of_version(slug: str, number: int, what: str) -> str:
    """Return the key of what happens to a version."""
    return f"{slug}-{number}-{what}"


def keys_of_dates(dates: Sequence[tuple[str, str]]) -> list[str]:
    """Return the keys of dates, each given as title and day.

    The title stays when the day is changed; only dates of the same title are told apart by days.
    """
    names = [_named(title) for title, _ in dates]
    times = Counter(names)
    return [
        f"termin-{name}" if times[name] == 1 else f"termin-{name}-{day}"
        for name, (_, day) in zip(names, dates, strict=True)
    ]


def _named(title: str) -> str:
    """Return a title in letters that every address can hold."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(SPELT)).encode("ascii", "ignore")
    name = FOREIGN.sub("-", plain.decode()).strip("-")
    if len(name) <= LONG and name:
        return name
    return f"{name[:LONG].strip('-')}-{sha256(title.encode()).hexdigest()[:8]}".lstrip("-")
