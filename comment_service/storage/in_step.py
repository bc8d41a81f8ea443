"""A whole stock in step with its log, although the service goes on changing both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from comment_service.storage.parts import parts
from comment_service.storage.protocol import Kept, KeptRecord, Stock, Store
from participation.account import Account
from participation.decision import Decision
from participation.log_chain import Logged
from participation.refusals import UnknownAccount, UnknownContribution, UnknownDecision
from participation.support import Support


@dataclass(frozen=True, slots=True)
class Later:
    """What was changed while the stock was read: the entries, and what each subject is now.

    What came in meanwhile may be among them without having been in the stock.
    """

    entries: tuple[Logged, ...]
    records: Mapping[str, KeptRecord]


def in_step(store: Store) -> Iterator[Stock | Later]:
    """Return all that is kept: records by id, then the log, then what changed meanwhile.

    The log is read before the records, so that none is older than the log says; then
    it is read again until nothing is new. In the end all changes are there, with what they made.
    """
    log = store.log()
    yield from takewhile(lambda part: not part.log, store.stock())
    yield from parts(log=log)
    read = len(log)
    while new := tuple(store.log(read)):
        subjects = {logged.entry.subject for logged in new}
        yield Later(new, dict(_found(store, subjects)))
        read += len(new)


def records(store: Store) -> Iterator[KeptRecord]:
    """Return all records in the order of a stock."""
    for part in takewhile(lambda part: not part.log, store.stock()):
        yield from part.records


def stock_of(kept: KeptRecord) -> Stock:
    """Return a stock of one record."""
    match kept:
        case Kept():
            return Stock(contributions=(kept,))
        case Decision():
            return Stock(decisions=(kept,))
        case Account():
            return Stock(accounts=(kept,))
        case Support():
            return Stock(supports=(kept,))


def _found(store: Store, subjects: set[str]) -> Iterator[tuple[str, KeptRecord]]:
    for subject in subjects:
        record = found(store, subject)
        if record is not None:
            yield subject, record


def found(store: Store, subject: str) -> KeptRecord | None:
    """Return the contribution, decision, account or support of an id, if there is one."""
    for look, unknown in (
        (store.kept, UnknownContribution),
        (store.decision, UnknownDecision),
        (store.account, UnknownAccount),
    ):
        try:
            return look(subject)
        except unknown:
            continue
    return store.support(subject)
