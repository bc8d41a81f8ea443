"""Checks of windows across versions: what is said must be clear about what it is said of."""

from collections.abc import Iterable, Iterator

from site_src.editions import Edition, PublishedDocument
from site_src.messages import message
from site_src.problems import Problem


def check_windows(documents: Iterable[PublishedDocument]) -> Iterator[Problem]:
    """Yield each window that overlaps with that of an earlier version of its document.

    Only the newest one can still be mended.
    """
    for published in documents:
        newest = published.newest
        for edition in published.editions[:-1]:
            if _overlap(newest, edition):
                yield _overlapping(newest, edition.version.number)


def _overlap(one: Edition, other: Edition) -> bool:
    windows = one.version.window, other.version.window
    return windows[0] is not None and windows[1] is not None and windows[0].overlaps(windows[1])


def _overlapping(edition: Edition, number: int) -> Problem:
    file = edition.source.file
    return Problem(
        file.path,
        file.line("commenting", "opens"),
        message("the commenting window overlaps with that of version {number}", number=number),
        message("let it open after the other one has closed"),
    )
