"""People of an evening: each reads in a browser of their own, and some of them write."""

import gzip
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Lock

from altcha import Challenge, Payload, solve_challenge

from benchmarks.load_data import TEXT

PATIENCE = 30.0  # seconds for an answer
RIPE = 2.1  # seconds that a browser keeps a proof back, however fast the evening runs
LINKED = re.compile(r'(?:href|src)="([^"#?]+\.(?:css|js))"')
IMPORTED = re.compile(r'(?:from|import)\s*\(?\s*"\./([\w.-]+\.js)"')
NO_CHANGE, CREATED, FINE = 304, 201, 200


@dataclass(slots=True)
class Evening:
    """What happened: seconds of each answer by what was asked for, and all that went wrong."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # ids of contributions
    not_public: int = 0
    lock: Lock = field(default_factory=Lock)

    def note(self, what: str, seconds: float) -> None:
        """Note how long an answer took."""
        with self.lock:
            self.seconds[what].append(seconds)

    def wrong(self, what: str, happened: object) -> None:
        """Note what should not have happened."""
        with self.lock:
            self.errors.append(f"{what}: {happened!r}"[:300])


@dataclass(frozen=True, slots=True)
class Place:
    """Where the evening takes place: the service's port, a version, and how fast time goes."""

    port: int
    slug: str
    version: int
    paragraphs: int
    pace: float  # 10: what takes people ten seconds takes one

    def think(self, shortest: float, longest: float, chance: random.Random) -> None:
        """Let somebody read, or write, for a while."""
        time.sleep(chance.uniform(shortest, longest) / self.pace)


@dataclass(slots=True)
class Answer:
    """Status, headers and body of an answer; the body as it was before it was coded."""

    status: int
    etag: str | None
    body: bytes


class Person:
    """Somebody with a browser: it keeps its connection, what it has read, and its address."""

    def __init__(self, place: Place, evening: Evening, number: int, address: str) -> None:
        self._place, self._evening, self._address = place, evening, address
        self._number = number
        self._chance = random.Random(number)  # noqa: S311  # no secret
        self._connection = HTTPConnection("127.0.0.1", place.port, timeout=PATIENCE)
        self._etags: dict[str, str] = {}  # by path
        self._has: set[str] = set()  # parts of pages that this browser has fetched

    def come(self, *, writes: int) -> None:
        """Spend the evening: read, look again, and hand in so many contributions."""
        try:
            self._spend(writes)
        except (OSError, HTTPException, ValueError, LookupError) as error:
            self._evening.wrong(f"person {self._number}", error)
        finally:
            self._connection.close()

    def _spend(self, writes: int) -> None:
        place, chance = self._place, self._chance
        self._visit("/")
        place.think(5, 20, chance)
        self._visit(f"/{place.slug}/")
        self._ask("documents", "/api/documents")
        if self._number % 10 == 0:  # somebody without JavaScript, and somebody's program
            self._ask("catalogue", "/catalogue.json")
            self._ask("page without JavaScript", f"/beitrag/{place.slug}/{place.version}")
        for turn in range(writes + 4):
            self._look("counts")
            place.think(10, 30, chance)
            if turn % 2:  # opens a panel
                self._look("contributions")
            if turn < writes:
                self._write(turn)

    def _visit(self, path: str) -> None:
        """Fetch a page with what it needs, as a browser does that has nothing of it yet."""
        page = self._ask("page", path).body.decode()
        base = path
        for linked in sorted(set(LINKED.findall(page))):
            self._fetch(_resolved(base, linked))

    def _fetch(self, path: str) -> None:
        if path in self._has:
            return
        self._has.add(path)
        part = self._ask("part of a page", path).body.decode()
        for name in IMPORTED.findall(part):
            self._fetch(f"{path.rpartition('/')[0]}/{name}")

    def _look(self, read: str, *, anew: bool = False) -> bytes:
        """Read the counts or the contributions: 304 if nothing has come since."""
        path = f"/api/documents/{self._place.slug}/{read}?version={self._place.version}"
        known = self._etags.get(path)
        named = {"If-None-Match": known} if known and not anew else {}
        if anew:
            named["Cache-Control"] = "no-cache"
        answer = self._ask(read, path, headers=named, fine=(FINE, NO_CHANGE))
        if answer.etag:
            self._etags[path] = answer.etag
        return answer.body

    def _write(self, turn: int) -> None:
        """Hand in a contribution as the panel does, and see that it is there."""
        began = time.monotonic()
        token = json.loads(self._ask("browser token", "/api/browser-tokens", body={}).body)["token"]
        proof = _solved(json.loads(self._ask("challenge", "/api/challenge").body))
        self._place.think(20, 60, self._chance)
        time.sleep(max(0.0, began + RIPE - time.monotonic()))
        number = self._chance.randint(1, self._place.paragraphs)
        words = {"kind": "comment", "text": f"{self._number}.{turn}: {TEXT}", "proof": proof}
        place = f"/api/documents/{self._place.slug}/versions/{self._place.version}"
        answer = self._ask(
            "contribute",
            f"{place}/paragraphs/{number}/contributions",
            body=words,
            headers={
                "Idempotency-Key": f"{self._number}-{turn}",
                "Authorization": f"Bearer {token}",
            },
            fine=(CREATED,),
        )
        taken = json.loads(answer.body)
        self._evening.written.append(taken["id"])
        if taken["status"] != "published":
            self._evening.not_public += 1
        elif taken["id"] not in self._look("contributions", anew=True).decode():
            self._evening.wrong("contributions", f"{taken['id']} is not among them")

    def _ask(
        self,
        what: str,
        path: str,
        *,
        body: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        fine: tuple[int, ...] = (FINE, CREATED),
    ) -> Answer:
        given = {"Accept-Encoding": "gzip", "X-Forwarded-For": self._address, **(headers or {})}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            given["Content-Type"] = "application/json"
        with self._measured(what) as measured:
            answer = self._exchange("GET" if content is None else "POST", path, content, given)
            measured(answer)
        if answer.status not in fine:
            self._evening.wrong(what, (path, answer.status, answer.body[:120]))
        return answer

    @contextmanager
    def _measured(self, what: str) -> Iterator[Callable[[Answer], None]]:
        began = time.perf_counter()

        def measured(answer: Answer) -> None:
            shown = f"{what}, 304" if answer.status == NO_CHANGE else what
            self._evening.note(shown, time.perf_counter() - began)

        yield measured

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        for is_last in (False, True):
            try:
                self._connection.request(method, path, body, headers)
                answer = self._connection.getresponse()
                plain = answer.read()
            except (ConnectionError, HTTPException):
                self._connection.close()  # an idle one that the server closed: as a browser does
                if is_last:
                    raise
                continue
            if answer.headers.get("Content-Encoding") == "gzip":
                plain = gzip.decompress(plain)
            return Answer(answer.status, answer.headers.get("ETag"), plain)
        raise LookupError(path)


def _resolved(base: str, linked: str) -> str:
    """Return the path of what a page links to, relative as the generator writes it."""
    if linked.startswith("/"):
        return linked
    parts = base.strip("/").split("/") if base.strip("/") else []
    for part in linked.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/" + "/".join(parts)


def _solved(challenge: dict[str, object]) -> str:
    made = Challenge.from_dict(challenge)
    solution = solve_challenge(made)
    if solution is None:
        raise ValueError("a challenge could not be solved in time")
    return Payload(made, solution).to_base64()
