"""One sentence for each promise of the store of mail, on every database."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from comment_service.settings import BrokenSetting
from comment_service.storage.mail.opening import FILE
from comment_service.storage.mail.store import MailStore
from comment_service.storage.mail.wish import Allowance, GivenUp, Letter, Limits, Trouble, Wish
from participation.faults import StoreUnavailable
from tests.factories import NOON, make_wish

DAY = "2024-03-20"
SOON, LATER = NOON + timedelta(minutes=1), NOON + timedelta(hours=1)
CONFIRMATION, ANSWER = Letter
THREADS, EACH = 4, 12


@pytest.fixture
def kept(new_url: Callable[[], str]) -> Iterator[MailStore]:
    """An empty store of mail, beside each kind of store."""
    with closing(MailStore(new_url())) as kept:
        yield kept


def confirmed(kept: MailStore, wish: Wish) -> Wish:
    """Keep a wish and confirm it."""
    kept.ask(wish, [], DAY)
    assert kept.confirm(wish.id, NOON)
    found = kept.get(wish.id)
    assert found is not None
    return found


def claimed(kept: MailStore, wish: Wish) -> Wish:
    """Claim a letter that nobody else sends."""
    mine = kept.claim(wish, LATER)
    assert mine is not None
    return mine


def limits(**changed: object) -> Limits:
    """Limits under which nothing is too old at NOON."""
    before = NOON - timedelta(days=1)
    given = {"sent": before, "asked": before, "confirmed": before, "given_up": before, "day": DAY}
    return Limits(**{**given, **changed})  # type: ignore[arg-type]  # tests name what they change


def test_a_wish_is_kept_as_it_was_asked_for_and_its_letter_is_due(kept: MailStore):
    wish = make_wish(language="en")
    assert kept.ask(wish, [], DAY)
    assert kept.get("w1") == wish
    assert kept.of_contribution("c1") == kept.wishes() == kept.due(NOON, 9) == [wish]
    assert kept.due(NOON - timedelta(microseconds=1), 9) == []


def test_nobody_is_found_under_an_unknown_id(kept: MailStore):
    assert kept.get("w1") is None
    assert kept.of_contribution("c1") == []
    assert not kept.confirm("w1", NOON)
    assert kept.forget(["w1"]) == 0


def test_an_address_that_waits_for_its_letter_is_not_asked_for_twice(kept: MailStore):
    kept.ask(make_wish(), [], DAY)
    assert not kept.ask(make_wish("w2"), [], DAY)
    assert kept.wishes() == [make_wish()]


def test_an_address_whose_letter_was_lost_gets_another_one_with_the_same_link(kept: MailStore):
    kept.ask(make_wish(), [], DAY)
    kept.sent(claimed(kept, make_wish()), NOON)
    again = make_wish("w2", asked_at=LATER, letter_at=LATER, due_at=LATER, language="en")
    assert kept.ask(again, [], DAY)
    assert kept.wishes() == [replace(again, id="w1")]


def test_a_confirmed_address_gets_no_second_link(kept: MailStore):
    wish = confirmed(kept, make_wish())
    assert not kept.ask(make_wish("w2"), [], DAY)
    assert kept.wishes() == [wish]


def test_no_letter_is_sent_beyond_what_is_allowed_on_a_day(kept: MailStore):
    allowed = [Allowance("of an address", 2)]
    asked = [kept.ask(make_wish(f"w{n}", contribution=f"c{n}"), allowed, DAY) for n in range(4)]
    assert asked == [True, True, False, False]
    assert len(kept.wishes()) == 2
    kept.tidy(limits(day="2024-03-21"))
    assert kept.ask(make_wish("w5", contribution="c5"), allowed, "2024-03-21")


def test_every_allowance_counts(kept: MailStore):
    assert not kept.ask(make_wish(), [Allowance("one", 9), Allowance("other", 0)], DAY)
    assert kept.wishes() == []


def test_a_confirmed_address_takes_the_place_of_all_others_of_its_contribution(kept: MailStore):
    for one in (
        make_wish("w1", address="ada@example.org"),
        make_wish("w2", address="eda@example.org"),
        make_wish("w3", contribution="c2"),
    ):
        kept.ask(one, [], DAY)
    kept.confirm("w2", SOON)
    assert [wish.id for wish in kept.wishes()] == ["w2", "w3"]
    second = kept.of_contribution("c1")[0]
    assert (second.confirmed_at, second.letter, second.due_at) == (SOON, None, None)


def test_confirming_twice_changes_nothing(kept: MailStore):
    wish = confirmed(kept, make_wish())
    assert kept.confirm(wish.id, LATER)
    assert kept.get(wish.id) == wish


def test_only_confirmed_addresses_are_called_for_an_answer_and_once(kept: MailStore):
    waiting = confirmed(kept, make_wish())
    kept.ask(make_wish("w2", contribution="c2"), [], DAY)
    kept.call_for_answers(["w1", "w2"], SOON)
    due = kept.get("w1")
    assert due is not None
    assert (due.letter, due.letter_at, due.due_at, due.tries) == (ANSWER, SOON, SOON, 0)
    assert kept.get("w2") == make_wish("w2", contribution="c2")
    kept.call_for_answers(["w1"], LATER)
    assert kept.get("w1") == due != waiting


def test_what_is_due_comes_in_its_order_and_in_portions(kept: MailStore):
    for name, due_at in (("w1", SOON), ("w2", NOON), ("w3", LATER)):
        kept.ask(make_wish(name, contribution=name, due_at=due_at), [], DAY)
    assert [wish.id for wish in kept.due(SOON, 9)] == ["w2", "w1"]
    assert [wish.id for wish in kept.due(SOON, 1)] == ["w2"]


def test_of_two_who_want_to_send_a_letter_one_does(kept: MailStore):
    kept.ask(make_wish(), [], DAY)
    mine = kept.claim(make_wish(), LATER)
    assert mine == make_wish(due_at=LATER, tries=1)
    assert kept.claim(make_wish(), LATER) is None
    assert kept.due(SOON, 9) == []


def test_a_letter_whose_sender_vanished_is_due_again(kept: MailStore):
    kept.ask(make_wish(), [], DAY)
    mine = claimed(kept, make_wish())
    assert kept.due(LATER, 9) == [mine]


def test_a_letter_can_be_put_off(kept: MailStore):
    kept.ask(make_wish(), [], DAY)
    kept.postpone(claimed(kept, make_wish()), SOON, 1)
    assert kept.due(SOON, 9) == [make_wish(due_at=SOON, tries=1)]


def test_after_the_link_the_address_waits_and_after_the_answer_it_is_gone(kept: MailStore):
    kept.ask(make_wish(), [], DAY)
    kept.sent(claimed(kept, make_wish()), SOON)
    waits = kept.get("w1")
    assert waits is not None
    assert (waits.letter, waits.due_at, waits.sent_at, waits.tries) == (None, None, SOON, 0)
    kept.confirm("w1", SOON)
    kept.call_for_answers(["w1"], SOON)
    kept.sent(claimed(kept, kept.due(SOON, 1)[0]), SOON)
    assert kept.wishes() == []


def test_an_address_that_was_confirmed_while_its_link_was_sent_again_stays_confirmed(
    kept: MailStore,
):
    kept.ask(make_wish(), [], DAY)
    mine = claimed(kept, make_wish())
    kept.confirm("w1", SOON)
    kept.sent(mine, LATER)
    found = kept.get("w1")
    assert found is not None
    assert (found.confirmed_at, found.sent_at) == (SOON, None)


def test_what_is_given_up_is_told_without_its_address(kept: MailStore):
    kept.ask(make_wish(), [], DAY)
    kept.give_up(claimed(kept, make_wish()), GivenUp("w1", NOON, CONFIRMATION, "550 5.1.1"))
    assert kept.wishes() == []
    assert kept.given_up() == [GivenUp("w1", NOON, CONFIRMATION, "550 5.1.1")]


def test_trouble_is_kept_until_it_is_over(kept: MailStore):
    assert kept.trouble() is None
    for tries in (1, 2):
        trouble = Trouble(NOON, tries, LATER, "connection refused")
        kept.note_trouble(trouble)
        assert kept.trouble() == trouble
    kept.clear_trouble()
    assert kept.trouble() is None


def test_what_is_too_old_is_deleted_and_nothing_else(kept: MailStore):
    old = NOON - timedelta(days=2)
    kept.ask(make_wish("sent", contribution="1"), [], DAY)
    kept.sent(claimed(kept, make_wish("sent", contribution="1")), old)
    kept.ask(make_wish("asked", contribution="2", asked_at=old), [], DAY)
    kept.ask(make_wish("confirmed", contribution="3", asked_at=old), [], DAY)
    kept.confirm("confirmed", old)
    kept.ask(make_wish("waits", contribution="4", asked_at=old), [], DAY)
    kept.confirm("waits", NOON)
    kept.ask(make_wish("new", contribution="5"), [], DAY)
    kept.give_up(make_wish("gone"), GivenUp("gone", old, ANSWER, "550"))
    assert kept.tidy(limits()) == 3
    assert [wish.id for wish in kept.wishes()] == ["waits", "new"]
    assert kept.given_up() == []


def test_wishes_are_taken_over_as_they_are_and_once(kept: MailStore):
    wishes = [make_wish(), make_wish("w2", contribution="c2", confirmed_at=NOON, letter=None)]
    assert kept.take_over(wishes) == 2
    assert kept.take_over(wishes) == 0
    assert kept.wishes() == wishes


def test_an_address_is_shown_in_no_description():
    assert "ada" not in repr(make_wish(address="ada@example.org"))


def test_what_is_deleted_is_on_no_file_any_more(folder: Path):
    with closing(MailStore(f"embedded:{folder}")) as kept:
        kept.ask(make_wish(address="ada.lovelace@example.org"), [], DAY)
        assert b"ada.lovelace" in (folder / FILE).read_bytes()
        kept.forget(["w1"])
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert b"lovelace" not in (folder / FILE).read_bytes()
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600


def test_several_processes_see_the_same(folder: Path):
    with (
        closing(MailStore(f"embedded:{folder}")) as one,
        closing(MailStore(f"embedded:{folder}")) as other,
    ):
        one.ask(make_wish(), [], DAY)
        assert other.claim(make_wish(), LATER)
        assert one.claim(make_wish(), LATER) is None


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path):
    (tmp_path / "data").write_text("a file")
    with (
        closing(MailStore(f"embedded:{tmp_path / 'data'}")) as kept,
        pytest.raises(StoreUnavailable, match=r"mail: .*data"),
    ):
        kept.wishes()


def test_a_damaged_file_is_named(folder: Path):
    folder.mkdir()
    (folder / FILE).write_text("no database at all, but long enough to be looked at" * 99)
    with (
        closing(MailStore(f"embedded:{folder}")) as kept,
        pytest.raises(StoreUnavailable, match=r"mail: .*not a database"),
    ):
        kept.wishes()


def test_an_address_of_no_store_is_refused():
    with pytest.raises(BrokenSetting, match="there is no store 'mysql' here"):
        MailStore("mysql://localhost/x")


def test_many_threads_of_many_processes_lose_nothing(folder: Path):
    url = f"embedded:{folder}"
    with ProcessPoolExecutor(3, get_context("spawn")) as pool:
        assert list(pool.map(asked_by_threads, [url] * 3, "abc")) == [THREADS * EACH] * 3
    with closing(MailStore(url)) as kept:
        assert len(kept.wishes()) == 3 * THREADS * EACH


def asked_by_threads(url: str, process: str) -> int:
    """Ask from several threads of a process at once; return how many letters were promised."""
    with closing(MailStore(url)) as kept, ThreadPoolExecutor(THREADS) as pool:
        names = [f"{process}{number}" for number in range(THREADS * EACH)]
        asked = pool.map(lambda name: kept.ask(make_wish(name, contribution=name), [], DAY), names)
        return sum(asked)
