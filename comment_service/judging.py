"""Whether a contribution is public at once, read first, or to be sent again later.

Addresses are counted in the memory of each process, documents by what the store has kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from comment_service.brake import Brake
from comment_service.counts import Counts
from comment_service.form_stamps import FormStamps
from comment_service.proofs import Proofs
from comment_service.questions import is_right
from comment_service.sent import Sent
from comment_service.spent import Spent
from participation.caution import FASTEST, PERIOD, Circumstances, Doubt, Ordinary, doubts

MARGIN = timedelta(milliseconds=100)  # for clocks that are not quite the same

Doubts = tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What proof and stamp say together: ``proof`` can be used once, up to ``good_until``."""

    took: timedelta | None = None
    proof: str | None = None
    good_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """Judges what comes in by how it came; ``ordinary`` is None where nothing is counted."""

    ordinary: Ordinary | None
    brake: Brake
    proofs: Proofs
    stamps: FormStamps
    counts: Counts = field(default_factory=lambda: Counts(PERIOD))
    spent: Spent = field(default_factory=Spent)

    @classmethod
    def of(
        cls,
        ordinary: Ordinary | None,
        secret: Callable[[], bytes],
        received_since: Callable[[str, datetime], int],
    ) -> "Judging":
        """Make it of the store's secret, and of how many contributions it received."""
        at_once = (ordinary or Ordinary()).at_once
        return cls(
            ordinary,
            Brake(received_since, at_once),
            # Browsers wait, so that nobody who is quick with words passes for a program.
            Proofs(secret, timedelta(0) if ordinary is None else FASTEST + MARGIN),
            FormStamps(secret),
        )

    @contextmanager
    def judged(self, sent: Sent, slug: str, now: datetime) -> Iterator[Doubts]:
        """Say why a contribution should be read first, for as long as it is being taken.

        If it could not be taken after all, nothing is counted, and its proof is as good as new.

        Raises:
            TooMany: If nothing more is taken from there for a while.
            StoreUnavailable: If the store cannot be asked.
        """
        if self.ordinary is None:
            yield (Doubt.TRAP,) if sent.trap else ()
            return
        address = sent.address or ""
        self.counts.allow(address, now, self.ordinary.from_one_place)
        shown = self._shown(sent, now)
        is_proven = shown.good_until is not None and self.spent.take(
            shown.proof or "", shown.good_until, now
        )
        how = Circumstances(
            is_trapped=bool(sent.trap),
            took=shown.took,
            is_proven=is_proven,
            from_one_place=self.counts.count(address, now),
            on_document=self.brake.count(slug, now),
        )
        try:
            yield doubts(how, self.ordinary)
        except BaseException:
            if is_proven:
                self.spent.give_back(shown.proof or "")
            raise
        self.counts.add(address, now)
        self.brake.add(slug)

    def braked(self, slugs: list[str], now: datetime) -> list[str]:
        """Return the documents on which contributions wait, because so many came.

        Raises:
            StoreUnavailable: If the store cannot be asked.
        """
        if self.ordinary is None:
            return []
        return [slug for slug in slugs if self.brake.is_on(slug, now)]

    def _shown(self, sent: Sent, now: datetime) -> _Shown:
        proof = self.proofs.read(sent.proof, now) if sent.proof else None
        if proof is not None:
            return _Shown(now - proof.made_at, proof.mark, proof.good_until)
        stamp = self.stamps.read(sent.shown) if sent.shown else None
        if stamp is None:
            return _Shown()
        took = now - stamp.made_at
        if now < stamp.good_until and is_right(stamp.question, sent.answer):
            return _Shown(took, stamp.mark, stamp.good_until)
        return _Shown(took)
