"""Replying, supporting, correcting and taking a support back, at every edge of the window."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from comment_service.changing_contributions import Changing
from comment_service.commenting import Commenting
from comment_service.own_contributions import OwnContributions
from comment_service.receipts import receipt_code, receipt_digest
from comment_service.storage.protocol import Store
from comment_service.supporting import Supporting
from participation.correcting import Correction
from participation.permissions import ALWAYS_POSSIBLE, Verb
from participation.refusals import WindowNotOpen
from participation.window import Window, closing, opening
from tests.comment_service.conftest import Publish
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    BEFORE,
    FIRST_MOMENT,
    LAST_MOMENT,
    make_catalogue,
    make_contribution,
    make_document,
    make_draft,
    make_version,
)

TICK = timedelta(microseconds=1)
Act = Callable[[], object]
CODES = {name: receipt_code(b"s" * 32, name) for name in ("c1", "c2")}


@pytest.fixture
def acts(commenting: Commenting, store: Store) -> dict[Verb, Act]:
    """All that residents do inside of the window only; each once more every time."""
    for name, code in CODES.items():
        store.add(make_contribution(name, receipt_digest=receipt_digest(code)))
    of = commenting
    supporting = Supporting(of.published, of.store, of.secret, of.marks, of.clock)
    own = OwnContributions(Changing(of.store, of.marks, of.clock, of.new_id), of.published)
    token = supporting.new_token()
    texts = iter(f"Nummer {number}." for number in range(99))
    return {
        Verb.CONTRIBUTE: lambda: of.contribute(make_draft()),
        Verb.REPLY: lambda: of.contribute(make_draft(kind="reply", in_reply_to="c2")),
        Verb.SUPPORT: lambda: supporting.support("c1", token),
        Verb.WITHDRAW_SUPPORT: lambda: supporting.withdraw("c1", token),
        Verb.CORRECT: lambda: own.correct(CODES["c1"], Correction(next(texts))),
    }


def passes(act: Act) -> bool:
    try:
        act()
    except WindowNotOpen:
        return False
    return True


WITHIN = sorted(set(Verb) - ALWAYS_POSSIBLE)


def test_the_acts_are_all_verbs_that_need_a_window(acts: dict[Verb, Act]):
    assert sorted(acts) == WITHIN


@pytest.mark.parametrize("verb", WITHIN)
@pytest.mark.parametrize(
    ("now", "expected"),
    [(BEFORE, False), (FIRST_MOMENT, True), (LAST_MOMENT, True), (AFTER, False)],
    ids=["before", "first moment", "last moment", "after"],
)
def test_it_is_possible_inside_of_the_window_only(
    acts: dict[Verb, Act], clock: Clock, store: Store, verb: Verb, now: datetime, *, expected: bool
):
    clock.now = now
    before = list(store.stock())
    assert passes(acts[verb]) is expected
    if not expected:
        assert list(store.stock()) == before


@pytest.mark.parametrize("verb", WITHIN)
@pytest.mark.parametrize(
    "day",
    [
        ("2024-03-31", "2024-03-30T23:00Z", "2024-03-31T22:00Z"),  # 23 hours long
        ("2024-10-27", "2024-10-26T22:00Z", "2024-10-27T23:00Z"),  # 25 hours long
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_on_a_day_on_which_the_clocks_change_it_is_possible_that_whole_day(
    acts: dict[Verb, Act],
    publish: Publish,
    clock: Clock,
    verb: Verb,
    day: tuple[str, str, str],
):
    stated, first, after = date.fromisoformat(day[0]), *day[1:]
    window = Window(opening(stated), closing(stated))
    publish(make_catalogue(make_document(versions=(make_version(window=window),))))
    starts, ends = datetime.fromisoformat(first), datetime.fromisoformat(after)
    taken = []
    for clock.now in (starts - TICK, starts, ends - TICK, ends):
        taken.append(passes(acts[verb]))
    assert taken == [False, True, True, False]


@pytest.mark.parametrize("verb", WITHIN)
def test_of_the_hour_that_comes_twice_the_first_one_is_open(
    acts: dict[Verb, Act], publish: Publish, clock: Clock, verb: Verb
):
    closes = datetime.fromisoformat("2024-10-27T02:30:00+02:00")  # an hour later it is 2:30 again
    window = Window(closes - timedelta(days=1), closes)
    publish(make_catalogue(make_document(versions=(make_version(window=window),))))
    taken = []
    for clock.now in (closes - TICK, closes, closes + timedelta(minutes=59)):
        taken.append(passes(acts[verb]))
    assert taken == [True, False, False]


@pytest.mark.parametrize("verb", WITHIN)
def test_on_a_version_without_a_window_nothing_is_possible(
    acts: dict[Verb, Act], publish: Publish, verb: Verb
):
    publish(make_catalogue(make_document(versions=(make_version(window=None),))))
    assert not passes(acts[verb])
