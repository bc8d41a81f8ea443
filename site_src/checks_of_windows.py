"""Checks of windows across versions: what is said must be clear about what it is said of."""

from collections.abc import Iterator, Sequence

from participation.window import Window
from site_src.history import History, Stage
from site_src.messages import message
from site_src.problems import BrokenSource, Problem
from site_src.source_files import SourceFile
from site_src.source_values import SourceDocument, window_of


def check_windows(documents: Sequence[SourceDocument], history: History) -> Iterator[Problem]:
    """Yield each window that overlaps with that of an earlier version of its document."""
    for document in documents:
        if document.window is not None:
            earlier = history.earlier(document.file.path, document.version)
            for number, stage in earlier.items():
                window = _window_then(stage)
                if window is not None and window.overlaps(document.window):
                    yield _overlap(document, number)


def _window_then(stage: Stage) -> Window | None:
    """Return the window as it was committed last; what could not be read opened nothing."""
    try:
        return window_of(SourceFile("", stage.front))
    except (BrokenSource, KeyError, TypeError, AttributeError):
        return None


def _overlap(document: SourceDocument, number: int) -> Problem:
    return Problem(
        document.file.path,
        document.file.line("commenting", "opens"),
        message("the commenting window overlaps with that of version {number}", number=number),
        message("let it open after the other one has closed"),
    )
