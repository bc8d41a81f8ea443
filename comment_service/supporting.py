"""What residents back: a contribution of somebody else, once per browser."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from comment_service.browser_tokens import is_token, mark_on, new_token
from comment_service.marks import Marks
from comment_service.storage.protocol import Change, DuplicateRecord, Store
from participation.catalogue import Catalogue
from participation.contribution import Contribution
from participation.document import Version
from participation.refusals import (
    ChangedMeanwhile,
    UnknownBrowser,
    UnknownContribution,
    UnknownDocument,
    UnknownVersion,
)
from participation.support import Support, refuse_hidden, support_withdrawn, supported

ATTEMPTS = 3  # two requests of one browser at once get in each other's way once


@dataclass(frozen=True, slots=True)
class Backing:
    """How many support a contribution, and whether the browser that asks is among them."""

    contribution_id: str
    supports: int
    is_supported: bool


@dataclass(frozen=True, slots=True)
class Supporting:
    """The use cases of supporting, with all they lean on handed in."""

    published: Callable[[], Catalogue]
    store: Store
    secret: Callable[[], bytes]
    marks: Marks
    clock: Callable[[], datetime]

    def new_token(self) -> str:
        """Return a token by which a browser is told from others; nothing is stored of it."""
        return new_token(self.secret())

    def support(self, contribution_id: str, token: str | None) -> Backing:
        """Support a contribution; doing so again changes nothing.

        Raises:
            UnknownBrowser: If the token is none of this service.
            UnknownContribution: If there is none of that id, or it is not public.
            WindowNotOpen: If its version takes no contributions now.
            OwnContribution: If it was written in the same browser.
        """
        mark, contribution, version = self._looked_up(contribution_id, token)
        return self._put(supported(contribution, version, mark, now=self.clock()))

    def withdraw(self, contribution_id: str, token: str | None) -> Backing:
        """Take a support back; where there is none, nothing changes.

        Raises:
            UnknownBrowser, UnknownContribution, WindowNotOpen: As above.
        """
        mark, contribution, version = self._looked_up(contribution_id, token)
        now = self.clock()
        given = Support(mark, contribution.ref.document, contribution.id, now)
        return self._put(support_withdrawn(given, version, now=now))

    def _looked_up(
        self, contribution_id: str, token: str | None
    ) -> tuple[str, Contribution, Version]:
        if token is None or not is_token(self.secret(), token):
            raise UnknownBrowser
        contribution = self.store.get(contribution_id)
        refuse_hidden(contribution)
        try:
            version = self.published().version(contribution.ref.document, contribution.ref.version)
        except (UnknownDocument, UnknownVersion):
            raise UnknownContribution(contribution_id) from None
        return mark_on(contribution_id, token, self.secret()), contribution, version

    def _put(self, wanted: Support) -> Backing:
        """Put a support into the state that is wanted, whoever else is at it."""
        for attempt in range(1, ATTEMPTS + 1):
            seen = self.store.support(wanted.id)
            if (seen is None or seen.is_withdrawn) is wanted.is_withdrawn:
                break
            try:
                self.store.change([Change(seen, wanted)], [])
                break
            except (ChangedMeanwhile, DuplicateRecord):
                if attempt == ATTEMPTS:
                    raise
        self.marks.forget(wanted.document)
        given = self.store.supports(wanted.document, wanted.contribution)
        count = sum(not one.is_withdrawn for one in given)
        return Backing(wanted.contribution, count, not wanted.is_withdrawn)
