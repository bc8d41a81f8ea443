"""Takes an archive back into a store: the same contributions, each with its public answer."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from comment_service.answering import Answering, SeenDecision
from comment_service.marks import Marks
from comment_service.receipts import receipt_code, receipt_digest
from comment_service.samples import put_supports
from comment_service.storage.protocol import Kept, Store
from participation.account import Account
from participation.catalogue import Catalogue
from participation.contribution import Contribution, ContributionStatus, Transcribed
from participation.deciding import digest_of_decision
from participation.decision import Answer, DecisionStatus
from participation.log_entry import Role
from participation.public_contributions import HandedIn, PublicContribution, read_contributions

BY = "archive"  # who typed and answered is not public, so an archive does not tell


def take_back(store: Store, plain: Mapping[str, Any], *, new_id: Callable[[], str]) -> int:
    """Put what an archive tells into a store, and return how many contributions are new there.

    Their ids, moments and answers are those of then; what is there already stays as it is.

    Raises:
        UnreadableContributions: If it is no archive.
    """
    public = read_contributions(plain)
    known = {one.id for one in store.of_document(public.document)}
    missing = [one for one in public.contributions if one.id not in known]
    kept = store.add_all([Kept(_contribution(store, one), None) for one in missing])
    for one, contribution in zip(missing, kept, strict=True):
        put_supports(store, contribution, one.supports)
    _answer(store, missing, new_id)
    return len(missing)


def _contribution(store: Store, one: PublicContribution) -> Contribution:
    return Contribution(
        id=one.id,
        ref=one.ref,
        kind=one.kind,
        text=one.text,
        name=one.name,
        channel=one.channel,
        received_at=one.received_at,
        status=ContributionStatus.PUBLISHED,
        receipt_digest=receipt_digest(receipt_code(store.secret(), one.id)),
        transcribed=None if one.transcribed is None else _transcribed(one.transcribed),
        is_blacked_out=one.is_blacked_out,
        erased_at=one.received_at if one.is_erased else None,
        proposed_wording=one.proposed_wording,
        in_reply_to=one.in_reply_to,
        edited_at=one.edited_at,
    )


def _transcribed(one: HandedIn) -> Transcribed:
    return Transcribed(BY, one.people, one.event, one.came_on, one.is_late)


def _answer(store: Store, missing: Sequence[PublicContribution], new_id: Callable[[], str]) -> None:
    """Decide and publish, version by version, as if it were the moment of then."""
    groups: defaultdict[tuple[str, int, datetime], list[tuple[str, Answer]]] = defaultdict(list)
    for one in missing:
        if one.answer is not None and one.answered_at is not None:
            place = (one.ref.document, one.ref.version, one.answered_at)
            groups[place].append((one.id, one.answer))
    for (slug, version, at), answers in groups.items():
        _publish(store, (slug, version), answers, at, new_id)


def _publish(
    store: Store,
    place: tuple[str, int],
    answers: Sequence[tuple[str, Answer]],
    at: datetime,
    new_id: Callable[[], str],
) -> None:
    editor = Account(BY, BY, Role.EDITOR)
    answering = Answering(
        published=lambda: Catalogue({}),
        store=store,
        marks=Marks(store.state, patience=0.0, elapsed=monotonic),
        clock=lambda: at,
        new_id=new_id,
    )
    answering.carry_out(editor, place, answers, ())
    ours = {contribution for contribution, _ in answers}
    drafts = [
        SeenDecision(one.id, digest_of_decision(one))
        for one in store.decisions(place[0])
        if one.status is DecisionStatus.DRAFT and ours.issuperset(one.contributions)
    ]
    answering.publish(editor, drafts)
