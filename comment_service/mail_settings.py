"""The settings of mail: the server that takes letters, and who they are from."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from comment_service.setting_values import Unfit

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
ADDRESS = re.compile(r"[!#-'*+\-./-9=?A-Z^-~]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
LONGEST_WAIT = 3650  # days
WRITE = "write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST"
ENCODE = "special characters of the password as %40 (@), %2F (/), %3A (:), %25 (%)"


class Encryption(StrEnum):
    """How the way to the mail server is encrypted."""

    AT_ONCE = "at-once"
    STARTTLS = "starttls"
    IF_OFFERED = "if-offered"  # the server is on this machine


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes letters; without a user nobody signs in there."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who letters are from: a name, perhaps empty, and an address."""

    name: str
    address: str


def mail_server(text: str) -> MailServer | None:
    """Read the address of a mail server; empty is none. What is wrong is told unquoted."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _unfit() from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise _unfit()
    if (
        parts.path.strip("/")
        or parts.query
        or parts.fragment
        or (parts.password and not parts.username)
    ):
        raise _unfit()
    encryption = _encryption(parts)
    usual = 465 if encryption is Encryption.AT_ONCE else 587
    return MailServer(
        parts.hostname,
        port or (25 if encryption is Encryption.IF_OFFERED else usual),
        encryption,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def sender(text: str) -> Sender | None:
    """Read who letters are from: ``Stadt <mail@example.org>`` or the address alone."""
    if not text:
        return None
    named = NAMED.fullmatch(text)
    name, address = (named["name"], named["address"]) if named else ("", text)
    if not ADDRESS.fullmatch(address.strip()) or not name.isprintable():
        raise Unfit(f"{text!r} is no sender", "write NAME <name@example.org> or name@example.org")
    return Sender(name.strip().strip('"').strip(), address.strip())


def days(text: str) -> int:
    """Read a number of days."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= LONGEST_WAIT:
        raise Unfit(f"{text!r} is no such number", f"write one from 1 to {LONGEST_WAIT}")
    return int(text)


def _encryption(parts: SplitResult) -> Encryption:
    if parts.scheme == "smtps":
        return Encryption.AT_ONCE
    return Encryption.IF_OFFERED if parts.hostname in THIS_MACHINE else Encryption.STARTTLS


def _unfit() -> Unfit:
    return Unfit("is no address of a mail server", f"{WRITE}; {ENCODE}")  # it may hold a password
