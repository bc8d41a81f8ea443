"""Rights of persons: erase what somebody wrote, when they ask for it or when its time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from comment_service.changing_contributions import Changing, Seen, Treated, tried
from comment_service.receipts import receipt_digest
from participation.catalogue import Catalogue
from participation.contribution import Contribution
from participation.document import Document
from participation.log_entry import Role
from participation.moderation import erased
from participation.period import is_over
from participation.refusals import UnknownReceipt
from participation.retention import retained

ERASED, RETENTION = "erased", "retention"  # why a text was changed, in the log


@dataclass(frozen=True, slots=True)
class Erasing:
    """The use cases of erasing, with all they lean on handed in."""

    changing: Changing

    def of_receipt(self, code: str) -> Contribution:
        """Return the contribution of a receipt code, however it was typed.

        Raises:
            UnknownReceipt: If the code is no receipt of anything.
        """
        found = self.changing.store.of_receipt(receipt_digest(code))
        if found is None:
            raise UnknownReceipt
        return found

    def erase_all(self, seen: Iterable[Seen], role: Role) -> list[Treated]:
        """Take text and name of many away for good; place, kind, status and answer stay.

        Each on its own: what others changed meanwhile is told, and left as it is.
        """
        return [tried(one.id, partial(self._erase, one, role)) for one in seen]

    def due(self, catalogue: Catalogue) -> list[Contribution]:
        """Return what has been kept for as long as its document says, oldest first."""
        return [one for document in catalogue.documents.values() for one in self._due(document)]

    def retain(self, due: Iterable[Contribution]) -> list[Treated]:
        """Take away what must not be kept any longer, each on its own."""
        return [tried(one.id, partial(self._retain, one)) for one in due]

    def _retain(self, one: Contribution) -> Contribution:
        after = retained(one, self.changing.clock())
        return self.changing.put_text(one, after, Role.ADMINISTRATOR, RETENTION)

    def _erase(self, seen: Seen, role: Role) -> Contribution:
        before = self.changing.look(seen)
        after = erased(before, self.changing.clock())
        return self.changing.put_text(before, after, role, ERASED)

    def _due(self, document: Document) -> list[Contribution]:
        now, period = self.changing.clock(), document.retention
        if period is None:
            return []
        return [
            one
            for one in self.changing.store.of_document(document.slug)
            if is_over(period, one.received_at, now) and retained(one, now) != one
        ]
