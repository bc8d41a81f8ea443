"""Annotations fit the Web Annotation Data Model, and name what they mean for good."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from participation.annotations import (
    MOTIVATIONS,
    NEAR,
    PAGE_SIZE,
    Annotated,
    annotation,
    collection,
    page,
)
from participation.contribution import ContributionKind
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution
from tests.factories import (
    NOON,
    REF,
    make_answered,
    make_document,
    make_paragraph,
    make_public,
    make_version,
    public_id,
)

SCHEMA = json.loads(Path(__file__).with_name("web_annotation.schema.json").read_text())
MODEL = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)
HERE, SITE = (
    "https://texte.example.org/api/documents/leitlinien/annotations",
    "https://example.org/",
)
LONG = make_paragraph(3, text="Ein Satz. " * 20)
DOCUMENT = make_document(
    versions=(
        make_version(1, paragraphs=(make_paragraph(1), make_paragraph(2), LONG)),
        make_version(2, paragraphs=(make_paragraph(1), make_paragraph(2))),
    )
)


def annotated(*contributions: PublicContribution) -> Annotated:
    return Annotated(DOCUMENT, contributions, HERE, SITE, "de")


def many(count: int) -> Sequence[PublicContribution]:
    return [make_answered(n) if n % 3 == 0 else make_public(n) for n in range(1, count + 1)]


def made(contribution: PublicContribution, *, answer: bool = False) -> dict[str, Any]:
    found = annotation(annotated(contribution), contribution.id, answer=answer)
    assert found is not None
    MODEL.validate(found)
    return found


def replied(*contributions: PublicContribution) -> dict[str, Any]:
    """The annotation of the last of some contributions."""
    found = annotation(annotated(*contributions), contributions[-1].id)
    assert found is not None
    MODEL.validate(found)
    return found


def test_a_comment_annotates_its_paragraph_as_it_stood():
    assert made(make_public(1, text="Bitte mehr Bänke.", name="Ada")) == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{HERE}/{public_id(1)}",
        "type": "Annotation",
        "canonical": f"urn:uuid:{public_id(1)}",
        "motivation": "commenting",
        "created": "2024-03-20T11:00:00Z",
        "creator": {"type": "Person", "name": "Ada"},
        "body": {
            "type": "TextualBody",
            "value": "Bitte mehr Bänke.",
            "format": "text/plain",
            "purpose": "commenting",
        },
        "target": {
            "type": "SpecificResource",
            "source": "https://example.org/leitlinien/1/",
            "selector": [
                {
                    "type": "FragmentSelector",
                    "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
                    "value": "rn-2",
                },
                {
                    "type": "TextQuoteSelector",
                    "exact": "Der Text von Absatz 2.",
                    "prefix": "Der Text von Absatz 1.",
                    "suffix": LONG.text[:NEAR],
                },
            ],
        },
    }


@pytest.mark.parametrize(
    ("number", "beside"), [(1, {"suffix"}), (2, {"prefix", "suffix"}), (3, {"prefix"})]
)
def test_a_quotation_tells_what_stands_beside_it(number: int, beside: set[str]):
    target = made(make_public(1, ref=replace(REF, number=number)))["target"]
    assert set(target["selector"][1]) - {"type", "exact"} == beside


def test_every_kind_of_contribution_has_a_motivation():
    assert set(MOTIVATIONS) == set(ContributionKind)


def test_a_question_without_a_name_has_no_creator():
    question = made(make_public(1, kind=ContributionKind.QUESTION, name=None))
    assert question["motivation"] == question["body"]["purpose"] == "questioning"
    assert "creator" not in question


def test_a_proposal_edits_the_paragraph_and_comments_on_it():
    proposal = make_public(
        1, kind=ContributionKind.PROPOSAL, proposed_wording="Neu.", edited_at=NOON
    )
    told = made(proposal)
    assert (told["motivation"], told["modified"]) == ("editing", "2024-03-20T11:00:00Z")
    assert [(body["purpose"], body["value"]) for body in told["body"]] == [
        ("editing", "Neu."),
        ("commenting", "Bitte mehr Bänke."),
    ]


def test_a_reply_annotates_what_it_answers_or_the_paragraph_if_that_is_gone():
    kinds = {"kind": ContributionKind.REPLY, "in_reply_to": public_id(1)}
    first, reply = make_public(1), make_public(2, **kinds)
    assert replied(first, reply)["target"] == f"{HERE}/{public_id(1)}"
    assert replied(reply)["target"]["source"] == "https://example.org/leitlinien/1/"


def test_what_was_erased_keeps_its_place_and_has_no_body():
    erased = made(make_public(1, text="", name=None, is_erased=True))
    assert "body" not in erased
    assert erased["target"]["selector"][0]["value"] == "rn-2"


def test_an_answer_replies_to_the_annotation_and_links_to_the_changed_paragraph():
    answer = made(make_answered(1), answer=True)
    assert (answer["id"], answer["target"]) == (
        f"{HERE}/{public_id(1)}/answer",
        f"{HERE}/{public_id(1)}",
    )
    assert answer["motivation"] == "replying"
    reason, outcome, change = answer["body"]
    assert (reason["value"], outcome["value"]) == ("Das fehlte.", "adopted")
    assert reason["language"] == "de"
    assert (change["source"], change["purpose"]) == ("https://example.org/leitlinien/2/", "linking")


@pytest.mark.parametrize(
    "ref",
    [
        ParagraphRef("andere", 1, 1),
        ParagraphRef("leitlinien", 3, 1),
        ParagraphRef("leitlinien", 2, 9),
    ],
)
def test_an_answer_links_to_no_paragraph_that_is_not_there(ref: ParagraphRef):
    one = make_answered(1)
    assert one.answer is not None
    answer = made(replace(one, answer=replace(one.answer, changes=(ref,))), answer=True)
    assert len(answer["body"]) == 2


def test_what_is_not_there_is_not_annotated():
    one = make_public(1)
    assert annotation(annotated(one), public_id(2)) is None
    assert annotation(annotated(one), one.id, answer=True) is None


@pytest.mark.parametrize("count", [0, 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 3 * PAGE_SIZE])
def test_the_pages_of_a_collection_hold_every_annotation_once(count: int):
    all_of_them = annotated(*many(count))
    whole = collection(all_of_them)
    MODEL.validate(whole)
    items: list[dict[str, Any]] = []
    number = 0
    while (part := page(all_of_them, number)) is not None:
        MODEL.validate(part)
        assert (part["id"], part["partOf"]) == (f"{HERE}?page={number}", whole["id"])
        assert part["startIndex"] == len(items)
        assert ("prev" in part, "next" in part) == (number > 0, part["id"] != whole["last"])
        items += part["items"]
        number += 1
    assert whole["first"] == f"{HERE}?page=0"
    assert whole["total"] == len({item["id"] for item in items}) == len(items) == count + count // 3


def test_there_is_no_page_beyond_the_last():
    assert page(annotated(), 1) is None
    assert page(annotated(), -1) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "leitlinien/annotations/1"},
        {"type": "Comment"},
        {"created": "2024-03-20T12:00:00+01:00"},
        {"motivation": "shouting"},
        {"target": []},
        {"body": {"type": "TextualBody"}},
        {"@context": "http://schema.org"},
    ],
)
def test_the_schema_refuses_what_the_model_forbids(broken: dict[str, Any]):
    with pytest.raises(jsonschema_rs.ValidationError):
        MODEL.validate({**made(make_public(1)), **broken})
