"""Rights of persons: erase what somebody wrote, when they ask for it or when its time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from comment_service.changing_contributions import Changing, Seen, Treated, tried
from comment_service.clearing import Clear
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
    clear: Clear

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
        treated = [tried(one.id, partial(self._erase, one, role)) for one in seen]
        self.clear()
        return treated

    def due(self, catalogue: Catalogue) -> list[Contribution]:
        """Return what has been kept for as long as its document says, oldest first."""
        return [one for document in catalogue.documents.values() for one in self._due(document)]

    def retain(self, due: Iterable[Contribution]) -> int:
        """Take away what must not be kept any longer, and return of how many contributions.

        Raises:
            ChangedMeanwhile: If one is no longer as it was found; the next time will do.
        """
        count = 0
        for one in due:
            after = retained(one, self.changing.clock())
            self.changing.put_text(one, after, Role.ADMINISTRATOR, RETENTION)
            count += 1
        self.clear()
        return count

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
