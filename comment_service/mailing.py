"""What somebody does with their address for mail: leave it, confirm it, take it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from comment_service.mail_addresses import mailbox_of, read_address
from comment_service.mail_links import Links, Purpose
from comment_service.receipts import receipt_digest
from comment_service.storage.mail.store import MailStore
from comment_service.storage.mail.wish import Allowance, Letter, Wish
from comment_service.storage.protocol import Store
from participation.contribution import Contribution, ContributionStatus
from participation.refusals import StatusForbids, UnknownMailLink, UnknownReceipt

OF_ADDRESS = OF_CONTRIBUTION = 3  # links to confirm that are sent on one day (UTC) at most


class MailState(StrEnum):
    """Whether somebody is to be told of the answer to a contribution."""

    NOT_ASKED = "not-asked"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Mailing:
    """The use cases of addresses, with all they lean on handed in.

    Nothing that is answered here tells whether an address is known.
    """

    store: Store
    kept: MailStore
    links: Links
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    wake: Callable[[], None]

    def leave(self, code: str, typed: str, language: str) -> None:
        """Keep an address for the contribution of a receipt code, and have it be confirmed.

        Where too many links were asked for on a day, nothing is kept, and nothing is said of it.

        Raises:
            UnknownReceipt: If the code is no receipt of anything.
            InvalidInput: If this is no address that can be written to.
            StatusForbids: If the contribution is withdrawn or erased.
        """
        one = self._of_code(code)
        address = read_address(typed)
        if is_gone(one):
            raise StatusForbids("mail", one.status)
        now = self.clock()
        wish = Wish(
            id=self.new_id(),
            contribution=one.id,
            document=one.ref.document,
            address=address,
            language=language,
            asked_at=now,
            letter=Letter.CONFIRMATION,
            letter_at=now,
            due_at=now,
        )
        if self.kept.ask(wish, self._allowances(wish), day_of(now)):
            self.wake()

    def state(self, contribution_id: str) -> MailState:
        """Say whether somebody is to be told of the answer to a contribution."""
        wishes = self.kept.of_contribution(contribution_id)
        if any(wish.confirmed_at for wish in wishes):
            return MailState.CONFIRMED
        return MailState.UNCONFIRMED if wishes else MailState.NOT_ASKED

    def take_back(self, code: str) -> None:
        """Delete all addresses of the contribution of a receipt code.

        Raises:
            UnknownReceipt: If the code is no receipt of anything.
        """
        wishes = self.kept.of_contribution(self._of_code(code).id)
        self.kept.forget([wish.id for wish in wishes])

    def look(self, token: str) -> Wish:
        """Return the wish that a link is to confirm.

        Raises:
            UnknownMailLink: If there is none, or none any more.
        """
        wish_id = self._read(Purpose.CONFIRM, token)
        wish = self.kept.get(wish_id)
        if wish is None:
            raise UnknownMailLink
        return wish

    def confirm(self, token: str) -> None:
        """Note that whoever has an address wants to be told.

        Raises:
            UnknownMailLink: If there is no such wish, or none any more.
        """
        if not self.kept.confirm(self._read(Purpose.CONFIRM, token), self.clock()):
            raise UnknownMailLink
        self.wake()

    def stop(self, token: str) -> None:
        """Delete an address; one that is gone already is gone.

        Raises:
            UnknownMailLink: If this was in no letter of ours.
        """
        self.kept.forget([self._read(Purpose.STOP, token)])

    def _of_code(self, code: str) -> Contribution:
        found = self.store.of_receipt(receipt_digest(code))
        if found is None:
            raise UnknownReceipt
        return found

    def _read(self, purpose: Purpose, token: str) -> str:
        wish_id = self.links.read(purpose, token)
        if wish_id is None:
            raise UnknownMailLink
        return wish_id

    def _allowances(self, wish: Wish) -> list[Allowance]:
        day = day_of(wish.asked_at)
        mailbox = self.links.key("mailbox", mailbox_of(wish.address), day)
        contribution = self.links.key("contribution", wish.contribution, day)
        return [Allowance(mailbox, OF_ADDRESS), Allowance(contribution, OF_CONTRIBUTION)]


def is_gone(one: Contribution) -> bool:
    """Say whether nobody is to be told of the answer to a contribution any more."""
    return one.status is ContributionStatus.WITHDRAWN or one.erased_at is not None


def day_of(moment: datetime) -> str:
    """Return the day, in UTC, on which letters are counted."""
    return moment.astimezone(UTC).date().isoformat()
