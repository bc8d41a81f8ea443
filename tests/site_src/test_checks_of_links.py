from collections.abc import Callable

import pytest

from site_src.places import Places
from tests.site_src.conftest import Edit

Problems = Callable[[], list[str]]

DOCUMENT = "guidelines/leitlinien.md"
OLD = "Erster Absatz"


@pytest.mark.parametrize(
    "link",
    [
        "[a](../minutes/2023-09-07.md)",
        "[a](leitfaden.md)",
        "[a](../leitlinien/)",
        "![a](bild.png)",
        "[a](<methoden koffer.md>)",
        '[a](methoden.md "Titel")',
        "[a](../../../../etc/passwd)",
        "[a](http://[)",
    ],
)
def test_a_dead_link_is_named_with_its_line(edit: Edit, problems: Problems, link: str):
    edit(DOCUMENT, OLD, f"Ein {link}")
    (problem,) = problems()
    assert problem.startswith(f"{DOCUMENT}:17: the link leads nowhere: ")
    assert problem.endswith("; correct it; a page is named by its file, such as mitmachen.md")


@pytest.mark.parametrize(
    "link",
    [
        "[a](methodenkoffer.md)",
        "[a](methodenkoffer.md#rn-1)",
        "[a](../minutes/2023-09-06.md)",
        "[a](../schedule.yml)",
        "[a](../zeitplan.md)",
        "[a](../texte.md)",
        "[a](../sitzungen/index.md)",
        "[a](https://example.org/x.md)",
        "[a](mailto:a@example.org)",
        "[a](/beitrag/)",
        "[a](//example.org/x.md)",
        "[a](#1-ziele)",
        "[a](#rn-4)",
        "[a]()",
        "`[a](fehlt.md)`",
        "<!-- [a](fehlt.md) -->",
        "\n\n```\n[a](fehlt.md)\n```\n\n",
    ],
)
def test_a_living_link_is_fine(edit: Edit, problems: Problems, link: str):
    edit(DOCUMENT, OLD, f"Ein {link}")
    assert problems() == []


@pytest.mark.parametrize(
    ("link", "anchor"),
    [
        ("methodenkoffer.md#rn-2", "rn-2"),
        ("#rn-5", "rn-5"),
        ("#2-ziele", "2-ziele"),
        ("../zeitplan.md#nie", "nie"),
    ],
)
def test_a_dead_anchor_is_named_with_its_line(
    edit: Edit, problems: Problems, link: str, anchor: str
):
    edit(DOCUMENT, OLD, f"Ein [a]({link})")
    assert problems() == [
        (
            f"{DOCUMENT}:17: there is no place “{anchor}” on that page: {link}; "
            "correct what stands behind the #, or link to the whole page"
        )
    ]


def test_a_dead_link_in_a_definition_is_named(edit: Edit, problems: Problems):
    edit(DOCUMENT, OLD, "Ein [Wort][1]\n\n[1]: fehlt.md\n\nText")
    assert problems()[0].startswith(f"{DOCUMENT}:19: the link leads nowhere: fehlt.md; ")


def test_a_dead_link_in_the_schedule_is_named(edit: Edit, problems: Problems):
    edit("schedule.yml", "link: sitzungen/index.md", "link: mitmachen.md")
    assert problems()[0].startswith("schedule.yml:7: the link leads nowhere: mitmachen.md; ")


@pytest.mark.parametrize("link", ["https://example.org/(a)", "http://[", "/beitrag/"])
def test_a_link_out_of_the_schedule_is_fine(edit: Edit, problems: Problems, link: str):
    edit("schedule.yml", "link: sitzungen/index.md", f'link: "{link}"')
    assert problems() == []


def test_a_lonely_backtick_hides_no_link_below_it(edit: Edit, problems: Problems):
    edit(DOCUMENT, OLD, "Ein ` Zeichen\n\nEin [a](fehlt.md) und ` noch eins")
    assert problems()[0].startswith(f"{DOCUMENT}:19: the link leads nowhere: fehlt.md; ")


def test_a_dead_anchor_in_minutes_is_named(edit: Edit, problems: Problems):
    edit("minutes/2023-09-06.md", "#rn-2", "#rn-20")
    assert problems()[0].startswith("minutes/2023-09-06.md:20: there is no place “rn-20” on that p")


def test_a_dead_link_on_a_hand_written_page_is_named(tiny: Places, problems: Problems):
    page = tiny.pages / "index.md"
    page.write_text(page.read_text("utf-8").replace("zeitplan.md", "zeit.md"), "utf-8")
    assert problems()[0].startswith("site_src/pages/index.md:9: the link leads nowhere: zeit.md; ")


def test_links_to_a_document_that_cannot_be_read_are_not_called_dead(
    edit: Edit, problems: Problems
):
    edit("guidelines/methodenkoffer.md", "version: 2", "version: x")
    assert [problem.split(":")[0] for problem in problems()] == ["guidelines/methodenkoffer.md"]


def test_a_page_in_the_place_of_a_document_is_named(tiny: Places, problems: Problems):
    text = (tiny.pages / "index.md").read_text("utf-8")
    (tiny.pages / "leitlinien.md").write_text(text, "utf-8")
    assert (
        "site_src/pages/leitlinien.md:1: this page would stand in the place of one that is made; "
        "give the file another name"
    ) in problems()


def test_a_picture_beside_a_document_is_copied_and_can_be_shown(
    tiny: Places, edit: Edit, problems: Problems
):
    (tiny.content / "guidelines" / "plan.png").write_bytes(b"\x89PNG")
    edit(DOCUMENT, OLD, "Ein ![Plan](plan.png)")
    assert problems() == []
