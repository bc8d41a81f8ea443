"""The command that fills a demonstration; ``python comments.py samples --help`` explains it."""

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import click
import uuid_utils

from comment_service.command_line import (
    CODES,
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


@click.command("samples", epilog=CODES)
@store_option
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def samples(environ: Mapping[str, str], store: str | None, file: Path) -> int:
    """Put sample contributions into the store of a demonstration.

    Each is put in once, however often this is repeated. Not for a store that people write to.
    """
    text = file.read_text("utf-8")
    with closing(open_store(settings(environ, store).store)) as opened_store:
        try:
            plain = json.loads(text)
            added = put_samples(
                opened_store, plain, now=now(), new_id=lambda: str(uuid_utils.uuid7())
            )
        except (KeyError, TypeError, ValueError) as error:
            return refused(WRONG_CALL, f"{file}: these are no samples ({error!r}); mend the file")
    return told(f"Added {count(added, 'sample')}.")
