"""The settings of the service: each is declared once, with its name, default and meaning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Self, get_type_hints

from comment_service import setting_values as values
from comment_service.mail_settings import MailServer, Sender, days, mail_server, sender
from participation.caution import Ordinary
from participation.faults import Fault

PREFIX = "RANDNOTIZ_"


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
        Declared("8", "Connections to PostgreSQL that each process opens, at most.", values.count),
    ]
    catalogue: Annotated[
        Path | str,
        Declared(
            "site/catalogue.json",
            "What is published, and when it takes comments, as the site's build writes it: "
            "a file, or its address such as `https://texte.example.org/catalogue.json`.",
            values.file_or_address,
        ),
    ]
    site: Annotated[
        Path | None,
        Declared(
            "",
            "Folder of the built site, to serve it on the same address. "
            "Empty: the API and the forms only.",
            values.folder,
        ),
    ]
    site_url: Annotated[
        str,
        Declared(
            "/",
            "Where readers find the site, such as `https://texte.example.org/`; "
            "the forms link back to its paragraphs.",
            values.site_url,
        ),
    ]
    service_url: Annotated[
        str,
        Declared(
            "",
            "Where this service is found from outside, such as `https://texte.example.org/`; "
            "what it hands out names itself by it. Empty: as the request says.",
            values.service_url,
        ),
    ]
    allowed_origins: Annotated[
        tuple[str, ...],
        Declared(
            "",
            "Origins, separated by commas, whose pages may call the API from a browser, "
            "such as `https://texte.example.org`. Empty: only the service's own.",
            values.origins,
        ),
    ]
    secret: Annotated[
        bytes | None,
        Declared(
            "",
            "Keys the receipt codes; 32 characters or more. Empty: the store keeps one of its own.",
            values.secret,
        ),
    ] = field(repr=False)
    language: Annotated[
        str,
        Declared(
            "de",
            "Language of the texts, and of the pages for whoever asks for none: `de` or `en`.",
            values.one_of(values.LANGUAGES),
        ),
    ]
    publish_dir: Annotated[
        Path | None,
        Declared(
            "",
            "Folder in which the public reads are kept as files, for a web server or a bucket. "
            "Empty: none are written.",
            values.folder,
        ),
    ]
    metrics_token: Annotated[
        bytes | None,
        Declared(
            "",
            "Whoever sends it as `Authorization: Bearer …` may read `/metrics`; 32 characters or "
            "more. Empty: there is no such address.",
            values.secret,
        ),
    ] = field(repr=False)
    second_factor: Annotated[
        str,
        Declared(
            "administrators",
            "Who must set up a second factor before anything else at the editorial desk: "
            "`administrators`, `everybody` or `nobody`.",
            values.one_of(values.SECOND_FACTORS),
        ),
    ]
    oidc_issuer: Annotated[
        str | None,
        Declared(
            "",
            "Provider of single sign-on for the editorial desk (OpenID Connect), such as "
            "`https://login.example.org/realms/stadt`. Empty: passwords only.",
            values.issuer,
        ),
    ]
    oidc_client_id: Annotated[
        str, Declared("", "What the provider calls this service; needed with an issuer.")
    ]
    oidc_client_secret: Annotated[
        str, Declared("", "What the service proves itself with at the provider.")
    ] = field(repr=False)
    smtp_url: Annotated[
        MailServer | None,
        Declared(
            "",
            "Mail server that takes letters to those who want to be told of an answer: "
            "`smtp://USER:PASSWORD@HOST:587` (STARTTLS, unless it is on this machine) or "
            "`smtps://USER:PASSWORD@HOST` (encrypted at once). Empty: there is no mail.",
            mail_server,
        ),
    ] = field(repr=False)
    mail_from: Annotated[
        Sender | None,
        Declared(
            "",
            "Who the letters are from, such as `Stadt Musterstadt <beteiligung@example.org>`; "
            "needed with a mail server.",
            sender,
        ),
    ]
    mail_keep_days: Annotated[
        int,
        Declared(
            "365",
            "After so many days without an answer to the contribution, a confirmed address is "
            "deleted.",
            days,
        ),
    ]
    proxies: Annotated[
        int,
        Declared(
            "0",
            "Web servers in front that each add to `X-Forwarded-For`; by the address that the "
            "first of them saw, wrong tries to sign in and contributions are counted. With 0 the "
            "header is not read.",
            values.few,
        ),
    ]
    rate_limits: Annotated[
        str,
        Declared(
            "on",
            "`off`: contributions and requests are not counted, and nothing waits because of it. "
            "For load tests.",
            values.one_of(values.SWITCH),
        ),
    ]
    unproven_per_address: Annotated[
        int,
        Declared(
            str(Ordinary().unproven),
            "Contributions from one address within ten minutes that are public at once without a "
            "proof of work (of programs, and of browsers without JavaScript); those after them "
            "are reviewed first.",
            values.amount,
        ),
    ]
    most_per_address: Annotated[
        int,
        Declared(
            str(Ordinary().from_one_place),
            "Contributions from one address within ten minutes that are taken at all; whoever "
            "sends more is asked to wait, and keeps the text. A school or a town hall has one "
            "address for everybody in it.",
            values.amount,
        ),
    ]
    brake: Annotated[
        int,
        Declared(
            str(Ordinary().at_once),
            "Contributions on one document within ten minutes, from whomever, after which further "
            "ones are reviewed first and the desk is told, until it is quiet again.",
            values.amount,
        ),
    ]
    log_level: Annotated[
        str,
        Declared(
            "info",
            "How much is logged: `debug`, `info`, `warning` or `error`.",
            values.one_of(values.LOG_LEVELS),
        ),
    ]

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings from environment variables; an empty one counts as unset.

        Raises:
            BrokenSetting: If a value cannot be used.
        """
        settings = cls(
            **{
                variable.removeprefix(PREFIX).lower(): _read(variable, setting, environ)
                for variable, setting in declared().items()
            }
        )
        _refuse_halves(settings)
        return settings


def ordinary(settings: Settings) -> Ordinary | None:
    """Return which amounts of contributions are ordinary; None if nothing is to be counted."""
    if settings.rate_limits == "off":
        return None
    return Ordinary(settings.unproven_per_address, settings.most_per_address, settings.brake)


def declared() -> dict[str, Declared]:
    """Return every setting there is by its variable, in the order of the manual."""
    hints = get_type_hints(Settings, include_extras=True)
    return {f"{PREFIX}{name.upper()}": hint.__metadata__[0] for name, hint in hints.items()}


def _refuse_halves(settings: Settings) -> None:
    if settings.oidc_issuer and not settings.oidc_client_id:
        raise BrokenSetting(
            "RANDNOTIZ_OIDC_CLIENT_ID",
            "is empty, but there is an issuer",
            "write what the provider calls this service",
        )
    if settings.smtp_url and not settings.mail_from:
        raise BrokenSetting(
            "RANDNOTIZ_MAIL_FROM",
            "is empty, but there is a mail server",
            "write who letters are from: Stadt Musterstadt <beteiligung@example.org>",
        )
    if settings.smtp_url and not settings.service_url:
        raise BrokenSetting(
            "RANDNOTIZ_SERVICE_URL",
            "is empty, but there is a mail server",
            "write where the links in letters lead: https://texte.example.org/",
        )


def _read(variable: str, setting: Declared, environ: Mapping[str, str]) -> Any:
    text = environ.get(variable, "").strip() or setting.default
    try:
        return setting.read(text)
    except values.Unfit as unfit:
        raise BrokenSetting(variable, *unfit.args) from None
