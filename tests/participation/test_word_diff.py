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


def test_a_long_text_is_compared_word_by_word_too():
    old = " ".join(f"Wort{place} und Satz{place}" for place in range(250))
    new = old.replace("Wort150 und", "Neu und")
    changed = [piece for piece in word_diff(old, new) if piece.change is not KEPT]
    assert changed == [Piece(DELETED, "Wort150"), Piece(INSERTED, "Neu")]


def test_what_would_take_too_long_is_told_as_one_change():
    old, new = "a b " * 700, "b a " * 2000
    assert word_diff(old, new) == (Piece(DELETED, old), Piece(INSERTED, new))
