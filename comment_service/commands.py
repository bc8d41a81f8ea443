"""The operators' commands on what is kept; ``python comments.py --help`` lists them.

Words only: what is done stands in ``storage/``.
"""

import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from comment_service.command_line import (
    CODES,
    FINE,
    OUR_FAULT,
    PROBLEMS,
    WRONG_CALL,
    count,
    now,
    refused,
    settings,
    store_option,
    told,
)
from comment_service.log_commands import verify_log
from comment_service.mail_commands import mail
from comment_service.publication import published_at
from comment_service.retention_commands import retain
from comment_service.sample_commands import samples
from comment_service.settings import BrokenSetting
from comment_service.storage.backing_up import back_up, restore
from comment_service.storage.backup_file import DamagedBackup, read_backup
from comment_service.storage.backup_lines import End
from comment_service.storage.comparing import Compared
from comment_service.storage.copying import compare_stores, copy
from comment_service.storage.opening import open_store
from comment_service.storage.preparing import prepare
from comment_service.storage.protocol import DuplicateRecord, Store, StoreInUse
from comment_service.storage.upkeep import Compacting
from comment_service.storage.verifying import Verified, verify
from comment_service.user_commands import user
from participation.faults import StoreUnavailable, UnreadableCatalogue
from participation.refusals import (
    AccountNameTaken,
    ChangedMeanwhile,
    LastAdministrator,
)

INTERRUPTED = 130  # as shells say after Ctrl-C
HELP = "“python comments.py --help” shows what is possible."
OUTSIDE: Mapping[type[Exception], tuple[int, str]] = {
    BrokenSetting: (WRONG_CALL, "{fault}"),
    StoreUnavailable: (WRONG_CALL, "{fault}"),
    UnreadableCatalogue: (WRONG_CALL, "{fault}"),
    StoreInUse: (PROBLEMS, "{fault}; name an empty store"),
    DuplicateRecord: (
        PROBLEMS,
        "{fault}: is, or its idempotency key or name is, something else there; name an empty store",
    ),
    ChangedMeanwhile: (
        PROBLEMS,
        "{fault} Nobody else may write to the target; stop its service and run this again.",
    ),
    AccountNameTaken: (PROBLEMS, "{fault} Choose another name."),
    LastAdministrator: (PROBLEMS, "{fault} Make another one first, or use --force."),
    DamagedBackup: (PROBLEMS, "{fault}; take another backup"),
    FileExistsError: (WRONG_CALL, "{fault.filename}: is there already; name another file"),
    FileNotFoundError: (WRONG_CALL, "{fault.filename}: is not there; name another file"),
    OSError: (WRONG_CALL, "{fault.filename}: {fault.strerror}; name another file or mend this"),
}

Seen = Callable[[int], None]


def guarded(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Do what the arguments say and return the exit code; what nobody foresaw is our fault."""
    try:
        return main(arguments, environ)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception:  # noqa: BLE001  # the last guard; Python's own exit code would be PROBLEMS
        traceback.print_exc()
        return OUR_FAULT


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Do what the arguments say and return the exit code."""
    try:
        return int(
            commands.main(list(arguments), "python comments.py", standalone_mode=False, obj=environ)
            or FINE
        )
    except click.ClickException as wrong:
        return refused(WRONG_CALL, f"{wrong.format_message()} {HELP}")
    except tuple(OUTSIDE) as fault:
        code, sentence = OUTSIDE[next(kind for kind in OUTSIDE if isinstance(fault, kind))]
        return refused(code, sentence.format(fault=fault))


@click.group(
    epilog=CODES, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]}
)
def commands() -> None:
    """Look after what the comment service keeps."""


@commands.command("init", epilog=CODES)
@store_option
@click.pass_obj
def run_init(environ: Mapping[str, str], store: str | None) -> int:
    """Make a store ready: its folder or its tables.

    Repeat it at every update: it brings the tables up to date, and changes nothing else.
    """
    prepare(settings(environ, store).store)
    return told("Ready.")


@commands.command("copy", epilog=CODES)
@click.option("--from", "source", metavar="URL", required=True, help="the store that is copied")
@click.option("--to", "target", metavar="URL", required=True, help="an empty store, made by init")
def run_copy(source: str, target: str) -> int:
    """Copy everything to another store, and compare the two.

    A copy that broke off goes on where it ended. The service may go on meanwhile: what came in
    since is brought by running this again.
    """
    if source == target:
        raise click.UsageError("--from and --to name the same store.")
    with opened("--from", source) as there, opened("--to", target) as here:
        with progress("Copying") as seen:
            copy(there, here, seen)
        with progress("Comparing") as seen:
            compared = compare_stores(there, here, seen)
    return told_of(compared, "Copied", "Run this again, at last with the service stopped.")


@commands.command("verify", epilog=CODES)
@store_option
@click.option(
    "--catalogue",
    metavar="PLACE",
    help="file or address of the catalogue, to look for its paragraphs; "
    "default: RANDNOTIZ_CATALOGUE",
)
@click.pass_obj
def run_verify(environ: Mapping[str, str], store: str | None, catalogue: str | None) -> int:
    """Look for anything that is wrong with a store.

    Nothing is changed, and the service may go on.
    """
    place = catalogue or environ.get("RANDNOTIZ_CATALOGUE", "")
    chosen = settings({**environ, "RANDNOTIZ_CATALOGUE": place}, store)
    published = published_at(chosen.catalogue, now)() if place else None
    with closing(open_store(chosen.store)) as opened_store, progress("Verifying") as seen:
        verified = verify(opened_store, published, seen)
    for problem in verified.problems:
        print(problem)
    print(f"Verified: {', '.join(sizes(verified))}, {count(len(verified.problems), 'problem')}.")
    if published is None:
        print("Paragraphs were not looked for: no catalogue was named.")
    return PROBLEMS if verified.problems else FINE


@commands.command("compact", epilog=CODES)
@store_option
@click.pass_obj
def run_compact(environ: Mapping[str, str], store: str | None) -> int:
    """Write an embedded store anew, without what is outdated.

    Plain TinyDB reads it then.
    """
    with closing(open_store(settings(environ, store).store)) as here:
        if not isinstance(here, Compacting):
            return told("Nothing to do: only an embedded store has to be compacted.")
        with progress("Compacting") as seen:
            done = 0

            def tell(now_done: int, _: int) -> None:
                nonlocal done
                seen(now_done - done)
                done = now_done

            here.compact(tell)
    return told("Compacted: plain TinyDB reads contributions.json in its folder now.")


@commands.command("backup", epilog=CODES)
@store_option
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def run_backup(environ: Mapping[str, str], store: str | None, file: Path) -> int:
    """Write everything into one new FILE.

    The service may go on. The file holds names, texts that are not public, and the secret
    of the receipt codes.
    """
    with closing(open_store(settings(environ, store).store)) as there, progress("Saving") as seen:
        done = back_up(there, file, now(), seen)
    return told(f"Backed up: {listed(sizes(done.end()))} in {file}.")


@commands.command("restore", epilog=CODES)
@store_option
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def run_restore(environ: Mapping[str, str], store: str | None, file: Path) -> int:
    """Fill an empty store from the backup FILE, and compare the two."""
    backup = read_backup(file)
    length = 2 * sum(amounts(backup.end).values())  # filled, then compared
    url = settings(environ, store).store
    with closing(open_store(url)) as here, progress("Restoring", length) as seen:
        compared = restore(here, backup, seen)
    return told_of(compared, "Restored", "Empty the store and run this again.")


@contextmanager
def opened(option: str, url: str) -> Iterator[Store]:
    """Open the store that an option names."""
    try:
        store = open_store(url)
    except BrokenSetting as broken:
        raise BrokenSetting(option, broken.what, broken.cure) from None
    with closing(store):
        yield store


@contextmanager
def progress(label: str, length: int | None = None) -> Iterator[Seen]:
    """Show how far it is, to people only."""
    unknown = (0 for _ in ())  # click's word for "nobody knows how long"
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        unknown, length, label, show_pos=True, hidden=hidden, file=sys.stderr
    ) as bar:
        yield bar.update


def told_of(compared: Compared, done: str, cure: str) -> int:
    """Say how a copy compares with what it was made from."""
    if compared.same:
        return told(f"{done} and compared: {listed(sizes(compared))}.")
    return refused(
        PROBLEMS,
        f"Not the same yet: {compared.missing} missing, {compared.different} different, "
        f"{compared.foreign} that the other does not have. {cure}",
    )


def amounts(of: Compared | Verified | End) -> dict[str, int]:
    """Return how much there is of what."""
    return {
        "contribution": of.contributions,
        "decision": of.decisions,
        "account": of.accounts,
        "support": of.supports,
        "log entry": of.entries,
    }


def sizes(of: Compared | Verified | End) -> list[str]:
    """Return how much it is, in words; decisions, accounts and supports only if there are any."""
    always = ("contribution", "log entry")
    return [count(number, noun) for noun, number in amounts(of).items() if number or noun in always]


def listed(words: list[str]) -> str:
    """Return words as one enumeration."""
    return f"{', '.join(words[:-1])} and {words[-1]}"


commands.add_command(mail)
commands.add_command(retain)
commands.add_command(samples)
commands.add_command(user)
commands.add_command(verify_log)
