from collections.abc import Callable

import pytest

from site_src.places import Places
from site_src.yaml_text import read_yaml
from tests.site_src.conftest import Edit, Write

Problems = Callable[[], list[str]]

FRONT = "---\ntitle: Neu\nversion: 1\nstatus: adopted\n---\n"


def test_the_tiny_site_has_no_problems(problems: Problems):
    assert problems() == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (FRONT.encode() + b"\nGr\xfc\xdfe\n", "guidelines/neu.md:7: this line is not in UTF-8"),
        (b"\xef\xbb\xbf" + FRONT.encode() + b"\nText\n", "guidelines/neu.md:1: the file begins"),
        (FRONT.encode() + b"\nText\r\nText\r\n", "guidelines/neu.md:7: the lines end"),
        (b"", "guidelines/neu.md:1: the file is empty"),
        (b" \n\n", "guidelines/neu.md:1: the file is empty"),
        (b"# Text\n", "guidelines/neu.md:1: the front matter is missing"),
        (b"---\ntitle: Neu\n", "guidelines/neu.md:1: the front matter is missing"),
        (b"---\n---\nText\n", "guidelines/neu.md:1: there are no entries"),
        (b"---\nnur Text\n---\nText\n", "guidelines/neu.md:1: there are no entries"),
        (b"---\ntitle: a: b\n---\nText\n", "guidelines/neu.md:2: this is not readable as YAML"),
        (b'---\ntitle: "a\nb: c\n---\nText\n', "guidelines/neu.md:2: this is not readable"),
        (b"---\ntitle: a\n\tb: c\n---\nText\n", "guidelines/neu.md:3: this is not readable"),
        (b"---\ntitle: \x07\n---\nText\n", "guidelines/neu.md:2: this is not readable as YAML"),
        (b"---\na: &x [*x]\n---\nText\n", "guidelines/neu.md:2: this is used elsewhere"),
        (
            FRONT.replace("Neu", '"N\\ud83deu"').encode() + b"\nText\n",
            "guidelines/neu.md:2: this has an escape (\\u…) that is only half a character",
        ),
        (
            FRONT.replace("version", "title: Alt\nversion").encode() + b"\nText\n",
            "guidelines/neu.md:3: “title” stands here a second time",
        ),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tiny: Places, problems: Problems, raw: bytes, expected: str
):
    (tiny.content / "guidelines" / "neu.md").write_bytes(raw)
    (problem,) = problems()
    assert problem.startswith(expected)
    assert "; " in problem


def test_a_character_that_is_written_in_two_halves_is_a_whole_one(tiny: Places, problems: Problems):
    front = FRONT.replace("Neu", '"\\ud83d\\ude00"')
    (tiny.content / "guidelines" / "neu.md").write_text(f"{front}\nText\n", "utf-8")
    assert problems() == []
    assert read_yaml("neu.md", '"\\ud83d\\ude00"').value == "\N{GRINNING FACE}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Leitlinien Übersicht", "rename the file to guidelines/leitlinien-uebersicht.md"),
        ("grün", "rename the file to guidelines/gruen.md"),
        ("ß", "rename the file to guidelines/ss.md"),
        ("_", "rename the file to guidelines/text.md"),
        ("x" * 81, f"rename the file to guidelines/{'x' * 80}.md"),
        ("sitzungen", "give the file another name"),
        ("alt/neu", "move the file to guidelines/neu.md"),
    ],
)
def test_a_name_that_is_no_address_is_refused(
    write: Write, problems: Problems, name: str, expected: str
):
    write(f"guidelines/{name}.md", f"{FRONT}\nText\n")
    (problem,) = problems()
    assert problem.startswith(f"guidelines/{name}.md:1: ")
    assert problem.endswith(expected)


def test_hidden_files_are_left_alone(write: Write, problems: Problems):
    write("guidelines/.entwurf.md", "kein Kopf")
    assert problems() == []


def test_a_broken_schedule_is_named(write: Write, problems: Problems):
    write("schedule.yml", "- nur\n- eine Liste\n")
    assert problems() == [
        (
            "schedule.yml:1: there are no entries such as “title: …” here; "
            "write one entry on each line: its name, a colon, its value"
        )
    ]


def test_a_site_without_a_schedule_is_fine(tiny: Places, problems: Problems):
    (tiny.content / "schedule.yml").unlink()
    assert problems() == []


def test_a_folder_without_documents_is_named(tiny: Places, problems: Problems):
    for name in ("leitlinien", "methodenkoffer"):
        (tiny.content / "guidelines" / f"{name}.md").unlink()
    (tiny.content / "minutes" / "2023-09-06.md").unlink()
    (tiny.pages / "index.md").unlink()
    assert problems() == [
        (
            "guidelines: there is no document here; "
            "write one, say guidelines/leitlinien.md, or name the right folder by --content"
        )
    ]


def test_all_problems_are_collected(write: Write, edit: Edit, problems: Problems):
    write("guidelines/neu.md", "")
    edit("minutes/2023-09-06.md", "number: 3", "number: drei")
    edit("schedule.yml", "date: 2026", "date: 2026-13")
    assert [problem.split(": ")[0] for problem in problems()] == [
        "guidelines/neu.md:1",
        "minutes/2023-09-06.md:2",
        "schedule.yml:8",
    ]
