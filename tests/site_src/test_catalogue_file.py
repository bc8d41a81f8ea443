import json
from datetime import date

import pytest

from participation.catalogue import read_catalogue
from participation.meeting import PublicMinutes
from participation.paragraph import ParagraphKind
from site_src.building import check_content
from site_src.catalogue_file import (
    NAME,
    SCHEMA,
    SCHEMA_NAME,
    SenselessCatalogue,
    catalogue_bytes,
    catalogue_of,
    write_catalogue,
)
from site_src.places import Places
from tests.factories import make_catalogue, make_document, make_paragraph, make_version
from tests.site_src.conftest import order_for


def bytes_of(tiny: Places) -> bytes:
    content = check_content(order_for(tiny)).content
    return catalogue_bytes(catalogue_of(content.documents.values(), content.meetings))


def test_the_catalogue_holds_what_the_sources_say(tiny: Places):
    catalogue = read_catalogue(json.loads(bytes_of(tiny)))
    assert list(catalogue.documents) == ["leitlinien", "methodenkoffer"]
    version = catalogue.version("leitlinien", 1)
    assert version.published == date(2024, 3, 8)
    assert version.answers == date(2024, 4, 22)
    assert version.window is not None
    assert version.window.opens.isoformat() == "2024-03-08T00:00:00+01:00"
    assert [(one.kind, one.headings, one.text) for one in version.paragraphs] == [
        (ParagraphKind.PARAGRAPH, (), "Erster Absatz mit einem Link zum Methodenkoffer."),
        (ParagraphKind.ITEM, ("1. Ziele",), "Zweiter Absatz, siehe oben."),
        (ParagraphKind.ITEM, ("1. Ziele",), "Dritter Absatz."),
        (ParagraphKind.ROW, ("1. Ziele",), "Vierter | Absatz"),
    ]


def test_the_catalogue_tells_of_which_meetings_there_are_minutes(tiny: Places):
    (meeting,) = read_catalogue(json.loads(bytes_of(tiny))).meetings
    assert meeting == PublicMinutes(
        date(2023, 9, 6), "Wer kann Beteiligung anstoßen?", "sitzungen/2023-09-06/"
    )


def test_the_same_sources_give_the_same_bytes(tiny: Places):
    assert bytes_of(tiny) == bytes_of(tiny)


def test_the_catalogue_is_written_with_its_schema_and_nothing_else(tiny: Places):
    write_catalogue(make_catalogue(), tiny.content.parent)
    written = {path.name for path in tiny.content.parent.iterdir()}
    assert written == {"content", "house", NAME, SCHEMA_NAME}
    assert (tiny.content.parent / SCHEMA_NAME).read_bytes() == SCHEMA.read_bytes()


def test_a_catalogue_that_does_not_fit_its_schema_is_not_written(tiny: Places):
    senseless = make_document(versions=(make_version(paragraphs=(make_paragraph(text=""),)),))
    with pytest.raises(SenselessCatalogue, match="paragraphs"):
        write_catalogue(make_catalogue(senseless), tiny.content.parent)
    assert not (tiny.content.parent / NAME).exists()
