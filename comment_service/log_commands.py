"""The operators' command on the log; ``python comments.py verify-log --help`` explains it."""

from collections.abc import Mapping
from contextlib import closing

import click

from comment_service.command_line import CODES, PROBLEMS, count, settings, store_option, told
from comment_service.storage.opening import open_store
from participation.log_chain import BEGINNING, first_break


@click.command("verify-log", epilog=CODES)
@store_option
@click.option(
    "--noted",
    metavar="DIGEST",
    help="a last digest of before: it has to stand in the log, or something was cut off",
)
@click.pass_obj
def verify_log(environ: Mapping[str, str], store: str | None, noted: str | None) -> int:
    """Look whether the log is as it was written, entry by entry.

    Note the last digest somewhere else: with it you can tell, later, that nothing that was logged
    until then was changed, left out or put in between.
    """
    with closing(open_store(settings(environ, store).store)) as opened_store:
        log = opened_store.log()
    broken = first_break(log)
    if broken is not None:
        place = count(log.index(broken), "entry")
        return problem(
            f"log entry {broken.entry.id} of {broken.entry.at.isoformat()}, after {place}: "
            "is not as it was written, or what was before it is not"
        )
    digests = [BEGINNING, *(logged.digest for logged in log)]
    if noted is not None and noted.strip().lower() not in digests:
        return problem(
            "The noted digest is not in the log: its end was cut off, or it was written anew."
        )
    return told(f"The log is whole: {count(len(log), 'entry')}, last digest {digests[-1]}.")


def problem(sentence: str) -> int:
    """Print what is wrong."""
    print(sentence)
    return PROBLEMS
