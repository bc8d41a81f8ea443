"""Once per browser, never one's own, and taken back at will, inside of the window."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from comment_service.browser_tokens import is_token, mark_on, new_token
from comment_service.commenting import Commenting
from comment_service.sent import Sent
from comment_service.storage.protocol import Store
from comment_service.supporting import Backing, Supporting
from participation.contribution import ContributionStatus
from participation.paragraph import ParagraphRef
from participation.refusals import (
    OwnContribution,
    UnknownBrowser,
    UnknownContribution,
    WindowNotOpen,
)
from tests.conftest import Clock
from tests.factories import AFTER, BEFORE, FIRST_MOMENT, LAST_MOMENT, make_contribution, make_draft

SECRET = b"s" * 32


@pytest.fixture
def supporting(commenting: Commenting) -> Supporting:
    of = commenting
    return Supporting(of.published, of.store, of.secret, of.marks, of.clock)


@pytest.fixture
def token(supporting: Supporting) -> str:
    return supporting.new_token()


def test_a_support_counts_once_per_browser(supporting: Supporting, store: Store, token: str):
    store.add(make_contribution("c1"))
    assert supporting.support("c1", token) == Backing("c1", 1, is_supported=True)
    assert supporting.support("c1", token) == Backing("c1", 1, is_supported=True)
    assert supporting.support("c1", supporting.new_token()).supports == 2
    assert len(store.supports("leitlinien")) == 2


def test_a_support_is_taken_back_and_given_again(supporting: Supporting, store: Store, token: str):
    store.add(make_contribution("c1"))
    supporting.support("c1", token)
    assert supporting.withdraw("c1", token) == Backing("c1", 0, is_supported=False)
    assert supporting.withdraw("c1", token) == Backing("c1", 0, is_supported=False)
    assert supporting.support("c1", token).supports == 1
    assert len(store.supports("leitlinien")) == 1


def test_where_there_is_no_support_none_is_taken_back(
    supporting: Supporting, store: Store, token: str
):
    store.add(make_contribution("c1"))
    state = store.state("leitlinien")
    assert supporting.withdraw("c1", token) == Backing("c1", 0, is_supported=False)
    assert store.state("leitlinien") == state


def test_what_is_public_tells_how_many_support_it(
    supporting: Supporting, commenting: Commenting, store: Store, token: str
):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    supporting.support("c1", token)
    supporting.support("c1", supporting.new_token())
    supporting.withdraw("c1", token)
    public = commenting.document("leitlinien").contributions
    assert [(one.id, one.supports) for one in public] == [("c1", 1), ("c2", 0)]


def test_nobody_supports_their_own(supporting: Supporting, commenting: Commenting, token: str):
    own = commenting.contribute(make_draft(), sent=Sent(browser_token=token)).contribution
    with pytest.raises(OwnContribution):
        supporting.support(own.id, token)
    assert supporting.support(own.id, supporting.new_token()).supports == 1


def test_a_foreign_token_keeps_nobody_from_contributing(commenting: Commenting):
    taken = commenting.contribute(make_draft(), sent=Sent(browser_token="made up"))
    assert taken.contribution.author_mark is None


def test_nothing_that_is_kept_links_two_contributions(
    supporting: Supporting, commenting: Commenting, store: Store, token: str
):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    supporting.support("c1", token)
    supporting.support("c2", token)
    own = commenting.contribute(make_draft(), sent=Sent(browser_token=token)).contribution
    kept = [one.id for one in store.supports("leitlinien")] + [own.author_mark]
    assert len(set(kept)) == 3
    assert not any(token in repr(part) for part in store.stock())


@pytest.mark.parametrize(
    "status",
    [ContributionStatus.PENDING, ContributionStatus.HIDDEN, ContributionStatus.WITHDRAWN],
)
def test_what_is_not_public_is_supported_no_more_than_what_is_not_there(
    supporting: Supporting, store: Store, token: str, status: ContributionStatus
):
    store.add(make_contribution("c1", status=status))
    for contribution_id in ("c1", "c9"):
        for act in (supporting.support, supporting.withdraw):
            with pytest.raises(UnknownContribution):
                act(contribution_id, token)


@pytest.mark.parametrize(
    "ref", [ParagraphRef("leitlinien", 7, 1), ParagraphRef("methodenkoffer", 1, 1)]
)
def test_what_stands_on_a_text_that_is_gone_is_not_supported(
    supporting: Supporting, store: Store, token: str, ref: ParagraphRef
):
    store.add(make_contribution("c1", ref=ref))
    with pytest.raises(UnknownContribution):
        supporting.support("c1", token)


@pytest.mark.parametrize("wrong", [None, "", "made up", "é", "A" * 43, "A" * 5000])
def test_a_token_that_was_not_handed_out_is_refused(
    supporting: Supporting, store: Store, wrong: str | None
):
    store.add(make_contribution("c1"))
    for act in (supporting.support, supporting.withdraw):
        with pytest.raises(UnknownBrowser):
            act("c1", wrong)


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_outside_of_the_window_nothing_is_supported_and_nothing_taken_back(
    supporting: Supporting, store: Store, clock: Clock, token: str, now: datetime
):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    supporting.support("c1", token)
    clock.now = now
    for act in (supporting.support, supporting.withdraw):
        for contribution_id in ("c1", "c2"):
            with pytest.raises(WindowNotOpen):
                act(contribution_id, token)
    assert [one.is_withdrawn for one in store.supports("leitlinien")] == [False]


@pytest.mark.parametrize("now", [FIRST_MOMENT, LAST_MOMENT])
def test_at_both_ends_of_the_window_it_is_possible(
    supporting: Supporting, store: Store, clock: Clock, token: str, now: datetime
):
    store.add(make_contribution("c1"))
    clock.now = now
    assert supporting.support("c1", token).supports == 1
    assert supporting.withdraw("c1", token).supports == 0


def test_of_one_browser_that_asks_often_at_once_one_support_is_kept(
    supporting: Supporting, store: Store, token: str
):
    store.add(make_contribution("c1"))
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: supporting.support("c1", token), range(16)))
    assert {one.supports for one in said} == {1}


def test_a_token_is_random_and_sealed():
    one, other = new_token(SECRET), new_token(SECRET)
    assert one != other
    assert is_token(SECRET, one)
    assert not is_token(b"x" * 32, one)
    assert not is_token(SECRET, one[:-2] + "AA")
    assert len(one) == 43


def test_a_mark_depends_on_browser_contribution_and_secret():
    mark = mark_on("c1", "t1", SECRET)
    others = {mark_on("c2", "t1", SECRET), mark_on("c1", "t2", SECRET), mark_on("c1", "t1", b"x")}
    assert mark not in others
    assert len(mark) == 64
