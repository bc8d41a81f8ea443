"""Whether a contribution is public at once, read first, or to be sent again later.

Addresses are counted in the memory of each process, documents by what the store has kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

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


class _Shown(NamedTuple):
    """What proof and stamp say together: ``proof`` can be used once, up to ``good_until``."""

    took: timedelta | None = None
    proof: str = ""
    good_until: datetime | None = None


class Judging:
    """Judges what comes in by how it came."""

    def __init__(
        self,
        ordinary: Ordinary | None,
        secret: Callable[[], bytes],
        received_since: Callable[[str, datetime], int],
    ) -> None:
        """Lean on the store; where nothing is to be counted, ``ordinary`` is None."""
        self._ordinary = ordinary
        self._brake = Brake(received_since, (ordinary or Ordinary()).at_once)
        # Browsers wait, so that nobody who is quick with words passes for a program.
        self.proofs = Proofs(secret, timedelta(0) if ordinary is None else FASTEST + MARGIN)
        self.stamps = FormStamps(secret)
        self._counts = Counts(PERIOD)
        self._spent = Spent()

    @contextmanager
    def judged(self, sent: Sent, slug: str, now: datetime) -> Iterator[Doubts]:
        """Say why a contribution should be read first, for as long as it is being taken.

        If it could not be taken after all, nothing is counted, and its proof is as good as new.

        Raises:
            TooMany: If nothing more is taken from there for a while.
            StoreUnavailable: If the store cannot be asked.
        """
        if self._ordinary is None:
            yield (Doubt.TRAP,) if sent.trap else ()
            return
        address, shown = sent.address or "", self._shown(sent, now)
        self._counts.allow(address, now, self._ordinary.from_one_place)
        how = Circumstances(
            is_trapped=bool(sent.trap),
            took=shown.took,
            from_one_place=self._counts.count(address, now),
            on_document=self._brake.count(slug, now),
        )
        with self._used(shown, now) as is_proven:
            yield doubts(replace(how, is_proven=is_proven), self._ordinary)
        self._counts.add(address, now)
        self._brake.add(slug)

    @contextmanager
    def _used(self, shown: _Shown, now: datetime) -> Iterator[bool]:
        """Use a proof up and say whether it was still good; it is given back if that fails."""
        if shown.good_until is None or not self._spent.take(shown.proof, shown.good_until, now):
            yield False
            return
        try:
            yield True
        except BaseException:
            self._spent.give_back(shown.proof)
            raise

    def braked(self, slugs: list[str], now: datetime) -> list[str]:
        """Return the documents on which contributions wait, because so many came.

        Raises:
            StoreUnavailable: If the store cannot be asked.
        """
        if self._ordinary is None:
            return []
        return [slug for slug in slugs if self._brake.is_on(slug, now)]

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
