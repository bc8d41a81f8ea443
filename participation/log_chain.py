"""The chain of the log: each entry is sealed with all that were before it.

An entry's digest is the SHA-256 of the digest before it and of that of the entry's own canonical
JSON. Whoever notes the last digest elsewhere can tell later whether anything before it was
changed, left out or put in between. Of texts the entries hold digests only, so that a text can be
erased without breaking the chain.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC

from participation.log_entry import LogEntry

BEGINNING = "0" * 64  # what stands for the digest before the first entry


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as it stands in the chain, with its digest: 64 hexadecimal digits."""

    entry: LogEntry
    digest: str


def content_digest(entry: LogEntry) -> str:
    """Return the SHA-256 of an entry by itself, in hexadecimal.

    Its JSON is canonical: keys in alphabetical order, no blanks, ASCII, the moment in UTC with
    microseconds. That never changes, or no chain could be verified any more.
    """
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    plain = json.dumps({**asdict(entry), "at": at}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def digest_of(previous: str, entry: LogEntry) -> str:
    """Return the digest of an entry that follows the one of digest ``previous``."""
    return hashlib.sha256((previous + content_digest(entry)).encode()).hexdigest()


def chained(entries: Iterable[LogEntry], previous: str = BEGINNING) -> Iterator[Logged]:
    """Yield entries as they stand in the chain, behind the one of digest ``previous``."""
    for entry in entries:
        previous = digest_of(previous, entry)
        yield Logged(entry, previous)


def first_break(log: Iterable[Logged]) -> Logged | None:
    """Return the first entry that is not what its digest says; None if the chain is whole."""
    previous = BEGINNING
    for logged in log:
        if logged.digest != digest_of(previous, logged.entry):
            return logged
        previous = logged.digest
    return None
