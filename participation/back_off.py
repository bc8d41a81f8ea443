"""Back-off: how long nobody may try to sign in after wrong tries in a row."""

from datetime import timedelta

FREE = 5  # wrong tries, after which every further one has to wait
SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
DOUBLINGS = 5  # from the shortest to the longest wait


def wait_after(failures: int, *, free: int = FREE) -> timedelta | None:
    """Return the wait after so many wrong tries in a row, of which the first ``free`` cost none.

    It doubles with each try, and never grows so long that whoever wants to keep somebody else
    out of their account could do so for a day.
    """
    if failures < free:
        return None
    doublings = min(failures - free, DOUBLINGS)
    return min(SHORTEST * (1 << doublings), LONGEST)
