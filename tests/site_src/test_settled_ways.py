"""What an editor settles overrules the computed ways, and nonsense is refused with its line."""

from collections.abc import Callable

import pytest

import build
from participation.way import Way
from site_src.building import check_content
from site_src.places import Places
from tests.site_src.conftest import ENVIRONMENT, Edit, Write, order_for
from tests.site_src.repositories import PATH, Commit

FOLLOWS = "guidelines/leitlinien.follows.yml"
Problems = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def two(commit: Commit, edit: Edit) -> None:
    """Version 2 has a new first paragraph; all others go down by one."""
    edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien")
    commit("2024-03-01")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    edit(PATH, "Erster Absatz", "Vorweg steht etwas Neues.\n\nErster Absatz")
    commit("2024-03-03")


def ways(tiny: Places) -> list[tuple[int, tuple[int, ...]]]:
    found: tuple[Way, ...] = (
        check_content(order_for(tiny)).content.documents["leitlinien"].newest.version.ways
    )
    return [(way.old, way.new) for way in found]


def test_without_a_word_of_the_editor_the_computed_ways_count(tiny: Places):
    assert ways(tiny) == [(1, (2,)), (2, (3,)), (3, (4,)), (4, (5,))]


def test_the_editors_word_counts_and_the_rest_is_computed(
    tiny: Places, write: Write, problems: Problems
):
    write(FOLLOWS, "# geprüft\n1-2:\n  1: [2, 1]\n  3: []\n")
    assert ways(tiny) == [(1, (1, 2)), (2, (3,)), (3, ()), (4, (5,))]
    assert problems() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "1-2:\n  1: [2]\n  5: [1]\n",
            ":3: version 1 has no paragraph 5; its paragraphs are 1 to 4; correct the number",
        ),
        (
            "1-2:\n  1: [2, 6]\n",
            ":2: version 2 has no paragraph 6; its paragraphs are 1 to 5; correct the number",
        ),
        ("1-2:\n  eins: [2]\n", ":2: version 1 has no paragraph eins; its paragraphs are 1 to 4; "),
        (
            "1-2:\n  1: [2]\n2-3:\n  1: [1]\n",
            ":3: “2-3” is no pair of versions that follow each other; write one of these: 1-2",
        ),
        (
            "1-2:\n  2: [3]\n  4: [1]\n",
            (
                ":3: this entry is stale: old paragraph 4 and new 1 have no word in common; "
                "the numbers have probably shifted since; correct or delete the entry"
            ),
        ),
        ("1-2:\n  1: 2\n", ":2: “1-2 1” must be a list; write it like this: 14: [15, 16]"),
        ("1-2:\n  1: [zwei]\n", ":2: “1-2 1 1” must be a whole number; write it like this: [15"),
        ("1-2: [1]\n", ":1: “1-2” must be a group of indented entries; write it like this: 1-2: "),
        ("- 1\n", ":1: there are no entries such as “title: …” here; write one entry on each line"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_with_its_line(
    write: Write, problems: Problems, text: str, said: str
):
    write(FOLLOWS, text)
    (problem,) = problems()
    assert problem.startswith(f"{FOLLOWS}{said}")


def test_a_corrected_word_is_not_stale(tiny: Places, write: Write, edit: Edit, problems: Problems):
    edit(PATH, "| Vierter | Absatz |", "| Viertens | Absätze |")
    write(FOLLOWS, "1-2:\n  4: [5]\n")
    assert problems() == []
    assert ways(tiny)[3] == (4, (5,))


def test_ways_without_a_document_are_refused(write: Write, problems: Problems):
    write("guidelines/fehlt.follows.yml", "1-2:\n  1: [2]\n")
    assert problems() == [
        (
            "guidelines/fehlt.follows.yml:1: there is no document “fehlt” for these ways; "
            "name the file after its document, such as leitlinien.follows.yml"
        )
    ]


def test_a_document_with_one_version_has_no_pairs(write: Write, problems: Problems):
    write("guidelines/methodenkoffer.follows.yml", "1-2:\n  1: [1]\n")
    assert problems() == [
        (
            "guidelines/methodenkoffer.follows.yml:1: “1-2” is no pair of versions that follow "
            "each other; write one of these: –"
        )
    ]


def settle(tiny: Places, slug: str, version: str) -> int:
    folders = ["--content", str(tiny.content), "--output", str(tiny.output)]
    return build.main(["settle", *folders, slug, version], ENVIRONMENT, house=tiny.house)


def test_settling_writes_the_computed_ways(
    tiny: Places, problems: Problems, capsys: pytest.CaptureFixture[str]
):
    computed = ways(tiny)
    assert settle(tiny, "leitlinien", "2") == 0
    assert capsys.readouterr().out == (
        f"Festgehalten: 4 Einträge sind neu in {tiny.content / FOLLOWS}\n"
    )
    assert (tiny.content / FOLLOWS).read_text("utf-8") == (
        "# Old paragraph → the new ones that it became; [] if it was removed.\n"
        "1-2:\n  1: [2]\n  2: [3]\n  3: [4]\n  4: [5]\n"
    )
    assert ways(tiny) == computed
    assert problems() == []


def test_settling_keeps_comments_and_what_is_there(tiny: Places, write: Write):
    write(FOLLOWS, "# von Hand\n1-2:\n  # nicht mehr da\n  3: []   # entfallen\n")
    assert settle(tiny, "leitlinien", "2") == 0
    assert (tiny.content / FOLLOWS).read_text("utf-8") == (
        "# von Hand\n1-2:\n  # nicht mehr da\n  1: [2]\n  2: [3]\n  3: []   # entfallen\n  4: [5]\n"
    )


@pytest.mark.parametrize(
    ("slug", "version", "code", "said"),
    [
        ("fehlt", "2", 2, "Ein solches Dokument ist nicht veröffentlicht."),
        ("leitlinien", "3", 2, "Eine solche Fassung gibt es nicht, oder keine davor."),
        ("leitlinien", "1", 2, "Eine solche Fassung gibt es nicht, oder keine davor."),
    ],
)
def test_what_cannot_be_settled_is_said(
    tiny: Places,
    capsys: pytest.CaptureFixture[str],
    slug: str,
    version: str,
    code: int,
    said: str,
):
    assert settle(tiny, slug, version) == code
    assert capsys.readouterr().err.startswith(said)


def test_nothing_is_settled_while_there_are_errors(tiny: Places, write: Write):
    write(FOLLOWS, "1-2:\n  9: []\n")
    assert settle(tiny, "leitlinien", "2") == 1
    assert (tiny.content / FOLLOWS).read_text("utf-8") == "1-2:\n  9: []\n"
