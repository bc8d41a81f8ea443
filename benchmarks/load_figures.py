"""From servers that run to figures: what is asked, in which turn, and what is made of it."""

import argparse
import re
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.load_client import Result, WrongAnswer, once, run
from benchmarks.load_data import TO_READ
from benchmarks.load_subjects import Running, get

CLIENTS = (1, 8, 32)
ETAG = re.compile(rb"\r\netag: *(\S+)", re.IGNORECASE)
WARM_UP = 0.2  # seconds before each figure

Way = Callable[[int, float], Result]  # number of clients, seconds


@dataclass(frozen=True, slots=True)
class Figures:
    """The results of all rounds by number of clients."""

    results: Mapping[int, list[Result]] = field(repr=False)

    def rate(self, clients: int) -> float:
        """Return the median of answers per second."""
        return statistics.median(result.rate for result in self.results[clients])

    def latency(self, share: float, clients: int = 8) -> float:
        """Return the median, over the rounds, of a percentile in milliseconds."""
        return statistics.median(one.percentile(share) for one in self.results[clients])

    def words(self, beside: "Figures") -> str:
        """Return the cells of a table, with the ratios to another's figures."""
        rates = " / ".join(f"{self.rate(clients):,.0f}" for clients in CLIENTS)
        ratios = " / ".join(f"{self.rate(one) / beside.rate(one):.2f}" for one in CLIENTS)
        p50, p99 = self.latency(0.5), self.latency(0.99)
        return f"{rates} | {ratios} | {p50:.1f} | {p99:.1f} | {p99 / beside.latency(0.99):.2f}"


def measure_in_turn(ways: Mapping[str, Way], options: argparse.Namespace) -> dict[str, Figures]:
    """Measure all ways round by round, so that the machine's moods meet everyone."""
    results: dict[str, dict[int, list[Result]]] = {
        name: {clients: [] for clients in CLIENTS} for name in ways
    }
    for _ in range(options.rounds):
        for name, way in ways.items():
            for clients in CLIENTS:
                way(clients, WARM_UP)
                results[name][clients].append(way(clients, options.seconds))
    return {name: Figures(by_clients) for name, by_clients in results.items()}


def write(one: Running) -> Way:
    """Return the way to write comments."""
    check = one.subject.written
    if check is None:
        raise LookupError(f"{one.subject.name} takes no comments")
    request = one.write_request()
    return lambda clients, seconds: run(one.port, request, check, clients=clients, seconds=seconds)


def read(one: Running, *, accept_encoding: str = "identity", conditional: bool = False) -> Way:
    """Return the way to read: every answer must be the first one, byte for byte."""
    headers = {"Accept-Encoding": accept_encoding}
    expected = once(one.port, get(one.subject.read, headers))
    _look_at(one, expected, accept_encoding)
    if conditional:
        headers["If-None-Match"] = _etag(expected[1])
        expected = (304, b"", b"")
    request = get(one.subject.read, headers)

    def check(status: int, _head: bytes, body: bytes) -> None:
        if (status, body) != (expected[0], expected[2]):
            raise WrongAnswer(f"{one.subject.name}: {status}, {len(body)} bytes")

    return lambda clients, seconds: run(
        one.port, lambda: request, check, clients=clients, seconds=seconds
    )


def wait_for_answer(one: Running) -> None:
    """Ask once for what is read, and be content with nothing but all of it."""
    _look_at(one, once(one.port, get(one.subject.read)), "identity")


def _look_at(one: Running, answer: tuple[int, bytes, bytes], encoding: str) -> None:
    status, head, body = answer
    whole = encoding != "identity" or one.subject.write is None or body.count(b'"text"') >= TO_READ
    encoded = f"content-encoding: {encoding}".encode() in head.lower()
    if status != 200 or not whole or encoded != (encoding != "identity"):  # noqa: PLR2004  # fine
        raise WrongAnswer(f"{one.subject.name}: {status}, {head!r}, {body[:200]!r}")


def _etag(head: bytes) -> str:
    found = ETAG.search(head)
    if found is None:
        raise WrongAnswer("no ETag")
    return found[1].decode()
