"""The embedded store: a journal in one folder of one machine, safe with threads and processes."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from comment_service.storage.embedded.compaction import Progress, in_silence
from comment_service.storage.embedded.copying import copy_folder
from comment_service.storage.embedded.faults import faults_named
from comment_service.storage.embedded.folder import PATIENCE, Folder
from comment_service.storage.embedded.housekeeping import Housekeeping
from comment_service.storage.embedded.index import SHORT, Index
from comment_service.storage.embedded.rows import (
    read_account,
    read_contribution,
    read_decision,
    read_entry,
    read_kept,
    read_once,
    read_support,
)
from comment_service.storage.embedded.secret_file import SecretFile
from comment_service.storage.embedded.tables import ACCOUNTS, CONTRIBUTIONS, DECISIONS
from comment_service.storage.embedded.transactions import add, add_all, change, take_over
from comment_service.storage.embedded.verifying import problems_of
from comment_service.storage.parts import parts
from comment_service.storage.protocol import Change, Kept, Once, Stock, StoreInUse
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_chain import Logged
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.refusals import (
    IdempotencyKeyReused,
    Refusal,
    UnknownAccount,
    UnknownContribution,
    UnknownDecision,
)
from participation.support import Support

UNKNOWN: dict[str, Callable[[str], Refusal]] = {
    CONTRIBUTIONS: UnknownContribution,
    DECISIONS: UnknownDecision,
    ACCOUNTS: UnknownAccount,
}
WASTE = 8 << 20  # bytes of the journal that may be waste before it is compacted unasked


class EmbeddedStore:
    """Keeps everything in a folder; see ``Store`` for the promises."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE, waste: int = WASTE) -> None:
        """Touch nothing yet: an unusable folder must not keep the service from starting.

        Args:
            folder: Need not exist.
            patience: Seconds to wait for another process that holds the lock.
            waste: Bytes of the journal that may be waste before it is compacted unasked.
        """
        self._folder = Folder(folder, patience)
        self._secret = SecretFile(folder / "secret")
        self._housekeeping = Housekeeping(self._folder, waste)

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it; it lies on the disk then."""
        return self._folder.transact(partial(add, contribution, once))

    def add_all(self, new: Sequence[Kept]) -> list[Contribution]:
        """Keep many new contributions, all or nothing, and return them in their order."""
        return self._folder.transact(partial(add_all, new))

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, if it was."""
        with faults_named():
            view = self._folder.view()
            taken = None if view is None else view.index.requests.get(once.key)
            if view is None or taken is None:
                return None
            content = view.content(view.index.contributions[taken])
            if read_once(content) != once:
                raise IdempotencyKeyReused
            return read_contribution(content)

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status."""
        with faults_named():
            return read_contribution(self._row(CONTRIBUTIONS, contribution_id))

    def kept(self, contribution_id: str) -> Kept:
        """Return one contribution with the request by which it came."""
        with faults_named():
            return read_kept(self._row(CONTRIBUTIONS, contribution_id))

    def of_receipt(self, receipt_digest: str) -> Contribution | None:
        """Return the contribution of a receipt by the digest of its code."""
        with faults_named():
            view = self._folder.view()
            known = None if view is None else view.index.receipts.get(receipt_digest[:SHORT])
            if known is None:
                return None
            found = read_contribution(self._row(CONTRIBUTIONS, known))
            return found if found.receipt_digest == receipt_digest else None

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""
        return self._read(lambda index: index.of_document(slug))

    def on_paragraphs(self, refs: Collection[ParagraphRef]) -> list[Contribution]:
        """Return all contributions on these paragraphs, oldest first, ties by id."""
        return self._read(
            lambda index: [
                contribution_id
                for ref in set(refs)
                for contribution_id in index.on_paragraph(ref.document, ref.version, ref.number)
            ]
        )

    def change(self, changes: Sequence[Change], entries: Sequence[LogEntry]) -> None:
        """Carry out the changes, one after the other, and append the entries to the log."""
        self._folder.transact(partial(change, changes, entries))
        self._housekeeping.begin_if_it_pays()

    def decision(self, decision_id: str) -> Decision:
        """Return one decision, whatever its status."""
        with faults_named():
            return read_decision(self._row(DECISIONS, decision_id))

    def decisions(self, slug: str) -> list[Decision]:
        """Return all decisions on a document, by id."""
        with faults_named():
            view = self._folder.view()
            ids = [] if view is None else view.index.of_decisions(slug)
            return [read_decision(self._row(DECISIONS, decision_id)) for decision_id in ids]

    def support(self, support_id: str) -> Support | None:
        """Return one support, taken back or not, if there is one of that id."""
        with faults_named():
            view = self._folder.view()
            place = None if view is None else view.index.supports.get(support_id)
            return None if view is None or place is None else read_support(view.content(place))

    def supports(self, slug: str, contribution_id: str | None = None) -> list[Support]:
        """Return all supports of contributions on a document, or of one of them, by id."""
        with faults_named():
            view = self._folder.view()
            if view is None:
                return []
            ids, places = view.index.of_supports(slug, contribution_id), view.index.supports
            return [read_support(view.content(places[one])) for one in ids]

    def account(self, account_id: str) -> Account:
        """Return one account."""
        with faults_named():
            return read_account(self._row(ACCOUNTS, account_id))

    def accounts(self) -> list[Account]:
        """Return all accounts, by name."""
        with faults_named():
            view = self._folder.view()
            rows = [] if view is None else list(view.contents(view.index.accounts))
            return sorted(map(read_account, rows), key=lambda account: account.name)

    def log(self, skip: int = 0) -> list[Logged]:
        """Return all log entries but the first ``skip``, as they were appended, chained."""
        with faults_named():
            view = self._folder.view()
            places = [] if view is None else list(view.index.log.values())[skip:]
            return [read_entry(view.content(place)) for place in places] if view else []

    def state(self, slug: str) -> str:
        """Return in which journal, and where, the newest row on the document stands."""
        view = self._folder.view()
        if view is None or slug not in view.index.changed:
            return "0"
        return f"{view.file.format.journal_id}-{view.index.changed[slug]}"

    def received_since(self, slug: str, moment: datetime) -> int:
        """Return how many contributions on a document came in online since a moment."""
        view = self._folder.view()
        return 0 if view is None else view.index.came_since(slug, moment)

    def stock(self) -> Iterator[Stock]:
        """Return all that is kept in parts."""
        with faults_named():
            view = self._folder.view()
            if view is not None:
                index = view.index
                yield from parts(
                    map(read_kept, view.contents(_by_id(index.contributions))),
                    map(read_decision, view.contents(_by_id(index.decisions))),
                    map(read_account, view.contents(_by_id(index.accounts))),
                    map(read_entry, view.contents(index.log)),
                    supports=map(read_support, view.contents(_by_id(index.supports))),
                )

    def take_over(self, part: Stock) -> None:
        """Keep what another store kept, as it is."""
        self._folder.transact(partial(take_over, part))

    def adopt(self, secret: bytes) -> None:
        """Make another store's secret one's own."""
        with self._folder.turn() as view:
            if self._secret.read() == secret:
                return
            if any(view.index.tables.values()):
                raise StoreInUse(f"{self._folder.path} keeps contributions under another secret")
            self._secret.write(secret)

    def secret(self) -> bytes:
        """Return the content of the file ``secret``, made when it is first asked for."""
        with faults_named():
            known = self._secret.read()
        if known is not None:
            return known
        with self._folder.turn():  # another process may have been first
            return self._secret.read() or self._secret.make()

    def check(self) -> None:
        """Rehearse a write."""
        self._folder.rehearse()

    def close(self) -> None:
        """Close the files; a compaction that runs is waited for."""
        self._housekeeping.wait()
        self._folder.forget()

    def compact(self, progress: Progress = in_silence) -> None:
        """Rewrite the journal without waste, and write what plain TinyDB reads beside it.

        Args:
            progress: Told how many rows of how many are done.

        Raises:
            StoreUnavailable: If it failed, or another process is at it; nothing is lost then.
        """
        self._housekeeping.compact(progress, export_anyway=True)

    def verify(self) -> list[str]:
        """Read everything again from the disk and return what is wrong, a line for each problem."""
        return problems_of(self._folder)

    def snapshot(self, target: Path) -> None:
        """Copy the folder as it is at this moment; nobody has to wait.

        Raises:
            StoreUnavailable: If ``target`` is not empty or cannot be written.
        """
        with faults_named():
            copy_folder(self._folder, self.secret(), target)

    def _read(self, select: Callable[[Index], list[str]]) -> list[Contribution]:
        with faults_named():
            view = self._folder.view()
            if view is None:
                return []
            places = view.index.contributions
            found = [read_contribution(view.content(places[i])) for i in select(view.index)]
            return sorted(found, key=lambda entry: (entry.received_at, entry.id))

    def _row(self, table: str, row_id: str) -> bytes:
        view = self._folder.view()
        place = None if view is None else view.index.tables[table].get(row_id)
        if view is None or place is None:
            raise UNKNOWN[table](row_id)
        return view.content(place)


def _by_id(places: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(dict(places).items()))
