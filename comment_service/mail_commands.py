"""The operators' commands on mail; ``python comments.py mail --help`` explains them."""

from collections.abc import Iterable, Mapping
from contextlib import closing

import click
import uuid_utils

from comment_service.app import create_service
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
from comment_service.posting import Posted, Posting
from comment_service.settings import BrokenSetting
from comment_service.storage.mail.store import MailStore
from comment_service.storage.mail.wish import Wish


@click.group("mail", epilog=CODES)
def mail() -> None:
    """Look after letters, and the addresses they go to."""


@mail.command("send", epilog=CODES)
@store_option
@click.pass_obj
def send(environ: Mapping[str, str], store: str | None) -> int:
    """Send all letters that are due.

    A service that runs does so by itself; where there are functions only, run this every few
    minutes. Both at once do no harm.
    """
    chosen = settings(environ, store)
    made = create_service(chosen, clock=now, new_id=lambda: str(uuid_utils.uuid7())).made_of
    if made.post_office is None:
        raise BrokenSetting("RANDNOTIZ_SMTP_URL", "is empty", "name a mail server")
    with closing(made.commenting.store), closing(made.post_office.kept):
        posted = _all(made.post_office.posting)
    if posted.trouble:
        return refused(
            PROBLEMS, f"Sent: {posted.sent}. The mail server is in trouble: {posted.trouble}"
        )
    sentence = f"Sent: {posted.sent}, put off: {posted.put_off}, given up: {posted.given_up}."
    return refused(PROBLEMS, sentence) if posted.given_up else told(sentence)


@mail.command("status", epilog=CODES)
@store_option
@click.pass_obj
def status(environ: Mapping[str, str], store: str | None) -> int:
    """Tell what is due, what was given up, and how the server is."""
    with closing(MailStore(settings(environ, store).store)) as kept:
        wishes, given_up, trouble = kept.wishes(), kept.given_up(), kept.trouble()
    for line in _amounts(wishes):
        print(line)
    for one in given_up:
        print(f"Given up at {one.at.isoformat(timespec='seconds')}, {one.letter}: {one.reply}")
    if trouble is None:
        return told("No trouble with the mail server is known.")
    since, next_try = (
        moment.isoformat(timespec="seconds") for moment in (trouble.since, trouble.next_try_at)
    )
    return refused(
        PROBLEMS,
        f"The mail server is in trouble since {since}, next try at {next_try}: {trouble.reason}",
    )


@mail.command("forget", epilog=CODES)
@store_option
@click.confirmation_option(prompt="Delete all addresses? Nobody will be told of an answer.")
@click.pass_obj
def forget(environ: Mapping[str, str], store: str | None) -> int:
    """Delete all addresses and letters.

    Run it before you take the mail server out of the settings.
    """
    with closing(MailStore(settings(environ, store).store)) as kept:
        gone = kept.forget([wish.id for wish in kept.wishes()])
    return told(f"Deleted: {_addresses(gone)}.")


@mail.command("move", epilog=CODES)
@click.option("--from", "source", metavar="URL", required=True, help="the store that is left")
@click.option("--to", "target", metavar="URL", required=True, help="the store that was copied to")
def move(source: str, target: str) -> int:
    """Bring all addresses to another store, out of the first.

    Run it after “copy”, with the service stopped: copies and backups have no addresses.
    """
    if source == target:
        raise click.UsageError("--from and --to name the same store.")
    with closing(MailStore(source)) as there, closing(MailStore(target)) as here:
        wishes = there.wishes()
        here.take_over(wishes)
        gone = there.forget([wish.id for wish in wishes])
    return told(f"Moved: {_addresses(gone)}.")


def _all(posting: Posting) -> Posted:
    all_of_them = Posted()
    while not all_of_them.trouble:
        posted = posting.round()
        all_of_them += posted
        if not posted.sent:
            break
    return all_of_them


def _amounts(wishes: Iterable[Wish]) -> list[str]:
    known = list(wishes)
    confirmed = sum(wish.confirmed_at is not None for wish in known)
    due = [wish.letter_at for wish in known if wish.letter_at is not None]
    oldest = f", the oldest since {min(due).isoformat(timespec='seconds')}" if due else ""
    return [
        f"Addresses: {confirmed} confirmed, {len(known) - confirmed} not yet confirmed.",
        f"Due: {count(len(due), 'letter')}{oldest}.",
    ]


def _addresses(number: int) -> str:
    return f"{number:,} {'address' if number == 1 else 'addresses'}"
