"""Every way to write × every place of the moment in the window, and both changes of the clocks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from participation.window import Window, closing, opening
from tests.comment_service.conftest import Publish
from tests.comment_service.web.places import (
    COMMENT,
    CONTRIBUTE,
    CONTRIBUTIONS,
    PAGE,
    PAGE_OF_VERSION,
)
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    BEFORE,
    FIRST_MOMENT,
    LAST_MOMENT,
    make_catalogue,
    make_contribution,
    make_document,
    make_version,
)

TICK = timedelta(microseconds=1)
OPEN, SHUT = True, False
HandedIn = Callable[[], bool]


@pytest.fixture(params=["API", "HTML form"])
def handed_in(request: pytest.FixtureRequest, client: FlaskClient) -> HandedIn:
    """Hands in a contribution and says whether it was taken; once for each way to do it."""

    def by_api() -> bool:
        return {201: OPEN, 403: SHUT}[client.post(CONTRIBUTE, json=COMMENT).status_code]

    def by_form() -> bool:
        return {303: OPEN, 403: SHUT}[client.post(PAGE, data=COMMENT).status_code]

    return {"API": by_api, "HTML form": by_form}[request.param]


@pytest.mark.parametrize(
    ("now", "expected"),
    [(BEFORE, SHUT), (FIRST_MOMENT, OPEN), (LAST_MOMENT, OPEN), (AFTER, SHUT)],
    ids=["before", "first moment", "last moment", "after"],
)
def test_a_contribution_is_taken_inside_of_the_window_only(
    handed_in: HandedIn, store: Store, clock: Clock, now: datetime, *, expected: bool
):
    clock.now = now
    assert handed_in() is expected
    assert len(store.of_document("leitlinien")) == expected


@pytest.mark.parametrize("now", [BEFORE, FIRST_MOMENT, LAST_MOMENT, AFTER])
def test_reading_is_always_possible(client: FlaskClient, store: Store, clock: Clock, now: datetime):
    store.add(make_contribution("c1"))
    clock.now = now
    paths = ("/api/documents", CONTRIBUTIONS, "/api/contributions/c1", PAGE, PAGE_OF_VERSION)
    assert [client.get(path).status_code for path in paths] == [200] * 5


@pytest.mark.parametrize(
    ("now", "state"),
    [(BEFORE, "not-yet"), (FIRST_MOMENT, "open"), (LAST_MOMENT, "open"), (AFTER, "closed")],
)
def test_the_state_of_the_window_is_told(
    client: FlaskClient, clock: Clock, now: datetime, state: str
):
    clock.now = now
    (document,) = client.get("/api/documents").get_json()["documents"]
    assert document["versions"][0]["window"]["state"] == state


def test_a_refusal_tells_the_window(client: FlaskClient, clock: Clock):
    clock.now = AFTER
    problem = client.post(CONTRIBUTE, json=COMMENT).get_json()
    assert problem["code"] == "window-not-open"
    assert problem["opens"] == "2024-03-08T00:00:00+01:00"
    assert problem["closes"] == "2024-03-30T00:00:00+01:00"


def with_window(window: Window | None):
    return make_catalogue(make_document(versions=(make_version(window=window),)))


def test_without_a_window_a_contribution_is_refused(handed_in: HandedIn, publish: Publish):
    publish(with_window(None))
    assert handed_in() is SHUT


def test_a_refusal_without_a_window_tells_that_there_is_none(client: FlaskClient, publish: Publish):
    publish(with_window(None))
    problem = client.post(CONTRIBUTE, json=COMMENT).get_json()
    assert (problem["opens"], problem["closes"]) == (None, None)


def test_a_window_without_an_end_stays_open(
    handed_in: HandedIn, client: FlaskClient, publish: Publish, clock: Clock
):
    publish(with_window(Window(FIRST_MOMENT)))
    clock.now = FIRST_MOMENT + timedelta(days=36_500)
    assert handed_in() is OPEN
    (version,) = client.get(CONTRIBUTIONS).get_json()["versions"]
    assert version["window"]["closes"] is None


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        ("2024-03-31", "2024-03-30T23:00Z", "2024-03-31T22:00Z"),  # 23 hours long
        ("2024-10-27", "2024-10-26T22:00Z", "2024-10-27T23:00Z"),  # 25 hours long
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_a_window_of_a_day_on_which_the_clocks_change_is_that_whole_day(
    handed_in: HandedIn, publish: Publish, clock: Clock, day: str, *, first: str, after: str
):
    stated = date.fromisoformat(day)
    publish(with_window(Window(opening(stated), closing(stated))))
    starts, ends = datetime.fromisoformat(first), datetime.fromisoformat(after)
    taken = []
    for clock.now in (starts - TICK, starts, ends - TICK, ends):
        taken.append(handed_in())
    assert taken == [SHUT, OPEN, OPEN, SHUT]


def test_of_the_hour_that_comes_twice_the_first_one_is_open(
    handed_in: HandedIn, publish: Publish, clock: Clock
):
    closes = datetime.fromisoformat("2024-10-27T02:30:00+02:00")  # an hour later it is 2:30 again
    publish(with_window(Window(closes - timedelta(days=1), closes)))
    taken = []
    for clock.now in (closes - TICK, closes, closes + timedelta(minutes=59)):
        taken.append(handed_in())
    assert taken == [OPEN, SHUT, SHUT]
