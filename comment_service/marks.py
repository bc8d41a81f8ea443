"""The marks by which it is noticed that something on a document has changed."""

from collections.abc import Callable

FAR = 0.25  # seconds; a store that is far away is asked no more often for each document


class Marks:
    """Hands out the marks of a store's state; a far one is asked only now and then.

    A change of another process is noticed after ``patience`` seconds at the latest, one of
    this process at once: whoever writes calls ``forget``.
    """

    def __init__(
        self, state: Callable[[str], str], *, patience: float, elapsed: Callable[[], float]
    ) -> None:
        """Lean on the store's ``state`` and on a clock of seconds that never goes back."""
        self._state = state
        self._patience = patience
        self._elapsed = elapsed
        self._known: dict[str, tuple[float, str]] = {}

    def __call__(self, slug: str, *, fresh: bool = False) -> str:
        """Return the mark of a document; a ``fresh`` one is asked for in any case.

        Raises:
            StoreUnavailable: If the store cannot be asked.
        """
        if not self._patience:
            return self._state(slug)
        now, known = self._elapsed(), self._known.get(slug)
        if known is not None and not fresh and now - known[0] < self._patience:
            return known[1]
        mark = self._state(slug)
        self._known[slug] = (now, mark)  # as old as the question, not as the answer
        return mark

    def forget(self, slug: str) -> None:
        """Ask anew next time: something on the document was changed here."""
        self._known.pop(slug, None)
