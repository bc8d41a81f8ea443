"""Checks of windows across versions: no two versions of a document ever take comments at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from participation.window import HOME, Window
from site_src.editions import Edition, PublishedDocument
from site_src.messages import Message, message
from site_src.problems import Problem, hint, warning
from site_src.words_of_versions import last_day


def check_windows(documents: Iterable[PublishedDocument]) -> Iterator[Problem]:
    """Yield what the newest version does to the windows of the ones before it.

    An end that was promised is kept: the next window must not open before it. What was open
    until further notice ends by itself. Only the newest version can still be mended.
    """
    for published in documents:
        newest = published.newest
        for edition in published.editions[:-1]:
            yield from _promised(newest, edition.source.window, edition.version.number)
        for edition in published.editions[-2:-1]:
            yield from _until_further_notice(newest, edition)


def _promised(newest: Edition, other: Window | None, number: int) -> Iterator[Problem]:
    own, file = newest.source.window, newest.source.file
    if own is not None and other is not None and other.closes and own.overlaps(other):
        yield Problem(
            file.path,
            file.line("commenting", "opens"),
            message("the commenting window overlaps with that of version {number}", number=number),
            message(
                "let it open once the other one has closed: “opens: {moment}”",
                moment=_as_stated(other.closes),
            ),
        )


def _as_stated(moment: datetime) -> str:
    """Return a moment as an editor writes it: the first one of a day is that day."""
    local = moment.astimezone(HOME)
    is_date = local.time() == time.min
    return local.date().isoformat() if is_date else local.isoformat(timespec="minutes")


def _until_further_notice(newest: Edition, edition: Edition) -> Iterator[Problem]:
    stated, left = edition.source.window, edition.version.window
    if stated is None or stated.closes is not None:
        return
    path, line = newest.source.file.path, newest.source.file.line("version")
    number = edition.version.number
    if left is None:
        what = message("version {number} will never have taken any comments", number=number)
        yield warning(path, line, what, NEVER_OPEN)
    else:
        day = last_day(left)
        what = message("version {number} takes comments until {day}", number=number, day=day)
        yield hint(path, line, what, ENDED)


NEVER_OPEN: Message = message(
    "this version is published on the day when that window opens, or before; correct “published” "
    "or “opens” if that is not meant"
)
ENDED: Message = message("nothing is to be done: it had no “closes”, and this version follows it")
