"""Log entries as they were when only contributions were changed."""

from collections.abc import Mapping
from typing import Any

import msgspec

from participation.log_entry import LogEntry


def entry_of_old(row: Mapping[str, Any]) -> LogEntry:
    """Return the log entry of a plain one whose subject was called ``contribution_id``.

    Raises:
        msgspec.ValidationError: If it is none.
    """
    plain = {"subject" if name == "contribution_id" else name: row[name] for name in row}
    return msgspec.convert(plain, LogEntry)
