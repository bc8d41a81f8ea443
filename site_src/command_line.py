"""The command line in the words of its reader: argparse itself speaks English only."""

import argparse
import re
from collections.abc import Iterable
from functools import partial
from typing import NoReturn

from site_src.messages import LANGUAGES, Translator, message, translator

WRONG_CALL = 2  # exit code
LAST_PORT = 65535
FEWEST_RELEASES = 2
HELP = message("show this help and end")
LANGUAGE = message("language of these messages: de or en")
WORDINGS = (  # what argparse says, and how we say it
    (re.compile(r"unrecognized arguments: (.*)"), message("I do not know {detail}.")),
    (re.compile(r"invalid choice: '?([^\s']+)"), message("I do not know {detail}.")),
    (re.compile(r"argument (\S+): expected one argument"), message("{detail} needs a value.")),
    (re.compile(r"argument (\S+): invalid"), message("The value of {detail} does not fit.")),
    (re.compile(r"arguments are required: (--.*)"), message("This is missing: {detail}.")),
    (re.compile(r"the following arguments are required"), message("The command is missing.")),
)


class Usage(argparse.HelpFormatter):
    """Help that begins with the reader's word for "usage"."""

    def __init__(self, prog: str, *, words: Translator) -> None:
        super().__init__(prog, max_help_position=28, width=92)
        self._words = words

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with our own word, except where argparse wants none."""
        own = self._words.gettext("Usage: ") if prefix is None else prefix
        super().add_usage(usage, actions, groups, own)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the reader's language."""

    words: Translator = translator("de")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and where to find help."""
        text = message
        for pattern, known in WORDINGS:
            match = pattern.search(message)
            if match:
                detail = match[1] if match.lastindex else ""
                text = self.words.gettext(known.english, detail=detail)
                break
        cure = self.words.gettext("“python build.py --help” shows what is possible.")
        self.exit(WRONG_CALL, f"{text} {cure}\n")


def describe(command: Parser, words: Translator) -> None:
    """Add what every command has: help and language."""
    command.formatter_class = partial(Usage, words=words)
    command._optionals.title = words.gettext("Options")  # noqa: SLF001  # argparse has no other way
    help_words, language_words = HELP.in_words(words), LANGUAGE.in_words(words)
    command.add_argument("-h", "--help", action="help", help=help_words)
    command.add_argument("--language", choices=LANGUAGES, metavar="de|en", help=language_words)


def port(stated: str) -> int:
    """Read the number of a port."""
    number = int(stated)
    if not 0 < number <= LAST_PORT:
        raise ValueError(stated)
    return number


def releases(stated: str) -> int:
    """Read how many releases are kept: the one before is still being read."""
    number = int(stated)
    if number < FEWEST_RELEASES:
        raise ValueError(stated)
    return number
