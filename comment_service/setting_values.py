"""The values of settings: how each kind is read from its text."""

import re
from collections.abc import Callable
from pathlib import Path

LANGUAGES = ("de", "en")
SECOND_FACTORS = ("administrators", "everybody", "nobody")
MOST_PROXIES = 9
SWITCH = ("on", "off")
MOST_WITHIN_TEN_MINUTES = 1_000_000
LOG_LEVELS = ("debug", "info", "warning", "error")
SECRET_LENGTH = 32  # characters at least; 32 hexadecimal digits are 128 bits
MOST_CONNECTIONS = 1000  # of a process; far above what a server of PostgreSQL bears
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?", re.IGNORECASE)
ADDRESS = re.compile(
    r"(?:https://[^/@\s]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)/[^\s#]*"
)
ISSUER = re.compile(
    r"(?:https://[^/@\s?#]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)(?:/[^\s?#]*)?"
)
SITE_URL = re.compile(r"(?:https?://[^/\s]+)?/(?:[^/\s?#][^\s?#]*/)?")


class Unfit(Exception):
    """A value that cannot be used: what is wrong, and what to do."""


def file(text: str) -> Path:
    """Read the path of a file on this machine."""
    if "://" in text:
        raise Unfit(f"{text!r} is an address", "name a file on this machine")
    return Path(text).absolute()


def file_or_address(text: str) -> Path | str:
    """Read a file on this machine, or its address elsewhere."""
    if "://" not in text:
        return file(text)
    if not ADDRESS.fullmatch(text):
        raise Unfit(
            "is no address that can be trusted",  # unquoted: it may hold a password
            "write https://name.example/catalogue.json; http:// is for this machine only",
        )
    return text


def folder(text: str) -> Path | None:
    """Read the path of a folder; empty is none."""
    return file(text) if text else None


def site_url(text: str) -> str:
    """Read an address whose end is a folder."""
    address = text if text.endswith("/") else f"{text}/"
    if not SITE_URL.fullmatch(address):
        raise Unfit(f"{text!r} is no address", "write / or https://name.example/ or /path/")
    return address


def service_url(text: str) -> str:
    """Read the address of a service, with its last slash; empty is none."""
    if text and not ORIGIN.fullmatch(text.removesuffix("/")):
        raise Unfit(f"{text!r} is no such address", "write https://name.example/, without a path")
    return f"{text.removesuffix('/')}/" if text else ""


def origins(text: str) -> tuple[str, ...]:
    """Read origins, separated by commas."""
    origins = tuple(origin.strip() for origin in text.split(",") if origin.strip())
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise Unfit(f"{origin!r} is no origin", "write https://name.example, without a path")
    return origins


def secret(text: str) -> bytes | None:
    """Read a secret; empty is none."""
    if text and len(text) < SECRET_LENGTH:
        raise Unfit(
            f"is shorter than {SECRET_LENGTH} characters", "make one with: openssl rand -hex 32"
        )
    return text.encode() if text else None


def count(text: str) -> int:
    """Read a number of connections."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_CONNECTIONS:
        raise Unfit(f"{text!r} is no such number", f"write one from 1 to {MOST_CONNECTIONS}")
    return int(text)


def amount(text: str) -> int:
    """Read a number of contributions."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= MOST_WITHIN_TEN_MINUTES:
        raise Unfit(f"{text!r} is no such number", f"write one from 1 to {MOST_WITHIN_TEN_MINUTES}")
    return int(text)


def few(text: str) -> int:
    """Read a number of web servers."""
    if not text.isascii() or not text.isdecimal() or int(text) > MOST_PROXIES:
        raise Unfit(f"{text!r} is no such number", f"write one from 0 to {MOST_PROXIES}")
    return int(text)


def issuer(text: str) -> str | None:
    """Read the address of a provider of single sign-on; empty is none."""
    if text and not ISSUER.fullmatch(text):
        raise Unfit(
            "is no address that can be trusted",  # unquoted: it may hold a password
            "write https://name.example/…, as the provider names itself",
        )
    return text or None


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    """Return what reads one of these words."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            raise Unfit(f"{text!r} is unknown", f"write one of {', '.join(choices)}")
        return text.lower()

    return read
