"""What holds for all texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.following import added, follow, successors
from participation.way import WayKind

WORDS = [
    "Beirat", "Haushalt", "Spielplatz", "Satzung", "Verkehr", "Schule", "Radweg", "Ortsteil",
    "Bericht", "Anhörung", "Frist", "Vorschlag", "der", "die", "und", "wird", "im", "§ 3", "2024",
]  # fmt: skip
paragraphs = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=0, max_size=25).map(" ".join),
    st.sampled_from(["(weggefallen)", "## § 14", "**Ziele**", "-", "# Anhang"]),
    st.text(max_size=40),
)
# Few texts, that recur whole, in parts and joined: random ones hardly ever meet again.
COUNCIL = "Der Beirat tagt viermal im Jahr und berät den Stadtrat in Fragen der Beteiligung."
OFFICE = "Das Büro beantwortet Anfragen innerhalb von vierzehn Tagen schriftlich und kostenlos."
YOUTH = "Kinder und Jugendliche werden bei Spielplätzen und Schulwegen mit Formaten gehört."
recurring = st.one_of(
    st.lists(st.sampled_from([COUNCIL, OFFICE, YOUTH]), min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["(weggefallen)", "## § 14", "* Anhang", COUNCIL[:40], f"2. {OFFICE[30:]}"]),
)
versions = st.one_of(st.lists(paragraphs, max_size=14), st.lists(recurring, max_size=10))
ONE_TO_ONE = {WayKind.UNCHANGED, WayKind.MOVED, WayKind.EDITED}
NEW_WORDS = ["Quarz", "Yacht", "Xylophon", "Zwerg", "Jubel", "Pfau", "Kiosk", "Vulkan", "Axolotl"]

any_time = settings(deadline=None)  # a busy machine refutes no property


@any_time
@given(versions, versions)
def test_nothing_is_lost_and_every_number_exists(old: list[str], new: list[str]):
    ways = follow(old, new)
    assert [way.old for way in ways] == list(range(1, len(old) + 1))
    reached = {number for way in ways for number in way.new}
    assert sorted(reached | set(added(ways, len(new)))) == list(range(1, len(new) + 1))


@any_time
@given(versions, versions)
def test_kind_and_numbers_agree(old: list[str], new: list[str]):
    ways = follow(old, new)
    for way in ways:
        assert list(way.new) == sorted(set(way.new))
        assert (len(way.new) == 0) == (way.kind is WayKind.REMOVED)
        assert (len(way.new) > 1) == (way.kind is WayKind.SPLIT)
        assert 0.0 <= way.confidence <= 1.0


@any_time
@given(versions, versions)
def test_a_new_paragraph_has_several_old_ones_only_by_merging(old: list[str], new: list[str]):
    ways = follow(old, new)
    alone = [way.new[0] for way in ways if way.kind in ONE_TO_ONE]
    assert len(alone) == len(set(alone))
    others = {number for way in ways if way.kind not in ONE_TO_ONE for number in way.new}
    assert not others.intersection(alone)


@any_time
@given(versions)
def test_equal_versions_are_unchanged(texts: list[str]):
    assert all(
        way.new == (way.old,) and way.kind is WayKind.UNCHANGED for way in follow(texts, texts)
    )


@any_time
@given(versions, st.integers(min_value=1, max_value=5))
def test_appended_text_leaves_the_other_ways_alone(texts: list[str], count: int):
    appended = [f"{word} {NEW_WORDS[-1 - count]}" for word in NEW_WORDS[:count]]
    ways = follow(texts, texts + appended)
    assert ways == follow(texts, texts)
    assert len(added(ways, len(texts) + count)) == count


@any_time
@given(versions, versions)
def test_the_same_texts_give_the_same_ways(old: list[str], new: list[str]):
    assert follow(old, new) == follow(list(old), list(new))
    assert successors(old, new) == [[number - 1 for number in way.new] for way in follow(old, new)]


@any_time
@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), min_size=8, max_size=25).map(" ".join),
        unique=True,
        min_size=1,
        max_size=10,
    ).flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(texts)))
)
def test_ways_back_are_the_ways_reversed_where_paragraphs_only_moved(
    versions_of_one: tuple[list[str], list[str]],
):
    old, new = versions_of_one
    there = {(way.old, way.new[0]) for way in follow(old, new)}
    back = {(way.new[0], way.old) for way in follow(new, old)}
    assert there == back
    assert {way.kind for way in follow(old, new)} <= ONE_TO_ONE


distinct = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=8, max_size=25).map(" ".join),
    unique=True,
    min_size=2,
    max_size=10,
)


@any_time
@given(distinct, st.data())
def test_a_text_that_is_gone_leaves_the_other_ways_alone(texts: list[str], data: st.DataObject):
    gone = data.draw(st.integers(0, len(texts) - 1))
    ways = follow(texts, texts[:gone] + texts[gone + 1 :])
    others = [way for way in ways if way.old != gone + 1]
    assert [way.new for way in others] == [(number,) for number in range(1, len(texts))]


@any_time
@given(distinct, st.data())
def test_a_text_that_was_put_in_is_added_and_leaves_the_others_alone(
    texts: list[str], data: st.DataObject
):
    place = data.draw(st.integers(0, len(texts)))
    ways = follow(texts, [*texts[:place], " ".join(NEW_WORDS), *texts[place:]])
    expected = [(number if number <= place else number + 1,) for number in range(1, len(texts) + 1)]
    assert [way.new for way in ways] == expected
    assert {way.kind for way in ways} == {WayKind.UNCHANGED}
    assert added(ways, len(texts) + 1) == (place + 1,)


@any_time
@given(versions, versions)
def test_only_equal_texts_are_unchanged_and_only_those_are_certain(old: list[str], new: list[str]):
    for way in follow(old, new):
        if way.kind is WayKind.UNCHANGED:
            assert old[way.old - 1].split() == new[way.new[0] - 1].split()
            assert way.confidence == 1.0


@any_time
@given(versions, versions)
def test_unchanged_and_edited_paragraphs_keep_their_order(old: list[str], new: list[str]):
    steady = {WayKind.UNCHANGED, WayKind.EDITED}
    targets = [way.new[0] for way in follow(old, new) if way.kind in steady]
    assert targets == sorted(targets)


@any_time
@given(versions, versions)
def test_white_space_changes_no_way(old: list[str], new: list[str]):
    spread = [f"\n {'  '.join(text.split())}\t" for text in new]
    assert follow(old, spread) == follow(old, new)


@any_time
@given(st.lists(st.sampled_from(WORDS[:-2]), min_size=4, max_size=25).map(" ".join))
def test_a_text_never_leads_to_one_without_a_common_run_of_letters(text: str):
    foreign = " ".join(word.upper()[::-1] for word in NEW_WORDS)
    assert successors([text], [foreign]) == [[]]
