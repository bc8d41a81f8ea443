"""The settings of the service: each is declared once, with its name, default and meaning."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Self, get_type_hints

from participation.faults import Fault

PREFIX = "RANDNOTIZ_"
LANGUAGES = ("de", "en")
LOG_LEVELS = ("debug", "info", "warning", "error")
SECRET_LENGTH = 32  # characters at least; 32 hexadecimal digits are 128 bits
MOST_CONNECTIONS = 1000  # of a process; far above what a server of PostgreSQL bears
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?", re.IGNORECASE)
ADDRESS = re.compile(
    r"(?:https://[^/@\s]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)/[^\s#]*"
)
SITE_URL = re.compile(r"(?:https?://[^/\s]+)?/(?:[^/\s?#][^\s?#]*/)?")


class BrokenSetting(Fault):
    """A setting cannot be used; the message names it, says what is wrong and what to do."""

    def __init__(self, name: str, what: str, cure: str) -> None:
        super().__init__(f"{name}: {what}; {cure}")
        self.name, self.what, self.cure = name, what, cure


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting as ``docs/manual.md`` tells it, and the function that reads its text."""

    default: str
    meaning: str
    read: Callable[[str], Any] = str


class _Unfit(Exception):
    """A value that a reader cannot use: what is wrong, and what to do."""


def _file(text: str) -> Path:
    if "://" in text:
        raise _Unfit(f"{text!r} is an address", "name a file on this machine")
    return Path(text).absolute()


def _file_or_address(text: str) -> Path | str:
    if "://" not in text:
        return _file(text)
    if not ADDRESS.fullmatch(text):
        raise _Unfit(
            "is no address that can be trusted",  # unquoted: it may hold a password
            "write https://name.example/catalogue.json; http:// is for this machine only",
        )
    return text


def _folder(text: str) -> Path | None:
    return _file(text) if text else None


def _site_url(text: str) -> str:
    address = text if text.endswith("/") else f"{text}/"
    if not SITE_URL.fullmatch(address):
        raise _Unfit(f"{text!r} is no address", "write / or https://name.example/ or /path/")
    return address


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(origin.strip() for origin in text.split(",") if origin.strip())
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise _Unfit(f"{origin!r} is no origin", "write https://name.example, without a path")
    return origins


def _secret(text: str) -> bytes | None:
    if text and len(text) < SECRET_LENGTH:
        raise _Unfit(
            f"is shorter than {SECRET_LENGTH} characters", "make one with: openssl rand -hex 32"
        )
    return text.encode() if text else None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_CONNECTIONS:
        raise _Unfit(f"{text!r} is no such number", f"write one from 1 to {MOST_CONNECTIONS}")
    return int(text)


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in choices:
            raise _Unfit(f"{text!r} is unknown", f"write one of {', '.join(choices)}")
        return text.lower()

    return read


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, read and checked; the variable of ``store`` is ``RANDNOTIZ_STORE``."""

    store: Annotated[
        str,
        Declared(
            "embedded:data",
            "Where contributions are kept: `embedded:FOLDER` (one machine), "
            "`postgresql://USER:PASSWORD@HOST/DATABASE` (any number of machines) "
            "or `memory:` (for tests: gone with the process).",
        ),
    ] = field(repr=False)  # it may hold a password
    store_connections: Annotated[
        int,
        Declared("8", "Connections to PostgreSQL that each process opens, at most.", _count),
    ]
    catalogue: Annotated[
        Path | str,
        Declared(
            "site/catalogue.json",
            "What is published, and when it takes comments, as the site's build writes it: "
            "a file, or its address such as `https://texte.example.org/catalogue.json`.",
            _file_or_address,
        ),
    ]
    site: Annotated[
        Path | None,
        Declared(
            "",
            "Folder of the built site, to serve it on the same address. "
            "Empty: the API and the forms only.",
            _folder,
        ),
    ]
    site_url: Annotated[
        str,
        Declared(
            "/",
            "Where readers find the site, such as `https://texte.example.org/`; "
            "the forms link back to its paragraphs.",
            _site_url,
        ),
    ]
    allowed_origins: Annotated[
        tuple[str, ...],
        Declared(
            "",
            "Origins, separated by commas, whose pages may call the API from a browser, "
            "such as `https://texte.example.org`. Empty: only the service's own.",
            _origins,
        ),
    ]
    secret: Annotated[
        bytes | None,
        Declared(
            "",
            "Keys the receipt codes; 32 characters or more. Empty: the store keeps one of its own.",
            _secret,
        ),
    ] = field(repr=False)
    language: Annotated[
        str,
        Declared(
            "de",
            "Language of the texts, and of the pages for whoever asks for none: `de` or `en`.",
            _one_of(LANGUAGES),
        ),
    ]
    publish_dir: Annotated[
        Path | None,
        Declared(
            "",
            "Folder in which the public reads are kept as files, for a web server or a bucket. "
            "Empty: none are written.",
            _folder,
        ),
    ]
    metrics_token: Annotated[
        bytes | None,
        Declared(
            "",
            "Whoever sends it as `Authorization: Bearer …` may read `/metrics`; 32 characters or "
            "more. Empty: there is no such address.",
            _secret,
        ),
    ] = field(repr=False)
    log_level: Annotated[
        str,
        Declared(
            "info",
            "How much is logged: `debug`, `info`, `warning` or `error`.",
            _one_of(LOG_LEVELS),
        ),
    ]

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings from environment variables; an empty one counts as unset.

        Raises:
            BrokenSetting: If a value cannot be used.
        """
        return cls(
            **{
                variable.removeprefix(PREFIX).lower(): _read(variable, setting, environ)
                for variable, setting in declared().items()
            }
        )


def declared() -> dict[str, Declared]:
    """Return every setting there is by its variable, in the order of the manual."""
    hints = get_type_hints(Settings, include_extras=True)
    return {f"{PREFIX}{name.upper()}": hint.__metadata__[0] for name, hint in hints.items()}


def _read(variable: str, setting: Declared, environ: Mapping[str, str]) -> Any:
    text = environ.get(variable, "").strip() or setting.default
    try:
        return setting.read(text)
    except _Unfit as unfit:
        raise BrokenSetting(variable, *unfit.args) from None
