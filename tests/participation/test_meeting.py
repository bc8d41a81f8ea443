"""What minutes name is read exactly, or not at all."""

from datetime import date

import pytest

from participation.meeting import Discussed, Meeting
from participation.paragraph import ParagraphRef


def test_a_document_a_paragraph_and_a_run_of_paragraphs_can_be_named():
    assert Discussed.parse("leitlinien") == Discussed("leitlinien")
    assert Discussed.parse("leitlinien/1/14").paragraphs == (ParagraphRef("leitlinien", 1, 14),)
    run = Discussed.parse("leitlinien/2/14-16").paragraphs
    assert [ref.number for ref in run] == [14, 15, 16]


@pytest.mark.parametrize(
    "stated",
    [
        "", "Leitlinien", "leitlinien/1", "leitlinien/1/", "leitlinien/0/1", "leitlinien/1/0",
        "leitlinien/1/5-3", "leitlinien/1/5-", "leitlinien/1/2/3", "leitlinien/1/x", "-",
    ],
)  # fmt: skip
def test_anything_else_is_refused(stated: str):
    with pytest.raises(ValueError, match="paragraphs"):
        Discussed.parse(stated)


def test_a_meeting_knows_the_paragraphs_that_it_discussed():
    discussed = (Discussed.parse("leitlinien/1/14-15"), Discussed.parse("methodenkoffer"))
    meeting = Meeting(1, "Start", date(2023, 7, 5), "Rathaus", discussed=discussed)
    assert meeting.discussed_paragraph(ParagraphRef("leitlinien", 1, 15))
    assert not meeting.discussed_paragraph(ParagraphRef("leitlinien", 1, 16))
    assert not meeting.discussed_paragraph(ParagraphRef("methodenkoffer", 1, 1))
