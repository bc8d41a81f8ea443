"""The catalogue as it is published now: read from its file, noticed when it is a newer one."""

import os
from pathlib import Path
from threading import Lock

import jsonschema_rs
import msgspec

import participation
from comment_service.storage.files import Signature, signature
from participation.catalogue import Catalogue, read_catalogue
from participation.faults import UnreadableCatalogue

_SCHEMA = Path(participation.__file__).with_name("catalogue.schema.json")
_VALIDATOR = jsonschema_rs.validator_for(
    msgspec.json.decode(_SCHEMA.read_bytes()), validate_formats=True
)


class Published:
    """Hands out the catalogue that lies in a file, and reads it anew when the file is another.

    A missing or broken file is never papered over with an older catalogue: what is no
    longer readable may have closed a window.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[Signature, Catalogue] | None = None  # replaced whole: threads share it
        self._turn = Lock()  # a newer one is read once, not by each thread that notices it

    def __call__(self) -> Catalogue:
        """Return the catalogue as published at this moment.

        Raises:
            UnreadableCatalogue: If the file is missing, broken, or of another format.
        """
        try:
            return self._current()
        except OSError as error:
            raise UnreadableCatalogue(f"{self._path}: {error.strerror}") from error

    def _current(self) -> Catalogue:
        catalogue = self._unchanged()
        if catalogue is None:
            with self._turn:
                catalogue = self._unchanged() or self._read()
        return catalogue

    def _unchanged(self) -> Catalogue | None:
        if (known := self._known) is None:
            return None
        return known[1] if known[0] == signature(self._path.stat()) else None

    def _read(self) -> Catalogue:
        with self._path.open("rb") as file:
            stamp = signature(os.fstat(file.fileno()))
            catalogue = read_content(file.read(), str(self._path))
        self._known = (stamp, catalogue)
        return catalogue


def read_content(content: bytes, place: str) -> Catalogue:
    """Read the catalogue that lies at ``place``, a file or an address.

    Raises:
        UnreadableCatalogue: If it is broken or of another format.
    """
    try:
        plain = msgspec.json.decode(content)
        _VALIDATOR.validate(plain)
        return read_catalogue(plain)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableCatalogue(f"{place}: not JSON: {error}") from error
    except jsonschema_rs.ValidationError as error:
        raise UnreadableCatalogue(f"{place}: not a catalogue: {error.message}") from error
