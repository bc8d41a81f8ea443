from participation.document import Document
from participation.paragraph import Paragraph
from participation.proposing import proposals
from participation.way import Way, WayKind
from participation.word_diff import Change
from tests.factories import make_document, make_paragraph, make_version


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(make_paragraph(number, text=text) for number, text in enumerate(texts, start=1))


def revised() -> Document:
    """1 stays, 2 is edited, 3 is split, 4 and 5 are merged; 3, 6 and 7 of the new ones are new."""
    old = paragraphs("Eins.", "Zwei.", "Drei. Vier.", "Fünf.", "Sechs.")
    new = paragraphs(
        "Eins.", "Zwei neu.", "Neu.", "Drei.", "Vier.", "Neu zwei.", "Neu drei.", "5+6."
    )
    ways = (
        Way(1, (1,), WayKind.UNCHANGED, 1.0),
        Way(2, (2,), WayKind.EDITED, 0.9),
        Way(3, (4, 5), WayKind.SPLIT, 0.9),
        Way(4, (8,), WayKind.MERGED, 0.9),
        Way(5, (8,), WayKind.MERGED, 0.9),
    )
    versions = (make_version(1, paragraphs=old), make_version(2, paragraphs=new, ways=ways))
    return make_document(versions=versions)


def proposed(*numbers: int) -> list[tuple[int, WayKind | None]]:
    return [(one.paragraph.number, one.kind) for one in proposals(revised(), 1, numbers)]


def test_an_edited_paragraph_is_proposed_and_what_is_new_beside_it():
    assert proposed(2) == [(2, WayKind.EDITED), (3, None)]


def test_all_parts_of_a_split_one_are_proposed_and_all_new_ones_in_a_row_with_them():
    assert proposed(3) == [(3, None), (4, WayKind.SPLIT), (5, WayKind.SPLIT), (6, None), (7, None)]


def test_a_merged_one_is_proposed_once_with_the_wording_of_the_first():
    found = proposals(revised(), 1, [4, 5])
    assert [(one.paragraph.number, one.kind) for one in found][-1] == (8, WayKind.MERGED)
    kept = [piece.text for piece in found[-1].difference if piece.change is not Change.INSERTED]
    assert "".join(kept) == "Fünf."


def test_an_unchanged_paragraph_is_not_proposed():
    assert proposed(1) == []


def test_before_there_is_a_next_version_nothing_is_proposed():
    assert proposals(make_document(), 1, [1]) == ()


def test_proposals_name_the_next_version():
    assert {one.version for one in proposals(revised(), 1, [2])} == {2}
