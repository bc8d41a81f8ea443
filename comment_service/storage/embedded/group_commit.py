"""Group commit: of all threads that want to write, one writes for all and waits for the disk."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")  # what a wish is carried out on
R = TypeVar("R")


class Wish(Generic[T]):
    """What one thread wants written, and what came of it."""

    def __init__(self, work: Callable[[T], Any]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.leads = False
        self._turn = Lock()
        self._turn.acquire()

    def wait(self) -> None:
        """Wait until the wish is fulfilled, or its thread is to lead."""
        self._turn.acquire()

    def go_on(self, *, leading: bool = False) -> None:
        """Let the thread go on that waits."""
        self.leads = leading
        self._turn.release()


class GroupCommit(Generic[T]):
    """Gathers wishes while the disk is busy.

    The first thread leads: it writes what has gathered. Then it names the next leader among
    those that came meanwhile, so that nobody writes for others for ever.
    """

    def __init__(self, commit: Callable[[Sequence[Wish[T]]], None]) -> None:
        """Take a function that fills in result or error of each wish."""
        self._commit = commit
        self._mutex = Lock()
        self._waiting: list[Wish[T]] = []
        self._has_leader = False

    def carry_out(self, work: Callable[[T], R]) -> R:
        """Carry out ``work`` in a group, and return its result when that is safe."""
        wish: Wish[T] = Wish(work)
        if not self._joins(wish):
            wish.wait()
        if wish.leads:
            self._lead()
        if wish.error is not None:
            raise wish.error
        result: R = wish.result
        return result

    def _joins(self, wish: Wish[T]) -> bool:
        """Say whether the wish's thread leads at once."""
        with self._mutex:
            self._waiting.append(wish)
            wish.leads, self._has_leader = not self._has_leader, True
            return wish.leads

    def _lead(self) -> None:
        with self._mutex:
            group, self._waiting = self._waiting, []
        try:
            self._commit(group)
        except BaseException as error:
            for wish in group:
                wish.error = error
            raise
        finally:
            self._hand_over(group)

    def _hand_over(self, group: list[Wish[T]]) -> None:
        with self._mutex:
            following = self._waiting[0] if self._waiting else None
            self._has_leader = following is not None
        if following is not None:
            following.go_on(leading=True)
        for wish in group:
            if not wish.leads:
                wish.go_on()
