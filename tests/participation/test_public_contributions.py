"""Public contributions survive the way through JSON, which fits its schema."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import participation.public_contributions
from participation.contribution import ContributionKind
from participation.contributions_of_document import plain_contributions, plain_counts
from participation.document import Document
from participation.faults import UnreadableContributions
from participation.paragraph import ParagraphRef
from participation.public_contributions import (
    HandedIn,
    PublicContribution,
    PublicContributions,
    WindowSeen,
    read_contributions,
)
from participation.said_on_paragraphs import changed_because_of
from participation.way import Way, WayKind
from participation.window import HOME, Window, WindowState
from participation.word_diff import word_diff
from tests.factories import (
    MARCH,
    NOON,
    make_answered,
    make_document,
    make_paragraph,
    make_public,
    make_version,
    public_id,
)

SCHEMA = Path(participation.public_contributions.__file__).with_name("contributions.schema.json")
CLOSED = WindowSeen(
    Window(MARCH.opens.astimezone(HOME), MARCH.closes and MARCH.closes.astimezone(HOME)),
    WindowState.CLOSED,
)


def two_versions() -> Document:
    ways = (
        Way(1, (1,), WayKind.UNCHANGED, 1.0),
        Way(2, (2,), WayKind.EDITED, 0.9),
        Way(3, (), WayKind.REMOVED, 1.0),
    )
    edited = (make_paragraph(1), make_paragraph(2, text="Der neue Text von Absatz 2."))
    second = make_version(2, window=None, answers=None, paragraphs=edited, ways=ways)
    return make_document(versions=(make_version(1), second))


def plain(*contributions: PublicContribution, **changed: Any) -> dict[str, Any]:
    told = plain_contributions(two_versions(), contributions, {1: CLOSED}, **changed)
    written: dict[str, Any] = json.loads(json.dumps(told))
    return written


EVERYTHING = (
    make_answered(1),
    make_public(2, name=None, is_blacked_out=True, ref=ParagraphRef("leitlinien", 1, 3)),
    make_public(3, text="", is_erased=True, transcribed=HandedIn()),
    make_answered(
        4,
        transcribed=HandedIn("Werkstatt", date(2024, 3, 21), 3, is_late=True),
        ref=ParagraphRef("leitlinien", 2, 1),
    ),
)


def test_public_contributions_survive_the_way_through_json():
    assert read_contributions(plain(*EVERYTHING)) == PublicContributions(
        "leitlinien", "Leitlinien", {1: CLOSED, 2: None}, EVERYTHING
    )


def test_a_window_without_an_end_survives_too():
    seen = WindowSeen(Window(CLOSED.window.opens), WindowState.OPEN)
    told = plain_contributions(make_document(), (), {1: seen})
    assert read_contributions(told).windows == {1: seen}


def validate(told: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text())
    jsonschema_rs.validator_for(schema, validate_formats=True).validate(told)


def test_what_is_told_fits_the_schema():
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()), validate_formats=True)
    assert [error.message for error in validator.iter_errors(plain(*EVERYTHING))] == []


def test_they_are_found_by_version():
    found = read_contributions(plain(*EVERYTHING))
    assert [one.ordinal for one in found.on_version(1)] == [1, 2, 3]
    assert [one.ordinal for one in found.on_version(2)] == [4]


def test_each_is_told_once_in_its_version_and_beside_what_its_paragraph_became():
    first, second = plain(*EVERYTHING)["versions"]
    assert [one["id"] for one in first["paragraphs"][0]["contributions"]] == [
        public_id(1),
        public_id(3),
    ]
    at_first, at_second = second["paragraphs"]
    assert at_first["count"] == 1
    assert [one["ordinal"] for one in at_second["earlier"][0]["contributions"]] == [1, 3]
    assert [piece["change"] for piece in at_second["earlier"][0]["difference"]] == [
        "kept", "inserted", "kept",
    ]  # fmt: skip
    assert [one["contributions"][0]["ordinal"] for one in second["removed"]] == [2]


def test_a_changed_paragraph_names_the_contributions_that_changed_it():
    because = plain(*EVERYTHING)["versions"][1]["paragraphs"][1]["changed_because_of"]
    assert because == [
        {"id": public_id(1), "ordinal": 1, "version": 1, "number": 2},
        {"id": public_id(4), "ordinal": 4, "version": 2, "number": 1},
    ]
    assert changed_because_of(EVERYTHING, "leitlinien", 1) == {}


def test_one_version_can_be_told_alone_and_the_count_stays_that_of_all():
    told = plain(*EVERYTHING, only=2)
    assert [version["version"] for version in told["versions"]] == [2]
    assert told["count"] == 4


def test_what_stands_on_a_version_that_is_gone_is_not_told():
    assert plain(make_public(ref=ParagraphRef("leitlinien", 3, 1)))["count"] == 0


def test_a_moment_is_read_as_the_same_moment_at_home():
    told = plain(make_public())
    told["versions"][0]["paragraphs"][0]["contributions"][0]["received_at"] = "2024-03-20T11:00:00Z"
    assert read_contributions(told).contributions == (make_public(),)


def change(told: dict[str, Any], **changed: Any) -> None:
    told["versions"][0]["paragraphs"][0]["contributions"][0] |= changed


BROKEN: list[Callable[[dict[str, Any]], object]] = [
    lambda told: told.pop("document"),
    lambda told: change(told, kind="wish"),
    lambda told: change(told, number=3),
    lambda told: change(told, id=public_id(2)),
    lambda told: change(told, ordinal=2),
    lambda told: change(told, received_at="2024-03-20T11:00:00"),
    lambda told: change(told, answer={"outcome": "maybe"}),
    lambda told: told.update(versions=None),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_what_makes_no_sense_is_refused(broken: Callable[[dict[str, Any]], object]):
    told = plain(make_answered(1), make_public(2))
    broken(told)
    with pytest.raises(UnreadableContributions, match="make no sense"):
        read_contributions(told)


def test_an_answer_is_told_only_with_the_moment_of_its_publication():
    told = plain(replace(make_answered(), answered_at=None))
    assert told["versions"][0]["paragraphs"][0]["contributions"][0]["answer"] is None


def test_a_corrected_proposal_and_its_reply_come_back_as_they_were():
    proposal = make_public(
        1,
        kind=ContributionKind.PROPOSAL,
        proposed_wording="Der neue Text von Absatz 2.",
        difference=word_diff("Der Text von Absatz 2.", "Der neue Text von Absatz 2."),
        supports=3,
        edited_at=NOON.astimezone(HOME),
    )
    reply = make_public(2, kind=ContributionKind.REPLY, in_reply_to=proposal.id)
    told = plain(proposal, reply)
    validate(told)
    assert read_contributions(told).contributions == (proposal, reply)


def test_an_archive_of_an_earlier_release_tells_nothing_of_proposals():
    told = plain(make_public(1))
    (one,) = told["versions"][0]["paragraphs"][0]["contributions"]
    for name in ("proposed_wording", "difference", "in_reply_to", "supports", "edited_at"):
        del one[name]
    validate(told)
    assert read_contributions(told).contributions == (make_public(1),)


def by_version(earlier: list[dict[str, Any]]) -> list[dict[str, int]]:
    """Return how many contributions stand there, by the version that they were made on."""
    made = Counter(one["version"] for one in earlier for _ in one["contributions"])
    return [{"version": version, "count": made[version]} for version in sorted(made)]


def test_counts_are_those_of_the_contributions_without_their_words():
    document, windows = two_versions(), {1: CLOSED}
    told = plain_contributions(document, EVERYTHING, windows)
    counted = plain_counts(document, EVERYTHING, windows)
    assert counted["count"] == told["count"]
    for version, numbers in zip(told["versions"], counted["versions"], strict=True):
        for name in ("version", "window", "moderation", "answers", "count"):
            assert numbers[name] == version[name]
        assert numbers["removed"] == by_version(version["removed"])
        assert numbers["paragraphs"] == [
            {
                "number": one["number"],
                "count": one["count"],
                "earlier": by_version(one["earlier"]),
                "changed_because_of": one["changed_because_of"],
            }
            for one in version["paragraphs"]
        ]
    assert counted["versions"][1]["removed"] == [{"version": 1, "count": 1}]
    assert "Text" not in json.dumps(counted)


def test_the_counts_of_one_version_can_be_asked_for():
    counted = plain_counts(two_versions(), EVERYTHING, {2: None}, only=2)
    assert [version["version"] for version in counted["versions"]] == [2]
    assert counted["count"] == len(EVERYTHING)
