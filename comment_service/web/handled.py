"""A request that was handled: what is told of it, never by whom or with which words."""

import logging
import random
import time
from datetime import UTC, datetime
from typing import TextIO

import msgspec

log = logging.getLogger("comment_service")


class Handled(msgspec.Struct, frozen=True):
    """A request and its answer; ``route`` is the rule of its address, None if there is none."""

    method: str
    route: str | None
    status: int
    began: float  # by time.perf_counter
    request_id: str

    def told(self) -> dict[str, object]:
        """Return what its line in the log says."""
        return {
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "duration_ms": round((time.perf_counter() - self.began) * 1000, 1),
            "request_id": self.request_id,
        }


class Lines(logging.StreamHandler[TextIO]):
    """Writes the log; the line of a request without the detour of a record.

    A record knows its file, function, thread and process, which no line tells: to make and to
    format it costs more than all the rest of an answer from memory.
    """

    def write(self, handled: Handled) -> None:
        """Write the line of a request."""
        plain = {"level": "INFO", "event": "request", **handled.told()}
        written = datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251  # as logging itself does
        plain["time"] = written.isoformat()
        line = msgspec.json.encode(plain).decode()
        self.acquire()
        try:
            self.stream.write(f"{line}\n")
            self.flush()
        finally:
            self.release()


def new_request_id() -> str:
    """Return what names one request in answer and log."""
    return f"{random.getrandbits(64):016x}"  # a name, not a secret


def tell(handled: Handled) -> None:
    """Log a request: in lines of ours, or as whoever runs the application logs."""
    if not log.isEnabledFor(logging.INFO):
        return
    ours = [handler for handler in log.handlers if isinstance(handler, Lines)]
    for handler in ours:
        handler.write(handled)
    if not ours:
        log.info("request", extra=handled.told())
