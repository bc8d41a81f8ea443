"""What can go wrong with a folder, told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from participation.faults import StoreUnavailable

FAULTS = (OSError, msgspec.MsgspecError, UnicodeDecodeError)


@contextmanager
def faults_named() -> Iterator[None]:
    """Tell what the system or a decoder says as a fault of the store."""
    try:
        yield
    except FAULTS as error:
        raise named(error) from error


def named(error: Exception) -> Exception:
    """Return the fault that an error of the system or of a decoder is; any other as it is."""
    if isinstance(error, OSError):
        return StoreUnavailable(f"{error.filename or 'the store'}: {error.strerror}")
    if isinstance(error, FAULTS):
        return StoreUnavailable(f"a row of the journal is damaged: {error}")
    return error
