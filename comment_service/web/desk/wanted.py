"""What is looked for, in the query of an address: it can be kept as a bookmark."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from comment_service.desk_search import Wanted
from comment_service.web.forms import NUMBER
from participation.contribution import Channel, ContributionKind, ContributionStatus

Choice = TypeVar("Choice", bound=StrEnum)
ANSWERED = {"yes": True, "no": False}


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Read what is looked for; what makes no sense counts as not said."""
    return Wanted(
        document=query.get("document") or None,
        version=read_number(query.get("version", "")),
        number=read_number(query.get("number", "")),
        kind=_choice(ContributionKind, query.get("kind", "")),
        status=_choice(ContributionStatus, query.get("status", "")),
        channel=_choice(Channel, query.get("channel", "")),
        is_answered=ANSWERED.get(query.get("answered", "")),
        words=query.get("words", "").strip(),
    )


def read_number(text: str) -> int | None:
    """Read a number, if it is one."""
    return int(text) if NUMBER.fullmatch(text) else None


def _choice(choices: type[Choice], text: str) -> Choice | None:
    return choices(text) if text in set(choices) else None
