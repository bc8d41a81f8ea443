"""Moderation: what is done to a contribution that was taken, and from which status it can be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from participation.contribution import Contribution, ContributionStatus, Hiding, tidy
from participation.refusals import FieldProblem, InvalidInput, StatusForbids

NOTE_LIMIT = 500  # characters, for the author to read


class Act(StrEnum):
    """What changes the status of a contribution."""

    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"
    WITHDRAW = "withdraw"


_PENDING, _PUBLISHED, _HIDDEN, _WITHDRAWN = ContributionStatus
POSSIBLE: Mapping[Act, frozenset[ContributionStatus]] = {
    Act.PUBLISH: frozenset({_PENDING}),
    Act.HIDE: frozenset({_PENDING, _PUBLISHED}),
    Act.RESTORE: frozenset({_HIDDEN}),
    Act.WITHDRAW: frozenset({_PENDING, _PUBLISHED, _HIDDEN}),
}


def is_possible(act: Act, contribution: Contribution) -> bool:
    """Say whether the status of a contribution lets it be done."""
    return contribution.status in POSSIBLE[act]


def published(contribution: Contribution) -> Contribution:
    """Return the contribution, which was waiting, as everybody sees it.

    Raises:
        StatusForbids: If it was not waiting.
    """
    _refuse_impossible(Act.PUBLISH, contribution)
    return replace(contribution, status=_PUBLISHED)


def hidden(contribution: Contribution, why: Hiding) -> Contribution:
    """Return the contribution as nobody but its author and the desk sees it.

    Raises:
        StatusForbids: If it was hidden or withdrawn before.
        InvalidInput: If the note is too long.
    """
    _refuse_impossible(Act.HIDE, contribution)
    return replace(contribution, status=_HIDDEN, hidden=Hiding(why.reason, _note(why.note)))


def restored(contribution: Contribution) -> Contribution:
    """Return the contribution, which was hidden, as everybody sees it.

    Raises:
        StatusForbids: If it was not hidden.
    """
    _refuse_impossible(Act.RESTORE, contribution)
    return replace(contribution, status=_PUBLISHED, hidden=None)


def withdrawn(contribution: Contribution) -> Contribution:
    """Return the contribution as its author took it back, which no window keeps them from.

    Raises:
        StatusForbids: If it was withdrawn before.
    """
    _refuse_impossible(Act.WITHDRAW, contribution)
    return replace(contribution, status=_WITHDRAWN)


def erased(contribution: Contribution, now: datetime) -> Contribution:
    """Return the contribution without text, wording, name and note; place, kind and status stay.

    What stood there before corrections is gone, too, and the mark of its author's browser; where
    it was transcribed, who typed it. What was erased stays as it is.
    """
    if contribution.erased_at is not None:
        return contribution
    why, typed = contribution.hidden, contribution.transcribed
    return replace(
        contribution,
        text="",
        name=None,
        hidden=None if why is None else Hiding(why.reason),
        transcribed=None if typed is None else replace(typed, by=""),
        erased_at=now,
        proposed_wording=None,
        earlier_texts=(),
        author_mark=None,
    )


def _note(note: str | None) -> str | None:
    kept = tidy(note or "")
    if len(kept) > NOTE_LIMIT:
        raise InvalidInput({"note": FieldProblem("too-long", NOTE_LIMIT)})
    return kept or None


def _refuse_impossible(act: Act, contribution: Contribution) -> None:
    if not is_possible(act, contribution):
        raise StatusForbids(act, contribution.status)
