"""What a paragraph's page shows of its contributions, and what it offers to write."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import Response, render_template, request
from markupsafe import escape

from comment_service.commenting import ParagraphSeen
from comment_service.leaves import Leaf, leaf
from comment_service.web.forms import NUMBER, Typed
from participation.contribution import NAME_LIMIT, TEXT_LIMIT, WORDING_LIMIT, ContributionKind
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution
from participation.selection import Order, in_order
from participation.threads import Thread, threads

KIND, REPLY, SORT, PAGE = "kind", "reply", "sort", "page"  # of the address
MARK = 150  # bytes of markup around a changed run of words
AT, TAKEN = "at", "taken"  # of the address, too: a contribution that has to be on the page


@dataclass(frozen=True, slots=True)
class Said:
    """The threads that are shown, and in which order of all."""

    leaf: Leaf[Thread]
    order: Order


def said(seen: ParagraphSeen) -> Said:
    """Return what the address asks for; what makes no sense counts as not asked for."""
    given = request.args
    order = next((one for one in Order if one == given.get(SORT)), Order.PLACE)
    found = in_order(threads(seen.contributions), order)
    page = given.get(PAGE, "")
    number = int(page) if NUMBER.fullmatch(page) else 1
    wanted = given.get(AT) or given.get(TAKEN)
    place = next(
        (place for place, one in enumerate(found) if wanted in {each.id for each in one.all}), None
    )
    return Said(leaf(found, number, _weight, around=place), order)


def offered(query: Mapping[str, str], seen: ParagraphSeen) -> Typed:
    """Return the form that the address asks for: for a proposal, a reply, or anything else."""
    answered = answered_by(query.get(REPLY), seen)
    if answered is not None:
        return Typed(kind=ContributionKind.REPLY, in_reply_to=answered.id)
    if query.get(KIND) == ContributionKind.PROPOSAL:
        return Typed(kind=ContributionKind.PROPOSAL, proposed_wording=seen.paragraph.text)
    return Typed()


def answered_by(contribution_id: str | None, seen: ParagraphSeen) -> PublicContribution | None:
    """Return the contribution of that id if it may be answered here."""
    return next(
        (one for one in seen.contributions if one.id == contribution_id and not one.in_reply_to),
        None,
    )


def weight_of(one: PublicContribution) -> int:
    """Return about how many bytes of words, and of marks between them, it brings to a page."""
    pieces = [piece.text for piece in one.difference]
    words = [one.text, one.name or "", one.answer.reason if one.answer else "", *pieces]
    return len(escape("".join(words)).encode()) + MARK * len(pieces)


def paragraph_page(
    ref: ParagraphRef, typed: Typed, *, status: int = HTTPStatus.OK, **shown: Any
) -> Response:
    """Return the page of a paragraph; without ``seen``, only the form with what was typed."""
    seen = shown.get("seen")
    page = render_template(
        "paragraph.html",
        ref=ref,
        said=seen and said(seen),
        answered=seen and answered_by(typed.in_reply_to, seen),
        wording_limit=WORDING_LIMIT,
        typed=replace(typed, key=typed.key or secrets.token_urlsafe(16)),
        kinds=[ContributionKind.COMMENT, ContributionKind.QUESTION],
        text_limit=TEXT_LIMIT,
        name_limit=NAME_LIMIT,
        **shown,
    )
    return Response(page, status=status, mimetype="text/html")


def _weight(thread: Thread) -> int:
    return sum(weight_of(one) for one in thread.all)
