"""The operators' command for cron; ``python comments.py retain --help`` explains it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing

import click
import uuid_utils

from comment_service.changing_contributions import Changing, Treated
from comment_service.command_line import (
    CODES,
    PROBLEMS,
    count,
    now,
    refused,
    settings,
    store_option,
    told,
)
from comment_service.erasing import Erasing
from comment_service.marks import Marks
from comment_service.publication import published_at
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Store
from comment_service.storage.upkeep import Compacting
from participation.contribution import Contribution


@click.command("retain", epilog=CODES)
@store_option
@click.option("--dry-run", is_flag=True, help="only print what would be erased")
@click.pass_obj
def retain(environ: Mapping[str, str], store: str | None, *, dry_run: bool) -> int:
    """Erase what has been kept for as long as its document says.

    Documents say it in their front matter (retention: P2Y), and the catalogue hands it on. Of
    what is public the names go; of all else the text, too. Run it once a day, from cron; the
    service may go on.
    """
    chosen = settings(environ, store)
    with closing(open_store(chosen.store)) as here:
        erasing = _erasing(here)
        due = erasing.due(published_at(chosen.catalogue, now)())
        _list(due)
        if dry_run:
            return told(f"Would erase what is personal in {count(len(due), 'contribution')}.")
        treated = erasing.retain(due)
    if due:
        _clear(chosen.store)
    return _told(treated)


def _erasing(store: Store) -> Erasing:
    marks = Marks(store.state, patience=0.0, elapsed=lambda: 0.0)
    return Erasing(Changing(store, marks, now, lambda: str(uuid_utils.uuid7())))


def _clear(store: str) -> None:
    """Have what was erased leave the disk; what the store has begun on its own is over by now."""
    with closing(open_store(store)) as here:
        if isinstance(here, Compacting):
            here.compact(lambda _done, _all: None)


def _list(due: Sequence[Contribution]) -> None:
    for (slug, status), number in sorted(Counter((d.ref.document, d.status) for d in due).items()):
        print(f"{slug}: {count(number, 'contribution')}, {status}")


def _told(treated: Sequence[Treated]) -> int:
    stayed = [one for one in treated if one.refusal is not None]
    if stayed:
        return refused(
            PROBLEMS,
            f"{count(len(stayed), 'contribution')} changed in between; run this again.",
        )
    return told(f"Erased what is personal in {count(len(treated), 'contribution')}.")
