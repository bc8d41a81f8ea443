"""What somebody may do with a contribution of their own: whoever has its receipt code."""

from dataclasses import dataclass

from comment_service.changing_contributions import Changing
from comment_service.receipts import receipt_digest
from participation.contribution import Contribution
from participation.decision import Decision, DecisionStatus
from participation.log_entry import LogEntry, Role
from participation.moderation import withdrawn
from participation.refusals import UnknownReceipt


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

    def _answers(self, one: Contribution) -> tuple[Decision, ...]:
        return tuple(
            decision
            for decision in self.changing.store.decisions(one.ref.document)
            if decision.status is DecisionStatus.PUBLISHED and one.id in decision.contributions
        )
