"""The command that fills a demonstration; ``python comments.py samples --help`` explains it."""

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import uuid_utils

from comment_service.archived_samples import take_back
from comment_service.command_line import (
    CODES,
    FINE,
    WRONG_CALL,
    count,
    now,
    refused,
    settings,
    store_option,
    told,
)
from comment_service.samples import put_samples
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Store
from participation.faults import UnreadableContributions


@click.command("samples", epilog=CODES)
@store_option
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.pass_obj
def samples(environ: Mapping[str, str], store: str | None, files: tuple[Path, ...]) -> int:
    """Put sample contributions into the store of a demonstration.

    Each is put in once, however often this is repeated. An archive of contributions is taken
    back with its answers. Not for a store that people write to.
    """
    with closing(open_store(settings(environ, store).store)) as opened_store:
        for file in files:
            text = file.read_text("utf-8")
            try:
                added = _put(opened_store, json.loads(text))
            except (KeyError, TypeError, ValueError, UnreadableContributions) as error:
                wrong = f"{file}: these are no samples ({error!r}); mend the file"
                return refused(WRONG_CALL, wrong)
            told(f"{file.name}: added {count(added, 'contribution')}.")
    return FINE


def _put(store: Store, plain: Mapping[str, Any]) -> int:
    if "versions" in plain:
        return take_back(store, plain, new_id=_new_id)
    return put_samples(store, plain, now=now(), new_id=_new_id)


def _new_id() -> str:
    return str(uuid_utils.uuid7())
