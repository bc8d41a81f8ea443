"""Refusals: what a person asked for cannot be done, and they can mend it.

A refusal knows no HTTP and no language: it has a code for good and the facts that
a message needs. What is our own fault is in ``faults.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


class Refusal(Exception):
    """What was asked for is refused; the one who asked can mend it."""

    code: ClassVar[str]


class UnknownDocument(Refusal):
    """There is no published document of that slug."""

    code = "unknown-document"

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no document {slug!r}.")
        self.slug = slug


class UnknownVersion(Refusal):
    """The document has no published version of that number."""

    code = "unknown-version"

    def __init__(self, slug: str, version: int) -> None:
        super().__init__(f"The document {slug!r} has no version {version}.")
        self.slug, self.version = slug, version


class UnknownParagraph(Refusal):
    """The version has no paragraph of that number."""

    code = "unknown-paragraph"

    def __init__(self, slug: str, version: int, number: int) -> None:
        super().__init__(f"Version {version} of {slug!r} has no paragraph {number}.")
        self.slug, self.version, self.number = slug, version, number


class UnknownContribution(Refusal):
    """There is no public contribution of that id."""

    code = "unknown-contribution"

    def __init__(self, contribution_id: str) -> None:
        super().__init__(f"There is no contribution {contribution_id!r}.")
        self.contribution_id = contribution_id


class OwnContribution(Refusal):
    """Nobody supports what they wrote themselves."""

    code = "own-contribution"

    def __init__(self, contribution_id: str) -> None:
        super().__init__(f"The contribution {contribution_id!r} was written in this browser.")
        self.contribution_id = contribution_id


class UnknownBrowser(Refusal):
    """What tells one browser from another is missing, or was not handed out here."""

    code = "unknown-browser"

    def __init__(self) -> None:
        super().__init__("The browser token is missing, or none of this service.")


class UnknownDecision(Refusal):
    """There is no decision of that id."""

    code = "unknown-decision"

    def __init__(self, decision_id: str) -> None:
        super().__init__(f"There is no decision {decision_id!r}.")
        self.decision_id = decision_id


class UnknownReceipt(Refusal):
    """A code is not the receipt of any contribution."""

    code = "unknown-receipt"

    def __init__(self) -> None:
        super().__init__("There is no contribution of this receipt code.")


class UnknownMailLink(Refusal):
    """A link was in no letter, or what it was for is over."""

    code = "unknown-mail-link"

    def __init__(self) -> None:
        super().__init__("This link is not known, or not any more.")


class UnknownAccount(Refusal):
    """There is no account of that id."""

    code = "unknown-account"

    def __init__(self, account_id: str) -> None:
        super().__init__(f"There is no account {account_id!r}.")
        self.account_id = account_id


class AccountNameTaken(Refusal):
    """Another account has that name, or signs in elsewhere as the same."""

    code = "account-name-taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is another account {name!r}, or of the same subject.")
        self.name = name


class WindowNotOpen(Refusal):
    """The version takes no contributions at this moment."""

    code = "window-not-open"

    def __init__(self, opens: datetime | None, closes: datetime | None) -> None:
        super().__init__("This version takes no contributions at this moment.")
        self.opens, self.closes = opens, closes


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field: a code for good; the limit, and ``what`` is meant, if any."""

    code: str
    limit: int | None = None
    what: str | None = None


class InvalidInput(Refusal):
    """One or more fields of a draft cannot be taken as they are."""

    code = "invalid-input"

    def __init__(self, errors: Mapping[str, FieldProblem]) -> None:
        super().__init__(f"Cannot be taken as it is: {', '.join(sorted(errors))}.")
        self.errors = dict(errors)


class IdempotencyKeyReused(Refusal):
    """The idempotency key was used before, for another contribution."""

    code = "idempotency-key-reused"

    def __init__(self) -> None:
        super().__init__("This idempotency key was used before, for another contribution.")


class ChangedMeanwhile(Refusal):
    """Somebody else was faster: a contribution, decision or account is not as it was seen."""

    code = "changed-meanwhile"

    def __init__(self, subject: str) -> None:
        super().__init__(f"{subject!r} was changed in between.")
        self.subject = subject


class StatusForbids(Refusal):
    """The status of a contribution does not let this be done, such as restoring a public one."""

    code = "status-forbids"

    def __init__(self, act: str, status: str) -> None:
        super().__init__(f"A contribution that is {status} cannot be treated so: {act}.")
        self.act, self.status = act, status


class NotPermitted(Refusal):
    """The role of an account does not permit an action at the editorial desk."""

    code = "not-permitted"

    def __init__(self, action: str) -> None:
        super().__init__(f"This account may not do this: {action}.")
        self.action = action


class SignInRefused(Refusal):
    """Name, password or code is wrong, or the account is locked; which of it is not told."""

    code = "sign-in-refused"

    def __init__(self) -> None:
        super().__init__("Name, password or code is wrong, or the account is locked.")


class TooManyTries(Refusal):
    """There were too many wrong tries to sign in; further ones have to wait."""

    code = "too-many-tries"

    def __init__(self, until: datetime) -> None:
        super().__init__("There were too many wrong tries to sign in.")
        self.until = until


class TooMany(Refusal):
    """More was sent from one place than people send; at ``until`` it may be sent again."""

    code = "too-many"

    def __init__(self, until: datetime) -> None:
        super().__init__("More was sent from this place than is taken at once.")
        self.until = until


class LastAdministrator(Refusal):
    """Nobody else could administer the accounts any more."""

    code = "last-administrator"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is the last administrator who can sign in.")
        self.name = name


class DecisionIsPublic(Refusal):
    """A published answer of the working group cannot be discarded, only revised."""

    code = "decision-is-public"

    def __init__(self, decision_id: str) -> None:
        super().__init__(f"The decision {decision_id!r} is public.")
        self.decision_id = decision_id


class DecisionIsDiscarded(Refusal):
    """A discarded answer of the working group is not changed any more."""

    code = "decision-is-discarded"

    def __init__(self, decision_id: str) -> None:
        super().__init__(f"The decision {decision_id!r} was discarded.")
        self.decision_id = decision_id


class AlreadyAnswered(Refusal):
    """A contribution has an answer of the working group already, perhaps as a draft."""

    code = "already-answered"

    def __init__(self, contribution_id: str) -> None:
        super().__init__(f"The contribution {contribution_id!r} is answered already.")
        self.contribution_id = contribution_id


class SingleSignOnRefused(Refusal):
    """The provider of single sign-on does not vouch for whoever came from there."""

    code = "single-sign-on-refused"

    def __init__(self, why: str) -> None:
        super().__init__(f"The provider does not vouch for this sign-in: {why}.")
        self.why = why


class NoAccount(Refusal):
    """Somebody whom the provider vouches for has no account here; ``name`` is theirs there."""

    code = "no-account"

    def __init__(self, name: str | None) -> None:
        super().__init__(f"There is no account for {name!r} here.")
        self.name = name
