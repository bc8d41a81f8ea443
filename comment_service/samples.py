"""Sample contributions for a demonstration: fresh ones, each put in once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from comment_service.receipts import receipt_code, receipt_digest
from comment_service.storage.protocol import Change, Kept, Once, Store
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
)
from participation.paragraph import ParagraphRef
from participation.support import Support


def put_samples(
    store: Store, plain: Mapping[str, Any], *, now: datetime, new_id: Callable[[], str]
) -> int:
    """Put the samples into a store and return how many it had not got before.

    Args:
        store: Any.
        plain: ``document``, ``version`` and the ``contributions``, each with ``number``, ``kind``,
            ``text``, ``name`` (or null) and ``hours_ago``, counted back from ``now``; where they
            make sense, with ``proposed_wording``, ``supports`` (how many), and ``answers``: the
            place in this list, counted from 1, of what a reply answers, which stands before it.
        now: Aware.
        new_id: Returns a new UUIDv7.

    Raises:
        KeyError, ValueError: If something of it is missing or makes no sense.
    """
    put: list[Contribution] = []
    count = 0
    for entry in plain["contributions"]:
        answered = put[entry["answers"] - 1].id if "answers" in entry else None
        new = _kept(store, plain, entry, now, new_id(), answered)
        put.append(store.add(new.contribution, once=new.once))
        count += put[-1].id == new.contribution.id
        put_supports(store, put[-1], entry.get("supports", 0))
    return count


def put_supports(store: Store, contribution: Contribution, count: int) -> None:
    """Let so many support a contribution as nobody's browser does, each once."""
    names = (f"sample support {number} of {contribution.id}" for number in range(count))
    wanted = [
        Support(_digest(name), contribution.ref.document, contribution.id, contribution.received_at)
        for name in names
    ]
    store.change([Change(None, one) for one in wanted if store.support(one.id) is None], [])


def _kept(
    store: Store,
    plain: Mapping[str, Any],
    entry: Mapping[str, Any],
    now: datetime,
    contribution_id: str,
    answered: str | None,
) -> Kept:
    contribution = Contribution(
        id=contribution_id,
        ref=ParagraphRef(plain["document"], plain["version"], entry["number"]),
        kind=ContributionKind(entry["kind"]),
        text=entry["text"],
        name=entry["name"],
        channel=Channel.ONLINE,
        received_at=now - timedelta(hours=entry["hours_ago"]),
        status=ContributionStatus.PUBLISHED,
        receipt_digest=receipt_digest(receipt_code(store.secret(), contribution_id)),
        proposed_wording=entry.get("proposed_wording"),
        in_reply_to=answered,
    )
    asked = _digest(
        json.dumps([str(contribution.ref), entry["kind"], entry["text"], entry["name"]])
    )
    return Kept(contribution, Once(_digest(f"sample {asked}"), asked))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
