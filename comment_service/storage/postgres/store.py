"""The PostgreSQL store: what ``Store`` promises, kept in its tables."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial

from comment_service.storage.postgres import changing, copying, statements, writing
from comment_service.storage.postgres.connecting import connection_parts
from comment_service.storage.postgres.database import Database
from comment_service.storage.postgres.rows import (
    Row,
    account_of,
    contribution_of,
    decision_of,
    entry_of,
    kept_of,
    support_of,
)
from comment_service.storage.protocol import PART, Change, Kept, Once, Stock
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_chain import Logged
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.refusals import UnknownAccount, UnknownContribution, UnknownDecision
from participation.support import Support

CONNECTIONS = 8
LARGEST_NUMBER = 2**31 - 1  # that a column of the database can hold
PATIENCE = 5.0  # seconds


class PostgresStore:
    """Keeps contributions in a database; see ``Store`` for the promises."""

    def __init__(
        self, url: str, *, connections: int = CONNECTIONS, patience: float = PATIENCE
    ) -> None:
        """Connect to nothing yet: a database that is down must not keep the service down.

        Args:
            url: As libpq reads it; several hosts are tried in turn.
            connections: To the database at most, for each process.
            patience: Seconds to wait for one of them to become free.

        Raises:
            BrokenSetting: If the address is none.
        """
        self._database = Database(connection_parts(url), connections, patience)
        self._secret: bytes | None = None

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it."""
        return self._database.carry_out(partial(writing.add, contribution, once))

    def add_all(self, new: Sequence[Kept]) -> list[Contribution]:
        """Keep many new contributions, all or nothing, and return them in their order."""
        return self._database.carry_out_whole(partial(writing.add_all, new))

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, if it was."""
        rows = self._database.rows(statements.TAKEN, key=once.key)
        return writing.same_request(kept_of(rows[0]), once) if rows else None

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status."""
        return self.kept(contribution_id).contribution

    def kept(self, contribution_id: str) -> Kept:
        """Return one contribution with the request by which it came."""
        rows = self._database.rows(statements.GET, record_id=contribution_id)
        if not rows:
            raise UnknownContribution(contribution_id)
        return kept_of(rows[0])

    def of_receipt(self, receipt_digest: str) -> Contribution | None:
        """Return the contribution of a receipt by the digest of its code."""
        rows = self._database.rows(statements.OF_RECEIPT, receipt_digest=receipt_digest)
        return contribution_of(rows[0]) if rows else None

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""
        return [*map(contribution_of, self._database.rows(statements.OF_DOCUMENT, slug=slug))]

    def on_paragraphs(self, refs: Collection[ParagraphRef]) -> list[Contribution]:
        """Return all contributions on these paragraphs, oldest first, ties by id."""
        wanted = [ref for ref in refs if max(ref.version, ref.number) <= LARGEST_NUMBER]
        rows = self._database.rows(
            statements.ON_PARAGRAPHS,
            documents=[ref.document for ref in wanted],
            versions=[ref.version for ref in wanted],
            numbers=[ref.number for ref in wanted],
        )
        return [*map(contribution_of, rows)]

    def change(self, changes: Sequence[Change], entries: Sequence[LogEntry]) -> None:
        """Carry out the changes, one after the other, and append the entries to the log."""
        match changes, entries:
            case [Change(Contribution() as seen, Contribution() as changed)], [entry]:
                self._database.carry_out(partial(writing.change, seen, changed, entry))
            case _:
                self._database.carry_out_whole(partial(changing.change, changes, entries))

    def decision(self, decision_id: str) -> Decision:
        """Return one decision, whatever its status."""
        rows = self._database.rows(statements.GET_DECISION, record_id=decision_id)
        if not rows:
            raise UnknownDecision(decision_id)
        return decision_of(rows[0])

    def decisions(self, slug: str) -> list[Decision]:
        """Return all decisions on a document, by id."""
        return [*map(decision_of, self._database.rows(statements.DECISIONS_ON, slug=slug))]

    def support(self, support_id: str) -> Support | None:
        """Return one support, taken back or not, if there is one of that id."""
        rows = self._database.rows(statements.GET_SUPPORT, record_id=support_id)
        return support_of(rows[0]) if rows else None

    def supports(self, slug: str, contribution_id: str | None = None) -> list[Support]:
        """Return all supports of contributions on a document, or of one of them, by id."""
        if contribution_id is None:
            rows = self._database.rows(statements.SUPPORTS_ON, slug=slug)
        else:
            wanted = {"slug": slug, "contribution": contribution_id}
            rows = self._database.rows(statements.SUPPORTS_OF, **wanted)
        return [*map(support_of, rows)]

    def account(self, account_id: str) -> Account:
        """Return one account."""
        rows = self._database.rows(statements.GET_ACCOUNT, record_id=account_id)
        if not rows:
            raise UnknownAccount(account_id)
        return account_of(rows[0])

    def accounts(self) -> list[Account]:
        """Return all accounts, by name."""
        return [*map(account_of, self._database.rows(statements.ALL_ACCOUNTS))]

    def log(self, skip: int = 0) -> list[Logged]:
        """Return all log entries but the first ``skip``, as they were appended, chained."""
        return [*map(entry_of, self._database.rows(statements.LOG_BEHIND, skip=skip))]

    def state(self, slug: str) -> str:
        """Return the sum of the marks of a document: it grows with every change."""
        rows = self._database.rows(statements.STATE, slug=slug)
        return str(rows[0].mark) if rows else "0"

    def received_since(self, slug: str, moment: datetime) -> int:
        """Return how many contributions on a document came in online since a moment."""
        rows = self._database.rows(statements.RECEIVED_SINCE, slug=slug, moment=moment)
        return int(rows[0].count)

    def secret(self) -> bytes:
        """Return the secret, made when it is first asked for."""
        if self._secret is not None:
            return self._secret
        content, in_use = self._database.carry_out(writing.secret)
        if in_use:  # before, another store's may still be adopted
            self._secret = content
        return content

    def stock(self) -> Iterator[Stock]:
        """Return all that is kept in parts."""
        for rows in self._parts(statements.STOCK_PART, "", "id"):
            yield Stock(contributions=tuple(map(kept_of, rows)))
        for rows in self._parts(statements.DECISIONS_PART, "", "id"):
            yield Stock(decisions=tuple(map(decision_of, rows)))
        for rows in self._parts(statements.ACCOUNTS_PART, "", "id"):
            yield Stock(accounts=tuple(map(account_of, rows)))
        for rows in self._parts(statements.SUPPORTS_PART, "", "id"):
            yield Stock(supports=tuple(map(support_of, rows)))
        for rows in self._parts(statements.LOG_PART, 0, "position"):
            yield Stock(log=tuple(map(entry_of, rows)))

    def take_over(self, part: Stock) -> None:
        """Keep what another store kept, as it is."""
        self._database.carry_out_whole(partial(copying.take_over, part))

    def adopt(self, secret: bytes) -> None:
        """Make another store's secret one's own."""
        self._database.carry_out_whole(partial(copying.adopt, secret))

    def check(self) -> None:
        """Add a contribution and take it back."""
        self._database.carry_out(writing.rehearse)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def _parts(self, statement: bytes, after: str | int, column: str) -> Iterator[list[Row]]:
        while rows := self._database.rows(statement, after=after, count=PART):
            yield rows
            if len(rows) < PART:
                return
            after = getattr(rows[-1], column)
