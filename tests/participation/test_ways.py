"""Ways over several versions, and ways that an editor has settled."""

import pytest

from participation.document import Document
from participation.refusals import UnknownParagraph, UnknownVersion
from participation.way import Way, WayKind
from participation.ways import compose, overrule, with_kinds
from tests.factories import make_document, make_paragraph, make_version


def way(old: int, *new: int, kind: str = "edited", confidence: float = 0.9) -> Way:
    return Way(old, new, WayKind(kind), confidence)


def kinds(ways: tuple[Way, ...]) -> list[str]:
    return [one.kind.value for one in ways]


def test_a_way_is_named_by_its_ends_and_their_texts():
    old = ["a", "b", "c", "d", "e", "f", "g"]
    new = ["a", "B", "c1", "c2", "de", "g!", "f"]
    ends = [way(1, 1), way(2, 2), way(3, 3, 4), way(4, 5), way(5, 5), way(6, 7), way(7, 6)]
    named = with_kinds(ends, old, new)
    assert kinds(named)[:5] == ["unchanged", "edited", "split", "merged", "merged"]
    assert sorted(kinds(named)[5:]) == ["edited", "moved"]
    assert kinds(with_kinds([way(1)], ["a"], [])) == ["removed"]


def test_two_steps_make_one_way():
    first = (way(1, 1, 2, kind="split"), way(2, kind="removed"), way(3, 3, confidence=0.7))
    then = (way(1, 1), way(2, 2, confidence=0.8), way(3, 3))
    composed = compose(first, then, ["a b", "weg", "c"], ["a", "b", "c"])
    assert composed == (
        way(1, 1, 2, kind="split", confidence=0.8),
        way(2, kind="removed"),
        way(3, 3, kind="unchanged", confidence=0.7),
    )


def test_what_an_editor_settles_is_certain():
    computed = (way(1, 1, kind="unchanged"), way(2, 3, confidence=0.4), way(3, kind="removed"))
    settled = overrule(computed, {2: (2,), 3: (3, 2)}, ["a", "b", "c"], ["a", "b", "c"])
    assert settled == (
        way(1, 1, kind="unchanged"),
        way(2, 2, kind="merged", confidence=1.0),
        way(3, 2, 3, kind="split", confidence=1.0),
    )


def test_a_way_that_shares_its_end_no_longer_is_no_merger():
    computed = (way(1, 1, kind="merged"), way(2, 1, kind="merged"), way(3, 2, 3, kind="split"))
    settled = overrule(computed, {2: ()}, ["a", "b", "c"], ["a b", "c1", "c2"])
    assert kinds(settled) == ["edited", "removed", "split"]


def test_a_way_whose_end_is_shared_since_is_a_merger():
    computed = (way(1, 1), way(2, kind="removed"))
    assert kinds(overrule(computed, {2: (1,)}, ["a", "b"], ["a b"])) == ["merged", "merged"]


@pytest.fixture
def document() -> Document:
    """Three versions: 2 is split and moved in version 2; 1 is removed in version 3."""
    texts = [["eins", "zwei drei"], ["eins", "neu", "zwei", "drei"], ["zwei", "drei!"]]
    ways = [
        (),
        (way(1, 1, kind="unchanged"), way(2, 3, 4, kind="split")),
        (way(1, kind="removed"), way(2, kind="removed"), way(3, 1), way(4, 2)),
    ]
    versions = [
        make_version(
            number,
            paragraphs=tuple(make_paragraph(n, text=text) for n, text in enumerate(said, start=1)),
            ways=steps,
        )
        for number, (said, steps) in enumerate(zip(texts, ways, strict=True), start=1)
    ]
    return make_document(versions=tuple(versions))


def test_a_paragraph_finds_its_successors_over_several_versions(document: Document):
    assert document.successors(1, 2, to=2) == (3, 4)
    assert document.successors(1, 2, to=3) == (1, 2)
    assert document.successors(1, 1, to=3) == ()


def test_a_paragraph_finds_its_predecessors_over_several_versions(document: Document):
    assert document.predecessors(2, 4, of=1) == (2,)
    assert document.predecessors(3, 1, of=1) == (2,)
    assert document.predecessors(2, 2, of=1) == ()


def test_any_two_versions_have_ways_between_them(document: Document):
    assert document.ways(1, 2) == document.version(2).ways
    assert document.ways(1, 3) == (way(1, kind="removed"), way(2, 1, 2, kind="split"))


def test_ways_lead_from_an_earlier_version_to_a_later_one(document: Document):
    for old, new in [(2, 1), (1, 1), (1, 4), (0, 1)]:
        with pytest.raises(UnknownVersion):
            document.ways(old, new)
        with pytest.raises(UnknownVersion):
            document.successors(old, 1, to=new)
    with pytest.raises(UnknownVersion):
        document.predecessors(1, 1, of=2)
    with pytest.raises(UnknownParagraph):
        document.successors(1, 3, to=2)
    with pytest.raises(UnknownParagraph):
        document.predecessors(3, 3, of=1)
