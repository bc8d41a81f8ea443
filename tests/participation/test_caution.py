from datetime import timedelta

import pytest

from participation.caution import FASTEST, Circumstances, Doubt, Ordinary, doubts

ORDINARY = Ordinary(unproven=3, from_one_place=10, at_once=5)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (Circumstances(), ()),
        (Circumstances(is_trapped=True), (Doubt.TRAP,)),
        (Circumstances(is_trapped=True, is_proven=True), (Doubt.TRAP,)),
        (Circumstances(took=FASTEST - INSTANT), (Doubt.TOO_FAST,)),
        (Circumstances(took=FASTEST - INSTANT, is_proven=True), (Doubt.TOO_FAST,)),
        (Circumstances(took=FASTEST), ()),
        (Circumstances(from_one_place=2), ()),
        (Circumstances(from_one_place=3), (Doubt.MANY_FROM_ONE_PLACE,)),
        (Circumstances(from_one_place=9, is_proven=True), ()),
        (Circumstances(on_document=4), ()),
        (Circumstances(on_document=5, is_proven=True), (Doubt.MANY_AT_ONCE,)),
    ],
    ids=str,
)
def test_what_is_out_of_the_ordinary_is_read_first(how: Circumstances, told: tuple[Doubt, ...]):
    assert doubts(how, ORDINARY) == told


def test_every_doubt_is_told():
    how = Circumstances(is_trapped=True, took=timedelta(0), from_one_place=3, on_document=5)
    assert doubts(how, ORDINARY) == tuple(Doubt)


def test_a_workshop_of_forty_phones_behind_one_address_is_ordinary():
    how = Circumstances(is_proven=True, from_one_place=40 * 4 - 1, on_document=40 * 4 - 1)
    assert doubts(how, Ordinary()) == ()
