"""What only some stores can do to be looked after."""

from collections.abc import Callable, Iterable
from typing import Protocol, runtime_checkable

Progress = Callable[[int, int], None]  # done, of how many


@runtime_checkable
class Compacting(Protocol):
    """A store that gathers what is outdated until somebody has it cleared away."""

    def compact(self, progress: Progress) -> None:
        """Write everything anew, without what is outdated; ``progress`` is told how far it is."""


@runtime_checkable
class SelfVerifying(Protocol):
    """A store that knows more of itself than it hands out, such as checksums."""

    def verify(self) -> Iterable[str]:
        """Name what is damaged, a line for each."""
