"""Whether what a store keeps makes sense: each id once, each reference known, the log in step."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from comment_service.storage.in_step import Later, in_step
from comment_service.storage.protocol import ContributionStore, Stock
from comment_service.storage.upkeep import SelfVerifying
from participation.catalogue import Catalogue
from participation.contribution import Contribution, ContributionStatus
from participation.log_entry import Changed, LogEntry
from participation.refusals import Refusal

Seen = Callable[[int], None]


@dataclass(slots=True)
class _Read:
    """What is remembered of a store while it is read: enough to compare it with its log."""

    log: list[LogEntry] = field(default_factory=list)
    statuses: dict[str, ContributionStatus] = field(default_factory=dict)
    by_document: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Verified:
    """How many contributions and log entries were looked at, and what is wrong: a line for each."""

    contributions: int
    entries: int
    problems: tuple[str, ...]


def verify(store: ContributionStore, catalogue: Catalogue | None, seen: Seen) -> Verified:
    """Look at everything that a store keeps; at references only if there is a catalogue.

    What the store cannot even hand out, it says itself: StoreUnavailable.
    """
    if isinstance(store, SelfVerifying) and (damages := tuple(store.verify())):
        return Verified(0, 0, damages)  # what is damaged cannot be compared any further
    read, problems = _Read(), list[str]()
    for part in in_step(store):
        if isinstance(part, Later):
            read.log += part.entries
            read.statuses |= {each.id: each.status for each in part.contributions.values()}
        else:
            problems += _look(part, read, catalogue)
            seen(len(part.contributions))
    problems += [*_not_listed(store, read.by_document), *_unlogged(read), *_broken_chains(read)]
    return Verified(len(read.statuses), len(read.log), tuple(problems))


def _look(part: Stock, read: _Read, catalogue: Catalogue | None) -> Iterator[str]:
    read.log += part.log
    for kept in part.contributions:
        contribution = kept.contribution
        if contribution.id in read.statuses:
            yield f"contribution {contribution.id}: is there twice"
        if catalogue is not None:
            yield from _without_place(contribution, catalogue)
        read.statuses[contribution.id] = contribution.status
        read.by_document[contribution.ref.document].add(contribution.id)


def _without_place(contribution: Contribution, catalogue: Catalogue) -> Iterator[str]:
    try:
        catalogue.paragraph(contribution.ref)
    except Refusal as unknown:
        yield f"contribution {contribution.id}: {unknown}"


def _not_listed(store: ContributionStore, by_document: dict[str, set[str]]) -> Iterator[str]:
    for slug, ids in by_document.items():
        for lost in sorted(ids - {found.id for found in store.of_document(slug)}):
            yield f"contribution {lost}: is not listed with its document {slug!r}"


def _unlogged(read: _Read) -> Iterator[str]:
    for entry in read.log:
        if entry.contribution_id not in read.statuses:
            yield f"log entry {entry.id}: there is no contribution {entry.contribution_id}"


def _broken_chains(read: _Read) -> Iterator[str]:
    said: dict[str, LogEntry] = {}  # what the log says last of each contribution's status
    for entry in read.log:
        if entry.changed is Changed.STATUS and entry.contribution_id in read.statuses:
            before = said.get(entry.contribution_id)
            if before is not None and before.new != entry.old:
                yield f"log entry {entry.id}: begins with {entry.old}, not with {before.new}"
            said[entry.contribution_id] = entry
    for contribution_id, entry in said.items():
        status = read.statuses[contribution_id]
        if entry.new != status:
            yield f"contribution {contribution_id}: is {status}, but the log says {entry.new}"
