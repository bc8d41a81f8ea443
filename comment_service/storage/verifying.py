"""Whether what a store keeps makes sense: each id once, each reference known, the log in step."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from comment_service.storage.in_step import Later, in_step
from comment_service.storage.protocol import Record, Stock, Store, record_of
from comment_service.storage.upkeep import SelfVerifying
from participation.catalogue import Catalogue
from participation.contribution import Contribution, ContributionStatus
from participation.decision import Decision
from participation.log_chain import Logged, first_break
from participation.log_entry import Changed, LogEntry
from participation.refusals import Refusal
from participation.support import Support

Seen = Callable[[int], None]


@dataclass(slots=True)
class _Read:
    """What is remembered of a store while it is read: enough to compare it with its log."""

    log: list[Logged] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # by id: "decision d1"
    statuses: dict[str, ContributionStatus] = field(default_factory=dict)
    decided: dict[str, tuple[str, ...]] = field(default_factory=dict)
    supported: dict[str, str] = field(default_factory=dict)  # support → contribution
    by_document: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, record: Record) -> None:
        """Remember a record, or what has become of it."""
        self.names[record.id] = f"{type(record).__name__.lower()} {record.id}"
        match record:
            case Contribution():
                self.statuses[record.id] = record.status
                self.by_document[record.ref.document].add(record.id)
            case Decision():
                self.decided[record.id] = record.contributions
                self.by_document[record.document].add(record.id)
            case Support():
                self.supported[record.id] = record.contribution
                self.by_document[record.document].add(record.id)


@dataclass(frozen=True, slots=True)
class Verified:
    """How many records and log entries were looked at, and what is wrong: a line for each."""

    contributions: int
    decisions: int
    accounts: int
    entries: int
    problems: tuple[str, ...]
    supports: int = 0


def verify(store: Store, catalogue: Catalogue | None, seen: Seen) -> Verified:
    """Look at everything that a store keeps; at references only if there is a catalogue.

    What the store cannot even hand out, it says itself: StoreUnavailable.
    """
    if isinstance(store, SelfVerifying) and (damages := tuple(store.verify())):
        return Verified(0, 0, 0, 0, damages)  # what is damaged cannot be compared any further
    read, problems = _Read(), list[str]()
    for part in in_step(store):
        if isinstance(part, Later):
            read.log += part.entries
            for kept in part.records.values():
                read.note(record_of(kept))
        else:
            problems += _look(part, read, catalogue)
            seen(len(part))
    problems += [*_not_listed(store, read), *_unanswerable(read), *_of_log(read)]
    kinds = Counter(name.partition(" ")[0] for name in read.names.values())
    return Verified(
        kinds["contribution"],
        kinds["decision"],
        kinds["account"],
        len(read.log),
        tuple(problems),
        supports=kinds["support"],
    )


def _look(part: Stock, read: _Read, catalogue: Catalogue | None) -> Iterator[str]:
    read.log += part.log
    for kept in part.records:
        record = record_of(kept)
        known = record.id in read.names
        read.note(record)
        if known:
            yield f"{read.names[record.id]}: is there twice"
        if catalogue is not None and isinstance(record, Contribution | Decision):
            yield from _without_place(record, catalogue)


def _without_place(record: Contribution | Decision, catalogue: Catalogue) -> Iterator[str]:
    try:
        if isinstance(record, Contribution):
            catalogue.paragraph(record.ref)
            return
        catalogue.version(record.document, record.version)
        for ref in record.answer.changes:
            catalogue.paragraph(ref)
    except Refusal as unknown:
        yield f"{type(record).__name__.lower()} {record.id}: {unknown}"


def _not_listed(store: Store, read: _Read) -> Iterator[str]:
    for slug, ids in read.by_document.items():
        listed = {one.id for one in store.of_document(slug)}
        listed |= {one.id for one in store.decisions(slug)}
        listed |= {one.id for one in store.supports(slug)}
        for lost in sorted(ids - listed):
            yield f"{read.names[lost]}: is not listed with its document {slug!r}"


def _unanswerable(read: _Read) -> Iterator[str]:
    for decision_id, answered in read.decided.items():
        for lost in sorted(set(answered) - set(read.statuses)):
            yield f"decision {decision_id}: there is no contribution {lost}"
    for support_id, contribution_id in read.supported.items():
        if contribution_id not in read.statuses:
            yield f"support {support_id}: there is no contribution {contribution_id}"


def _of_log(read: _Read) -> Iterator[str]:
    broken = first_break(read.log)
    if broken is not None:
        yield f"log entry {broken.entry.id}: is not as it was, or what was before it is not"
    entries = [logged.entry for logged in read.log]
    for entry in entries:
        if entry.subject not in read.names:
            yield f"log entry {entry.id}: there is no {_wanted(entry)} {entry.subject}"
    yield from _out_of_step(entries, read.statuses)


def _wanted(entry: LogEntry) -> str:
    match entry.changed:
        case Changed.DECISION | Changed.ACCOUNT:
            return entry.changed.value
    return "contribution"


def _out_of_step(entries: list[LogEntry], statuses: dict[str, ContributionStatus]) -> Iterator[str]:
    said: dict[str, LogEntry] = {}  # what the log says last of each contribution's status
    for entry in entries:
        if entry.changed is Changed.STATUS and entry.subject in statuses:
            before = said.get(entry.subject)
            if before is not None and before.new != entry.old:
                yield f"log entry {entry.id}: begins with {entry.old}, not with {before.new}"
            said[entry.subject] = entry
    for contribution_id, entry in said.items():
        status = statuses[contribution_id]
        if entry.new != status:
            yield f"contribution {contribution_id}: is {status}, but the log says {entry.new}"
