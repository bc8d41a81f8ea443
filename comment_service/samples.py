"""Sample contributions for a demonstration: fresh ones, each put in once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from comment_service.receipts import receipt_code, receipt_digest
from comment_service.storage.protocol import Kept, Once, Store
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
)
from participation.paragraph import ParagraphRef


def put_samples(
    store: Store, plain: Mapping[str, Any], *, now: datetime, new_id: Callable[[], str]
) -> int:
    """Put the samples into a store and return how many it had not got before.

    Args:
        store: Any.
        plain: ``document``, ``version`` and the ``contributions``, each with ``number``, ``kind``,
            ``text``, ``name`` (or null) and ``hours_ago``, counted back from ``now``.
        now: Aware.
        new_id: Returns a new UUIDv7.

    Raises:
        KeyError, ValueError: If something of it is missing or makes no sense.
    """
    new = [_kept(store, plain, entry, now, new_id()) for entry in plain["contributions"]]
    kept = store.add_all(new)
    return sum(one.id == made.contribution.id for one, made in zip(kept, new, strict=True))


def _kept(
    store: Store,
    plain: Mapping[str, Any],
    entry: Mapping[str, Any],
    now: datetime,
    contribution_id: str,
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
    )
    asked = _digest(
        json.dumps([str(contribution.ref), entry["kind"], entry["text"], entry["name"]])
    )
    return Kept(contribution, Once(_digest(f"sample {asked}"), asked))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
