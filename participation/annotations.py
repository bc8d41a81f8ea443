"""Public contributions in the words of the W3C's Web Annotation Data Model, as plain data.

See https://www.w3.org/TR/annotation-model/ (Recommendation of 23 February 2017).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from participation.contribution import ContributionKind
from participation.document import Document
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PAGE_SIZE = 100  # contributions; with their answers at most twice as many annotations
NEAR = 32  # characters before and after a quotation
HTML_FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"  # as the recommendation names it for HTML
MOTIVATIONS = {
    ContributionKind.COMMENT: "commenting",
    ContributionKind.QUESTION: "questioning",
    ContributionKind.PROPOSAL: "editing",
    ContributionKind.REPLY: "replying",
}

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its public contributions, by their ordinals, and where all of it is found.

    ``collection`` is the address of the collection, ``site`` of the site, with its last slash;
    ``language`` is that of the texts and answers.
    """

    document: Document
    contributions: Sequence[PublicContribution]
    collection: str
    site: str
    language: str

    @property
    def last_page(self) -> int:
        """The number of the last page, counted from 0; there is always one."""
        return max(0, len(self.contributions) - 1) // PAGE_SIZE


def collection(annotated: Annotated) -> Plain:
    """Return the AnnotationCollection, which names its pages."""
    return {
        "@context": CONTEXT,
        "id": annotated.collection,
        "type": "AnnotationCollection",
        "label": annotated.document.title,
        "total": sum(1 + _is_answered(one) for one in annotated.contributions),
        "first": _page_address(annotated, 0),
        "last": _page_address(annotated, annotated.last_page),
    }


def page(annotated: Annotated, number: int) -> Plain | None:
    """Return one AnnotationPage, counted from 0; none if there is no such."""
    if not 0 <= number <= annotated.last_page:
        return None
    start, end = number * PAGE_SIZE, (number + 1) * PAGE_SIZE
    before = annotated.contributions[:start]
    beside = {"prev": number - 1, "next": number + 1}
    return {
        "@context": CONTEXT,
        "id": _page_address(annotated, number),
        "type": "AnnotationPage",
        "partOf": annotated.collection,
        "startIndex": sum(1 + _is_answered(one) for one in before),
        **{
            name: _page_address(annotated, other)
            for name, other in beside.items()
            if 0 <= other <= annotated.last_page
        },
        "items": [
            item for one in annotated.contributions[start:end] for item in _both(annotated, one)
        ],
    }


def annotation(annotated: Annotated, contribution_id: str, *, answer: bool = False) -> Plain | None:
    """Return the annotation of a contribution, or of its answer; none if there is no such."""
    for one in annotated.contributions:
        if one.id == contribution_id:
            made = _answer(annotated, one) if answer else _contribution(annotated, one)
            return None if made is None else {"@context": CONTEXT, **made}
    return None


def _both(annotated: Annotated, one: PublicContribution) -> Iterator[Plain]:
    yield _contribution(annotated, one)
    answer = _answer(annotated, one)
    if answer is not None:
        yield answer


def _contribution(annotated: Annotated, one: PublicContribution) -> Plain:
    motivation = MOTIVATIONS[one.kind]
    made: Plain = {
        "id": _address(annotated, one),
        "type": "Annotation",
        "canonical": f"urn:uuid:{one.id}",  # stays, wherever the collection moves
        "motivation": motivation,
        "created": _moment(one.received_at),
    }
    if one.name is not None:
        made["creator"] = {"type": "Person", "name": one.name}
    if one.edited_at is not None:
        made["modified"] = _moment(one.edited_at)
    if not one.is_erased:
        made["body"] = _body(one, motivation)
    return {**made, "target": _target(annotated, one)}


def _body(one: PublicContribution, motivation: str) -> Plain | list[Plain]:
    """Return the words, in whatever language their author chose; of a proposal, the reason last."""
    if one.proposed_wording is None:
        return _text(one.text, motivation)
    return [_text(one.proposed_wording, motivation), _text(one.text, "commenting")]


def _target(annotated: Annotated, one: PublicContribution) -> Plain | str:
    """Return the paragraph; of a reply, the annotation that it answers, if that is there."""
    answered = one.in_reply_to
    if answered and any(each.id == answered for each in annotated.contributions):
        return f"{annotated.collection}/{one.in_reply_to}"
    return _paragraph(annotated, one.ref)


def _answer(annotated: Annotated, one: PublicContribution) -> Plain | None:
    """Return the working group's answer: a reply to the contribution's annotation."""
    if one.answer is None or one.answered_at is None:
        return None
    reason = {**_text(one.answer.reason, "replying"), "language": annotated.language}
    outcome = {"type": "TextualBody", "value": one.answer.outcome.value, "purpose": "classifying"}
    changes = [
        {**_paragraph(annotated, ref), "purpose": "linking"}
        for ref in one.answer.changes
        if _is_there(annotated, ref)
    ]
    return {
        "id": f"{_address(annotated, one)}/answer",
        "type": "Annotation",
        "motivation": "replying",
        "created": _moment(one.answered_at),
        "body": [reason, outcome, *changes],
        "target": _address(annotated, one),
    }


def _text(text: str, purpose: str) -> Plain:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose}


def _paragraph(annotated: Annotated, ref: ParagraphRef) -> Plain:
    texts = annotated.document.version(ref.version).texts
    place = ref.number - 1
    quote = {"type": "TextQuoteSelector", "exact": texts[place]}
    # What stands before and after, as far as it is text: between paragraphs there may be headings.
    if place > 0:
        quote["prefix"] = texts[place - 1][-NEAR:]
    if ref.number < len(texts):
        quote["suffix"] = texts[ref.number][:NEAR]
    fragment = {
        "type": "FragmentSelector",
        "conformsTo": HTML_FRAGMENT,
        "value": f"rn-{ref.number}",
    }
    return {
        "type": "SpecificResource",
        "source": f"{annotated.site}{ref.document}/{ref.version}/",
        "selector": [fragment, quote],
    }


def _is_there(annotated: Annotated, ref: ParagraphRef) -> bool:
    """Say whether the paragraph is one of this document, as it is published now."""
    return ref.document == annotated.document.slug and any(
        version.number == ref.version and 1 <= ref.number <= len(version.paragraphs)
        for version in annotated.document.versions
    )


def _is_answered(one: PublicContribution) -> bool:
    return one.answer is not None and one.answered_at is not None


def _address(annotated: Annotated, one: PublicContribution) -> str:
    return f"{annotated.collection}/{one.id}"


def _page_address(annotated: Annotated, number: int) -> str:
    return f"{annotated.collection}?page={number}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
