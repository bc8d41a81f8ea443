"""What is public is rendered once per change, and never kept longer than it is true."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import msgspec
import pytest

from comment_service.commenting import Commenting
from comment_service.making_public import MakingPublic
from comment_service.marks import Marks
from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import Change
from comment_service.web import shapes
from comment_service.web.content_coding import Coding
from comment_service.web.reading import Reading
from comment_service.web.rendering import Rendering
from participation.contribution import Contribution, ContributionStatus
from participation.faults import StoreUnavailable
from participation.refusals import UnknownDocument, UnknownVersion
from tests.comment_service.conftest import Publish
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    BEFORE,
    LAST_MOMENT,
    NOON,
    make_catalogue,
    make_contribution,
    make_document,
    make_log_entry,
    make_version,
)


class Watched(MemoryStore):
    """A store that counts how often a document is read, waits if it is told to, and can fail."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: list[str] = []
        self.reading, self.go_on = Event(), Event()
        self.go_on.set()
        self.failing = False

    def of_document(self, slug: str) -> list[Contribution]:
        found = super().of_document(slug)
        self.reads.append(slug)
        self.reading.set()
        assert self.go_on.wait(10)
        return found

    def state(self, slug: str) -> str:
        if self.failing:
            raise StoreUnavailable("the disk is gone")
        return super().state(slug)


@pytest.fixture
def store() -> Watched:
    """The store that is read; it is watched."""
    return Watched()


@pytest.fixture
def watched(commenting: Commenting, store: Watched) -> Commenting:
    """The use cases on the watched store."""
    marks = Marks(store.state, patience=0.0, elapsed=lambda: 0.0)
    return replace(commenting, store=store, marks=marks, public=MakingPublic(store, marks))


@pytest.fixture
def reading(watched: Commenting) -> Reading:
    """The reads of the watched store."""
    return Reading(watched)


def told(rendering: Rendering) -> shapes.CommentedVersion:
    return msgspec.json.decode(rendering.body, type=shapes.Contributions).versions[0]


def state(rendering: Rendering) -> str:
    window = told(rendering).window
    assert window is not None
    return window.state


def test_what_has_not_changed_is_rendered_once(reading: Reading, store: Watched):
    store.add(make_contribution())
    first = reading.contributions("leitlinien")
    assert reading.contributions("leitlinien") is first
    assert store.reads == ["leitlinien"]


def test_a_change_is_rendered(reading: Reading, store: Watched):
    assert told(reading.contributions("leitlinien")).count == 0
    store.add(make_contribution("c1"))
    assert told(reading.contributions("leitlinien")).count == 1
    seen = store.get("c1")
    store.change(
        [Change(seen, replace(seen, status=ContributionStatus.HIDDEN))], [make_log_entry()]
    )
    assert told(reading.contributions("leitlinien")).count == 0


def test_a_change_elsewhere_costs_nothing(reading: Reading, store: Watched, publish: Publish):
    publish(make_catalogue(make_document("leitlinien"), make_document("methodenkoffer")))
    first, _ = reading.contributions("leitlinien"), reading.documents()
    store.reads.clear()
    store.add(make_contribution(ref=replace(make_contribution().ref, document="methodenkoffer")))
    assert reading.contributions("leitlinien") is first
    listed = msgspec.json.decode(reading.documents().body, type=shapes.Documents)
    assert [one.versions[0].count for one in listed.documents] == [0, 1]
    assert store.reads == ["methodenkoffer"]


def test_a_newer_catalogue_is_rendered(reading: Reading, publish: Publish):
    first = reading.contributions("leitlinien"), reading.documents()
    publish(make_catalogue(make_document(title="Neue Leitlinien")))
    second = reading.contributions("leitlinien"), reading.documents()
    for before, after in zip(first, second, strict=True):
        assert b"Neue Leitlinien" not in before.body
        assert b"Neue Leitlinien" in after.body


@pytest.mark.parametrize(
    ("before", "after"), [(BEFORE, NOON), (LAST_MOMENT, AFTER), (AFTER, LAST_MOMENT)]
)
def test_a_window_that_opens_or_closes_is_told_at_that_moment(
    reading: Reading, clock: Clock, before, after
):
    for moment in (before, after):
        clock.now = moment
        (window,) = (version.window for version in make_document().versions)
        assert window is not None
        assert state(reading.contributions("leitlinien")) == window.state(moment)
        assert window.state(moment).encode() in reading.documents().body


def test_a_version_without_a_window_is_good_until_something_changes(
    reading: Reading, clock: Clock, publish: Publish
):
    publish(make_catalogue(make_document(versions=(make_version(window=None),))))
    first = reading.contributions("leitlinien")
    clock.now += timedelta(days=10_000)
    assert reading.contributions("leitlinien") is first


def test_one_version_is_rendered_beside_all(reading: Reading, publish: Publish):
    versions = (make_version(1), make_version(2, window=None))
    publish(make_catalogue(make_document(versions=versions)))
    assert told(reading.contributions("leitlinien", 2)).version == 2
    assert told(reading.contributions("leitlinien")).version == 1


def test_what_is_not_there_is_refused_and_not_kept(reading: Reading, store: Watched):
    with pytest.raises(UnknownDocument):
        reading.contributions("nichts")
    with pytest.raises(UnknownVersion):
        reading.contributions("leitlinien", 7)
    assert store.reads == []


def test_a_store_that_fails_is_never_papered_over(reading: Reading, store: Watched):
    first = reading.contributions("leitlinien")
    reading.documents()
    store.failing = True
    with pytest.raises(StoreUnavailable):
        reading.contributions("leitlinien")
    with pytest.raises(StoreUnavailable):
        reading.documents()
    store.failing = False
    assert reading.contributions("leitlinien") is first


def test_many_who_ask_at_once_wait_for_one_rendering(reading: Reading, store: Watched):
    store.go_on.clear()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(reading.contributions, "leitlinien") for _ in range(8)]
        assert store.reading.wait(10)
        store.go_on.set()
        renderings = {id(one.result()) for one in asked}
    assert len(renderings) == 1
    assert len(store.reads) == 1


def test_while_many_write_nobody_waits_for_more_than_two_renderings(
    reading: Reading, store: Watched
):
    store.go_on.clear()
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(reading.contributions, "leitlinien")
        assert store.reading.wait(10)
        for number in range(5):
            store.add(make_contribution(f"c{number}"))
        late = [pool.submit(reading.contributions, "leitlinien") for _ in range(6)]
        store.go_on.set()
        assert told(first.result()).count == 0
        assert {told(one.result()).count for one in late} == {5}
    assert len(store.reads) == 2


def test_what_changes_while_it_is_rendered_is_not_missed(reading: Reading, store: Watched):
    store.go_on.clear()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(reading.contributions, "leitlinien")
        assert store.reading.wait(10)
        store.add(make_contribution())
        store.go_on.set()
        assert told(first.result()).count == 0
    assert told(reading.contributions("leitlinien")).count == 1


def test_only_so_much_is_kept_and_the_latest_in_any_case(watched: Commenting, publish: Publish):
    slugs = ["eins", "zwei", "drei"]
    publish(make_catalogue(*(make_document(slug) for slug in slugs)))
    size = Reading(watched).contributions("eins").size()
    reading = Reading(watched, room=2 * size)
    renderings = [reading.contributions(slug) for slug in slugs]
    kept = [
        reading.contributions(slug) is renderings[place]
        for place, slug in ((2, "drei"), (1, "zwei"))
    ]
    assert kept == [True, True]
    assert reading.contributions("eins") is not renderings[0]
    tiny = Reading(watched, room=1)
    assert tiny.contributions("eins") is tiny.contributions("eins")


def test_a_fresh_one_is_asked_for_past_a_mark_that_is_still_good(
    commenting: Commenting, store: Watched
):
    marks = Marks(store.state, patience=1.0, elapsed=lambda: 0.0)
    public = MakingPublic(store, marks)
    reading = Reading(replace(commenting, store=store, marks=marks, public=public))
    reading.contributions("leitlinien")
    store.add(make_contribution())
    assert told(reading.contributions("leitlinien")).count == 0
    assert told(reading.contributions("leitlinien", fresh=True)).count == 1
    assert b'"count":1' in reading.documents(fresh=True).body


def test_a_form_is_made_once(reading: Reading):
    rendering = reading.contributions("leitlinien")
    for coding in Coding:
        assert rendering.coded(coding) is rendering.coded(coding)
