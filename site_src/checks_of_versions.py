"""Checks of versions against each other: each is published after the one before."""

from collections.abc import Iterable, Iterator
from datetime import date

from site_src.editions import Edition, PublishedDocument
from site_src.messages import message
from site_src.problems import Problem, warning


def check_versions(documents: Iterable[PublishedDocument]) -> Iterator[Problem]:
    """Yield each newest version whose date of publication was left as it was, or goes back.

    Those of older versions can no longer be mended.
    """
    for published in documents:
        for before in published.editions[-2:-1]:
            yield from _check_day(published.newest, before.version.number, before.version.published)


def _check_day(edition: Edition, number: int, before: date) -> Iterator[Problem]:
    day, stated = edition.version.published, edition.source.published is not None
    if day < before:
        yield _goes_back(edition, number, before)
    elif day == before and stated:
        yield _unchanged(edition, number)


def _goes_back(edition: Edition, number: int, before: date) -> Problem:
    file = edition.source.file
    return warning(
        file.path,
        file.line("published" if "published" in file.front else "version"),
        message(
            "this version is dated {day}, before version {number} of {before}",
            day=edition.version.published,
            number=number,
            before=before,
        ),
        message("write the day on which it is published as “published”"),
    )


def _unchanged(edition: Edition, number: int) -> Problem:
    file = edition.source.file
    return warning(
        file.path,
        file.line("published"),
        message(
            "this is the day on which version {number} was published: {day}",
            number=number,
            day=edition.version.published,
        ),
        message(
            "delete the line, then the day of the commit counts, or write the right day; "
            "if both were published on that day, nothing is to be done"
        ),
    )
