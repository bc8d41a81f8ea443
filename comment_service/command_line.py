"""What all commands of the operators share: options, exit codes, and how they speak."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime

import click

from comment_service.settings import Settings

FINE, PROBLEMS, WRONG_CALL, OUR_FAULT = 0, 1, 2, 3
CODES = (
    "Exit codes: 0 all is well, 1 it was refused or problems were found, "
    "2 the call or the surroundings are wrong, 3 the fault is ours."
)
store_option = click.option(
    "--store",
    metavar="URL",
    help="embedded:FOLDER or postgresql://USER@HOST/DATABASE; default: RANDNOTIZ_STORE",
)


def settings(environ: Mapping[str, str], store: str | None) -> Settings:
    """Read the settings, with the store that was named."""
    return Settings.read({**environ, **({"RANDNOTIZ_STORE": store} if store else {})})


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def told(sentence: str) -> int:
    """Print what was done."""
    print(sentence)
    return FINE


def refused(code: int, sentence: str) -> int:
    """Print in one line why nothing, or not all, was done, and return the exit code."""
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)
