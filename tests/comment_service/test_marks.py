from collections import Counter

from comment_service.marks import Marks


class Far:
    """A store that counts its changes and how often it was asked, and a clock beside it."""

    def __init__(self) -> None:
        self.changes, self.asked = Counter[str](), 0
        self.seconds = 100.0

    def state(self, slug: str) -> str:
        self.asked += 1
        return str(self.changes[slug])

    def marks(self, patience: float = 0.25) -> Marks:
        return Marks(self.state, patience=patience, elapsed=lambda: self.seconds)


def test_a_far_store_is_asked_only_now_and_then():
    far = Far()
    marks = far.marks()
    assert [marks("a"), marks("a"), marks("b")] == ["0", "0", "0"]
    assert far.asked == 2
    far.seconds += 0.25
    marks("a")
    assert far.asked == 3


def test_a_change_elsewhere_is_noticed_when_the_patience_is_over():
    far = Far()
    marks = far.marks()
    marks("a")
    far.changes["a"] += 1
    assert marks("a") == "0"
    far.seconds += 0.25
    assert marks("a") == "1"


def test_a_change_of_ones_own_is_noticed_at_once():
    far = Far()
    marks = far.marks()
    marks("a")
    far.changes["a"] += 1
    marks.forget("a")
    assert marks("a") == "1"
    marks.forget("b")


def test_whoever_wants_a_fresh_one_gets_it():
    far = Far()
    marks = far.marks()
    marks("a")
    far.changes["a"] += 1
    assert marks("a", fresh=True) == "1"
    assert marks("a") == "1"


def test_a_near_store_is_always_asked():
    far = Far()
    marks = far.marks(patience=0.0)
    marks("a")
    far.changes["a"] += 1
    assert marks("a") == "1"
