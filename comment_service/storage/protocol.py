"""What every store of contributions promises."""

from dataclasses import dataclass
from typing import Protocol

from participation.contribution import Contribution
from participation.faults import Fault


class DuplicateContribution(Fault):
    """The id of a new contribution is taken; the ways in make them unique."""


@dataclass(frozen=True, slots=True)
class Once:
    """The wish that a request is carried out once, however often it is sent.

    ``key`` and ``fingerprint`` are digests of the idempotency key and of what is asked for.
    """

    key: str
    fingerprint: str


class ContributionStore(Protocol):
    """Keeps contributions. Knows no rule: windows, limits and roles are settled before.

    Each method is one transaction and raises StoreUnavailable if the store cannot be read
    or written; a store that cannot keep a contribution says so and never forgets one it took.
    """

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it; it is safe when this returns.

        If ``once`` was carried out before, the contribution of then is returned and nothing
        is changed.

        Raises:
            IdempotencyKeyReused: If the key of ``once`` was used for another request.
            DuplicateContribution: If its id is taken; nothing is changed then.
        """

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, or None if it was not yet.

        Raises:
            IdempotencyKeyReused: If the key of ``once`` was used for another request.
        """

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status.

        Raises:
            UnknownContribution: If there is none of that id.
        """

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""

    def secret(self) -> bytes:
        """Return 32 random bytes of this store's own, the same for its whole life."""

    def check(self) -> None:
        """Return if the store could take a contribution at this moment.

        Raises:
            StoreUnavailable: If it could not.
        """

    def close(self) -> None:
        """Let go of all that is held open; the store is not used afterwards."""
