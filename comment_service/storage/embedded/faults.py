"""What can go wrong with a folder, told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from participation.faults import StoreUnavailable


@contextmanager
def faults_named() -> Iterator[None]:
    """Tell what the system or a decoder says as a fault of the store."""
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(f"{error.filename or 'the store'}: {error.strerror}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreUnavailable(f"a row of the journal is damaged: {error}") from error
