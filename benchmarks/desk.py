"""How long the desk takes for a page with 10,000 contributions, on both stores, in one run.

``python -m benchmarks.desk`` fills an embedded store and a PostgreSQL of its own, signs an editor
in, and asks for each page: first right after a change, when all is read anew, then again.
"""

import argparse
import hashlib
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import uuid_utils
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.stores import say
from comment_service.app import create_app
from comment_service.settings import Settings
from comment_service.storage.preparing import prepare
from comment_service.storage.protocol import Change, Kept, Store
from comment_service.web.desk.cookie import NAME
from participation.account import Account
from participation.catalogue import plain_catalogue
from participation.contribution import Contribution, ContributionStatus
from participation.log_entry import Changed, LogEntry, Role
from participation.paragraph import ParagraphRef
from participation.sessions import signed_in
from tests.factories import make_catalogue, make_contribution, make_document
from tests.servers.postgres import running_cluster

STORED, ROUNDS, PART = 10_000, 5, 1000
HOST, TOKEN = "texte.example.org", "token"
SLUGS = ("leitlinien", "methodenkoffer")
WORDS = "Bitte mehr Bänke und Bäume am Marktplatz, damit man im Schatten sitzen kann. "
BEGAN = datetime(2024, 3, 8, tzinfo=UTC)


def contribution(number: int) -> Contribution:
    """Return one of many; every tenth waits."""
    waits = number % 10 == 0
    return make_contribution(
        str(uuid_utils.uuid7()),
        ref=ParagraphRef(SLUGS[number % 2], 1, 1 + number % 3),
        text=f"Beitrag {number}. {WORDS * (1 + number % 4)}",
        received_at=BEGAN + timedelta(minutes=number),
        status=ContributionStatus.PENDING if waits else ContributionStatus.PUBLISHED,
        receipt_digest=hashlib.sha256(str(number).encode()).hexdigest(),
    )


def fill(store: Store) -> None:
    """Keep contributions, with an entry of the log for each, and the account of an editor."""
    for start in range(0, STORED, PART):
        new = [contribution(number) for number in range(start, start + PART)]
        store.add_all([Kept(one, None) for one in new])
        store.change([Change(new[0], replace(new[0], name="Bob"))], [entry(one) for one in new])
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    account = signed_in(Account("a1", "eva", Role.EDITOR), digest, BEGAN)
    store.change([Change(None, account)], [])


def entry(one: Contribution) -> LogEntry:
    """Return what the log says of a contribution that was published."""
    at, entry_id = one.received_at, str(uuid_utils.uuid7())
    return LogEntry(
        entry_id, at, Role.MODERATOR, one.id, Changed.STATUS, "pending", "published", None
    )


def pages(desk: "_Https") -> Iterator[str]:
    """Return the addresses that are measured."""
    queue = "/redaktion/beitraege"
    yield queue
    yield f"{queue}?status=pending"
    yield f"{queue}?words=schatten+b%C3%A4nke+9999"
    yield f"{queue}?document=leitlinien&number=3&page=20"
    found = re.search(rf"{queue}/[0-9a-f-]{{36}}", desk.get(f"{queue}?document={SLUGS[0]}").text)
    if found is None:
        raise LookupError("the list of contributions is empty")
    yield found[0]
    yield f"{found[0]}/schwaerzen"
    yield f"/redaktion/loeschen?chosen={found[0].rpartition('/')[2]}"
    yield "/redaktion/protokoll"


def measure(desk: FlaskClient, store: Store, address: str) -> tuple[float, float]:
    """Return milliseconds right after a change, and after nothing has changed."""
    after_change, again = [], []
    for _ in range(ROUNDS):
        one = store.of_document(SLUGS[0])[-1]
        name = None if one.name else "Ada"
        store.change([Change(one, replace(one, name=name))], [entry(one)])
        after_change.append(seconds(desk, address))
        again.append(seconds(desk, address))
    return statistics.median(after_change) * 1000, statistics.median(again) * 1000


def seconds(desk: FlaskClient, address: str) -> float:
    """Return how long one page takes."""
    began = time.perf_counter()
    answer = desk.get(address, base_url=f"https://{HOST}")
    took = time.perf_counter() - began
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address}: {answer.status}")
    return took


def run(url: str, catalogue: Path) -> None:
    """Fill a store and print what its pages take."""
    prepare(url)
    environ = {"RANDNOTIZ_STORE": url, "RANDNOTIZ_CATALOGUE": str(catalogue)}
    app = create_app(
        Settings.read(environ),
        clock=lambda: BEGAN + timedelta(hours=1),
        new_id=lambda: str(uuid_utils.uuid7()),
    )
    store = app.extensions["randnotiz"].commenting.store
    fill(store)
    desk = app.test_client()
    desk.set_cookie(NAME, f"a1.{TOKEN}", domain=HOST, secure=True)
    desk.get("/redaktion/", base_url=f"https://{HOST}")
    for address in pages(_Https(desk)):
        changed, again = measure(desk, store, address)
        shown = re.sub(r"[0-9a-f-]{36}", "ID", address)
        say(f"| {url.partition(':')[0]} | `{shown}` | {changed:.0f} | {again:.0f} |")
    store.close()


class _Https:
    def __init__(self, desk: FlaskClient) -> None:
        self._desk = desk

    def get(self, address: str) -> TestResponse:
        return self._desk.get(address, base_url=f"https://{HOST}")


@contextmanager
def published() -> Iterator[Path]:
    """Write a catalogue of two documents."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.json"
        documents = [make_document(slug) for slug in SLUGS]
        path.write_text(json.dumps(plain_catalogue(make_catalogue(*documents))))
        yield path


def main() -> None:
    """Measure both stores."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    say(f"{STORED:,} contributions, {ROUNDS} rounds, {os.cpu_count()} cores; medians in ms")
    say("| store | page | right after a change | again |\n|---|---|---|---|")
    with published() as catalogue:
        with tempfile.TemporaryDirectory() as folder:
            run(f"embedded:{folder}/data", catalogue)
        with running_cluster({}) as cluster:
            cluster.create_database("desk")
            run(cluster.tcp_url("desk"), catalogue)


if __name__ == "__main__":
    main()
