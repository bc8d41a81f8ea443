"""A difference reads word by word and leads from one wording to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.word_diff import Change, Piece, word_diff

KEPT, DELETED, INSERTED = Change.KEPT, Change.DELETED, Change.INSERTED
WORDINGS = st.text(alphabet="ab ,.ä\n", max_size=40)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("", "", ()),
        ("gleich", "gleich", (Piece(KEPT, "gleich"),)),
        ("", "neu", (Piece(INSERTED, "neu"),)),
        ("alt", "", (Piece(DELETED, "alt"),)),
        (
            "Es sind 300 nötig.",
            "Es sind 200 nötig.",
            (
                Piece(KEPT, "Es sind "),
                Piece(DELETED, "300"),
                Piece(INSERTED, "200"),
                Piece(KEPT, " nötig."),
            ),
        ),
        (
            "der Rat der Stadt",
            "die Leute der Stadt",
            (
                Piece(DELETED, "der Rat"),
                Piece(INSERTED, "die Leute"),
                Piece(KEPT, " der Stadt"),
            ),
        ),
    ],
)
def test_a_difference_reads_like_this(old: str, new: str, changes: tuple[Piece, ...]):
    assert word_diff(old, new) == changes


@given(WORDINGS, WORDINGS)
def test_nothing_is_lost_on_either_side(old: str, new: str):
    changes = word_diff(old, new)
    assert "".join(one.text for one in changes if one.change is not INSERTED) == old
    assert "".join(one.text for one in changes if one.change is not DELETED) == new
