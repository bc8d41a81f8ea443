"""The operators' commands on accounts of the editorial desk: ``python comments.py user --help``.

No password is ever an argument: those are seen by everybody on the machine, and kept by shells.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import click
import uuid_utils

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.command_line import CODES, now, settings, store_option, told
from comment_service.passwords import Passwords, new_password
from comment_service.storage.opening import open_store
from participation.account import Account
from participation.account_changes import AT_THE_DESK
from participation.log_entry import Role
from participation.refusals import InvalidInput

role_choice = click.Choice([role.value for role in AT_THE_DESK])
generate_option = click.option(
    "--generate", is_flag=True, help="make a password and print it once, instead of asking for it"
)
force_option = click.option(
    "--force", is_flag=True, help="even if nobody could look after the accounts then"
)
UNFIT = {
    "too-long": "at most {limit} characters can be taken",
    "too-short": "at least {limit} characters are needed",
    "unfit-name": "only letters, digits and . @ + - _, at most {limit} of them",
}
Environ = Mapping[str, str]


@click.group(epilog=CODES, no_args_is_help=False)
def user() -> None:
    """Look after those who work at the editorial desk."""


@user.command("add", epilog=CODES)
@store_option
@click.argument("name")
@click.option("--role", type=role_choice, required=True, help="as what they work")
@generate_option
@click.option(
    "--single-sign-on", "elsewhere", is_flag=True, help="without a password: NAME is their e-mail"
)
@click.pass_obj
def run_add(
    environ: Environ, store: str | None, name: str, role: str, *, generate: bool, elsewhere: bool
) -> int:
    """Make an account under NAME, such as an e-mail address.

    The password is asked for, unless it is to be generated.
    """
    with administering(environ, store) as use:
        password = None if elsewhere else _password(generate=generate)
        account = use.add(name, Role(role), by=Role.ADMINISTRATOR, password=password)
    return told(f"Added: {account.name}, {account.role}.{_shown(password, generate=generate)}")


@user.command("list", epilog=CODES)
@store_option
@click.pass_obj
def run_list(environ: Environ, store: str | None) -> int:
    """List all accounts: name, role and state."""
    with administering(environ, store) as use:
        found = use.accounts.store.accounts()
    for account in found:
        print("\t".join([account.name, account.role, *_state(account)]))
    return told(f"Listed: {len(found)}.")


@user.command("role", epilog=CODES)
@store_option
@click.argument("name")
@click.argument("role", type=role_choice)
@force_option
@click.pass_obj
def run_role(environ: Environ, store: str | None, name: str, role: str, *, force: bool) -> int:
    """Give the account NAME another ROLE; it counts at once."""
    with administering(environ, store) as use:
        account = _named(use, name)
        use.change_role(account.id, Role(role), by=Role.ADMINISTRATOR, force=force)
    return told(f"{account.name} is {role} now.")


@user.command("lock", epilog=CODES)
@store_option
@click.argument("name")
@force_option
@click.pass_obj
def run_lock(environ: Environ, store: str | None, name: str, *, force: bool) -> int:
    """Lock the account NAME; whoever is signed in with it is signed out at once."""
    with administering(environ, store) as use:
        account = _named(use, name)
        use.lock(account.id, by=Role.ADMINISTRATOR, force=force)
    return told(f"{account.name} is locked.")


@user.command("unlock", epilog=CODES)
@store_option
@click.argument("name")
@click.pass_obj
def run_unlock(environ: Environ, store: str | None, name: str) -> int:
    """Open the account NAME again, also after wrong tries."""
    with administering(environ, store) as use:
        account = _named(use, name)
        use.unlock(account.id, by=Role.ADMINISTRATOR)
    return told(f"{account.name} is open again.")


@user.command("reset", epilog=CODES)
@store_option
@click.argument("name")
@generate_option
@click.pass_obj
def run_reset(environ: Environ, store: str | None, name: str, *, generate: bool) -> int:
    """Give the account NAME another password, and take its second factor away."""
    with administering(environ, store) as use:
        account = _named(use, name)
        password = _password(generate=generate)
        use.reset(account.id, password, by=Role.ADMINISTRATOR)
    return told(f"{account.name} is reset.{_shown(password, generate=generate)}")


@contextmanager
def administering(environ: Environ, store: str | None) -> Iterator[Administering]:
    """Open the store and hand out what is done with its accounts."""
    with closing(open_store(settings(environ, store).store)) as here:
        use = Administering(Accounts(here), Passwords(), now, lambda: str(uuid_utils.uuid7()))
        try:
            yield use
        except InvalidInput as refusal:
            raise click.UsageError(" ".join(_words(refusal))) from refusal


def _named(use: Administering, name: str) -> Account:
    account = use.accounts.named(name)
    if account is None:
        raise click.UsageError(f"There is no account {name!r}; “user list” names them.")
    return account


def _password(*, generate: bool) -> str:
    if generate:
        return new_password()
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _shown(password: str | None, *, generate: bool) -> str:
    return f" Password, shown only now: {password}" if password and generate else ""


def _state(account: Account) -> list[str]:
    words = {
        "locked": account.is_locked,
        "second factor": account.totp_secret is not None,
        "single sign-on": account.password_hash is None or account.subject is not None,
    }
    return [word for word, holds in words.items() if holds]


def _words(refusal: InvalidInput) -> Iterator[str]:
    for field, problem in refusal.errors.items():
        yield f"{field}: {UNFIT[problem.code].format(limit=problem.limit)}."
