"""The catalogue finds what is published and survives the way through JSON."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from participation.catalogue import Catalogue, plain_catalogue, read_catalogue
from participation.faults import UnreadableCatalogue
from participation.meeting import PublicMinutes
from participation.paragraph import ParagraphRef
from participation.refusals import UnknownDocument, UnknownParagraph, UnknownVersion
from participation.way import Way, WayKind
from participation.window import Window, opening
from tests.factories import REF, make_catalogue, make_document, make_version


def through_json(catalogue: Catalogue) -> Catalogue:
    return read_catalogue(json.loads(json.dumps(plain_catalogue(catalogue))))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"window": None, "answers": None, "commit": None},
        {"window": Window(opening(date(2024, 3, 8)))},
        {"paragraphs": ()},
    ],
)
def test_a_catalogue_survives_the_way_through_json(changed: dict[str, Any]):
    catalogue = make_catalogue(make_document(versions=(make_version(**changed),)))
    assert through_json(catalogue) == catalogue


def test_the_ways_between_versions_survive_too():
    split = Way(1, (1, 2), WayKind.SPLIT, 0.93)
    gone = Way(2, (), WayKind.REMOVED, 0.8)
    versions = (make_version(1), make_version(2, ways=(split, gone)))
    catalogue = make_catalogue(make_document(versions=versions))
    assert through_json(catalogue) == catalogue
    assert plain_catalogue(catalogue)["documents"]["leitlinien"]["versions"][1]["ways"][0] == {
        "from": 1,
        "to": [1, 2],
        "kind": "split",
        "confidence": 0.93,
    }


@pytest.mark.parametrize(("version", "old", "new"), [(1, 1, 1), (2, 0, 1), (2, 4, 1), (2, 1, 4)])
def test_a_way_from_or_to_nowhere_makes_no_sense(version: int, old: int, new: int):
    ways = (Way(old, (new,), WayKind.EDITED, 0.9),)
    versions = tuple(
        make_version(number, ways=ways if number == version else ()) for number in (1, 2)
    )
    with pytest.raises(UnreadableCatalogue):
        through_json(make_catalogue(make_document(versions=versions)))


def test_the_minutes_survive_the_way_by_their_days():
    minutes = tuple(
        PublicMinutes(date(2024, month, 21), "Sitzung", f"sitzungen/2024-0{month}-21/")
        for month in (3, 4)
    )
    assert through_json(replace(make_catalogue(), meetings=minutes)).meetings == minutes
    assert through_json(replace(make_catalogue(), meetings=minutes[::-1])).meetings == minutes


def test_the_further_languages_of_the_site_survive():
    assert through_json(replace(make_catalogue(), languages=("en",))).languages == ("en",)
    assert "languages" not in plain_catalogue(make_catalogue())


def test_the_catalogue_of_a_release_that_named_no_meetings_is_read_on():
    plain = plain_catalogue(make_catalogue())
    del plain["meetings"]
    assert read_catalogue(plain) == make_catalogue()


def test_a_reference_finds_its_paragraph(catalogue: Catalogue):
    assert catalogue.paragraph(REF).number == REF.number
    assert str(REF) == "leitlinien/1/2"


def test_the_newest_version_is_the_last():
    document = make_document(versions=(make_version(1), make_version(2)))
    assert document.newest.number == 2
    assert make_catalogue(document).version("leitlinien", 1).number == 1


def test_what_is_not_published_is_named_as_unknown(catalogue: Catalogue):
    with pytest.raises(UnknownDocument):
        catalogue.paragraph(replace(REF, document="anderes"))
    with pytest.raises(UnknownVersion):
        catalogue.paragraph(replace(REF, version=9))
    for number in (0, 4, 10**30):
        with pytest.raises(UnknownParagraph):
            catalogue.paragraph(ParagraphRef("leitlinien", 1, number))


def broken(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    plain = plain_catalogue(make_catalogue(make_document(versions=(make_version(),))))
    change(plain)
    return plain


def version_in(plain: dict[str, Any]) -> dict[str, Any]:
    version: dict[str, Any] = plain["documents"]["leitlinien"]["versions"][0]
    return version


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.update(format=2),
        lambda plain: plain.pop("documents"),
        lambda plain: plain.update(documents=[]),
        lambda plain: plain["documents"]["leitlinien"].update(versions=[]),
        lambda plain: plain["documents"]["leitlinien"]["versions"].append(version_in(plain)),
        lambda plain: version_in(plain).pop("window"),
        lambda plain: version_in(plain)["window"].update(opens="2024-03-08T00:00:00"),
        lambda plain: version_in(plain).update(status="secret"),
        lambda plain: version_in(plain).update(published="yesterday"),
        lambda plain: version_in(plain)["paragraphs"].pop(0),
        lambda plain: version_in(plain).pop("ways"),
        lambda plain: plain["meetings"].append({"date": "21. März", "title": "7.", "url": "7/"}),
        lambda plain: version_in(plain)["ways"].append({"from": 1, "to": [1], "kind": "lost"}),
    ],
)
def test_a_catalogue_that_makes_no_sense_is_unreadable(change: Callable[[dict[str, Any]], Any]):
    with pytest.raises(UnreadableCatalogue):
        read_catalogue(broken(change))
