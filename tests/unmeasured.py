"""Tests that only repeat what others measure run without coverage, in half the time."""

import os
from collections.abc import Generator
from contextlib import contextmanager

import coverage
import pytest

CHILDREN = "COVERAGE_PROCESS_CONFIG"  # by it coverage begins in the processes that a test starts


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Run a test marked ``unmeasured``, with its fixtures, while coverage pauses."""
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    with _paused():
        return (yield)


@contextmanager
def _paused() -> Generator[None]:
    measuring = coverage.Coverage.current()
    if measuring is None:
        yield
        return
    told = os.environ.pop(CHILDREN, None)  # noqa: TID251  # what processes inherit
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()
        if told is not None:
            os.environ[CHILDREN] = told  # noqa: TID251  # as above
