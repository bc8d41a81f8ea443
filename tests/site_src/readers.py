"""Readers who read on while a site is published, and note all that they are given."""

import re
import threading
from collections import Counter, defaultdict
from hashlib import sha256
from http.client import HTTPConnection
from itertools import cycle
from typing import Self

READERS = 4
PATIENCE = 120.0  # seconds for all of it
ANSWER = 20.0  # seconds for one answer
ASSET = re.compile(r'(?:src|href)="(?:\.\./|\./)*(assets/[^"#?]+)"')


def digest(body: bytes) -> str:
    """Return what tells one answer from another."""
    return sha256(body).hexdigest()


class Readers:
    """Several readers, each on a connection that is kept, until they have read enough.

    ``failures`` are all answers that were no whole page; ``given`` counts by path how often
    each body was given; ``assets`` are those that the pages named.
    """

    def __init__(self, port: int, *paths: str, at_least: int) -> None:
        self.failures: list[object] = []
        self.given: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.assets: set[str] = set()
        self.reads = 0
        self._port, self._paths, self._wanted = port, paths, at_least
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._read_on, args=(number,), daemon=True)
            for number in range(READERS)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        self.wait_for(100 * READERS)
        return self

    def __exit__(self, *raised: object) -> None:
        """Let them read what is wanted in all, and a tenth of it from here on."""
        self.wait_for(max(self._wanted, self.reads + self._wanted // 10))
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    @property
    def have_enough(self) -> bool:
        """Whether what is wanted was read."""
        return self.reads >= self._wanted

    def wait_for(self, reads: int) -> None:
        """Return once that much was read in all."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.reads >= reads, PATIENCE), self.reads

    def _read_on(self, number: int) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=ANSWER)
        paths = cycle(self._paths[number:] + self._paths[:number])
        while not self._stop.is_set():
            path = next(paths)
            try:
                status, body = _read(connection, path)
                self._note(path, body, None if status == 200 and body else status)
            except Exception as error:  # noqa: BLE001  # whatever it is, a reader would see it
                self._note(path, b"", error)
                connection.close()
        connection.close()

    def _note(self, path: str, body: bytes, failure: object) -> None:
        name = digest(body)
        with self._changed:
            self.reads += 1
            if failure is not None:
                self.failures.append((path, failure))
            elif name not in self.given[path]:
                self.assets.update(ASSET.findall(body.decode("utf-8")))
            self.given[path][name] += 1
            self._changed.notify_all()


def _read(connection: HTTPConnection, path: str) -> tuple[int, bytes]:
    """Return the answer; one that is cut short, or that gives no length, is an error."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.headers["Content-Length"] != str(len(body)):
        raise ValueError(f"{len(body)} bytes of {answer.headers['Content-Length']}")
    return answer.status, body


def read(port: int, path: str) -> tuple[int, bytes]:
    """Read once, on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=ANSWER)
    try:
        return _read(connection, path)
    finally:
        connection.close()
