"""What somebody may do with a contribution of their own: whoever has its receipt code."""

from collections.abc import Callable
from dataclasses import dataclass

from comment_service.changing_contributions import Changing
from comment_service.receipts import receipt_digest
from participation.catalogue import Catalogue
from participation.contribution import Contribution
from participation.correcting import Correction, corrected, refuse_correcting
from participation.deciding import answers
from participation.decision import Decision, DecisionStatus
from participation.document import Version
from participation.log_entry import LogEntry, Role
from participation.moderation import withdrawn
from participation.refusals import (
    Refusal,
    UnknownDocument,
    UnknownReceipt,
    UnknownVersion,
    WindowNotOpen,
)

CORRECTED = "corrected"  # why a text was changed, in the log


@dataclass(frozen=True, slots=True)
class Own:
    """A contribution with its published answers, for its author."""

    contribution: Contribution
    answers: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class OwnContributions:
    """The use cases of authors, with all they lean on handed in.

    A wrong code costs the same as a right one: one look for its digest.
    """

    changing: Changing
    published: Callable[[], Catalogue]

    def show(self, code: str) -> Own:
        """Return the contribution of a receipt code, however it was typed.

        Raises:
            UnknownReceipt: If the code is no receipt of anything.
        """
        found = self.changing.store.of_receipt(receipt_digest(code))
        if found is None:
            raise UnknownReceipt
        return Own(found, self._answers(found))

    def history(self, one: Contribution) -> list[LogEntry]:
        """Return what the log says of it, oldest first."""
        logged = self.changing.store.log()
        return [each.entry for each in logged if each.entry.subject == one.id]

    def withdraw(self, code: str) -> Own:
        """Take a contribution back; no window keeps its author from it.

        Raises:
            UnknownReceipt: As above.
            StatusForbids: If it was withdrawn before.
            ChangedMeanwhile: If somebody changed it at the same moment; the next try will do.
        """
        before = self.show(code)
        after = self.changing.put_status(
            before.contribution, withdrawn(before.contribution), Role.AUTHOR
        )
        return Own(after, before.answers)

    def correct(self, code: str, correction: Correction) -> Own:
        """Put other words in the place of a contribution's; what stood there is kept.

        Raises:
            UnknownReceipt: As above.
            WindowNotOpen: If its version takes no contributions now.
            StatusForbids: If it is hidden, withdrawn, erased or blacked out.
            AlreadyAnswered: If the working group has answered it, or is about to.
            InvalidInput: If a field cannot be taken.
            ChangedMeanwhile: If somebody changed it at the same moment.
        """
        own = self.show(code)
        before, now = own.contribution, self.changing.clock()
        is_answered, version = self._is_answered(before), self._version(before)
        after = corrected(
            before,
            correction,
            version,
            now=now,
            is_answered=is_answered,
            # What was doubtful once, and was let through as it stood, is read again.
            review_first=bool(before.waiting_because),
        )
        return Own(
            self.changing.put_text(before, after, Role.AUTHOR, CORRECTED),
            own.answers,
        )

    def against_correcting(self, one: Contribution) -> Refusal | None:
        """Return what keeps its author from correcting a contribution now, None if nothing does."""
        try:
            is_answered, version = self._is_answered(one), self._version(one)
            refuse_correcting(one, version, now=self.changing.clock(), is_answered=is_answered)
        except Refusal as refusal:
            return refusal
        return None

    def _version(self, one: Contribution) -> Version:
        try:
            return self.published().version(one.ref.document, one.ref.version)
        except (UnknownDocument, UnknownVersion):
            raise WindowNotOpen(None, None) from None  # what is gone takes nothing any more

    def _is_answered(self, one: Contribution) -> bool:
        # A draft counts, too: an answer must never stand under other words than it answers.
        return one.id in answers(self.changing.store.decisions(one.ref.document))

    def _answers(self, one: Contribution) -> tuple[Decision, ...]:
        return tuple(
            decision
            for decision in self.changing.store.decisions(one.ref.document)
            if decision.status is DecisionStatus.PUBLISHED and one.id in decision.contributions
        )
