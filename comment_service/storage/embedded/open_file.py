"""A file that stays open as long as somebody reads it, and is closed with its last reader."""

import os
from pathlib import Path

from comment_service.storage.files import PRIVATE


class OpenFile:
    """A descriptor that is closed when nothing refers to it any more.

    Threads read while another one exchanges the file: an explicit close could let them read
    whatever was opened next under the same number.
    """

    def __init__(self, path: Path, flags: int) -> None:
        self.descriptor = os.open(path, flags | os.O_CLOEXEC, PRIVATE)

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            os.close(self.descriptor)
