"""All that is kept of a contribution, for its author to take along."""

from collections.abc import Iterable
from typing import Any

import msgspec

from comment_service.own_contributions import Own
from comment_service.web.presenters import at_home
from participation.log_entry import LogEntry


def present_own(own: Own, history: Iterable[LogEntry]) -> dict[str, Any]:
    """Return to its author all that is kept of a contribution, but the digest of the receipt."""
    one = own.contribution
    return {
        "id": one.id,
        "document": one.ref.document,
        "version": one.ref.version,
        "number": one.ref.number,
        "kind": one.kind.value,
        "text": one.text,
        "name": one.name,
        "channel": one.channel.value,
        "received_at": at_home(one.received_at).isoformat(),
        "status": one.status.value,
        "hidden": one.hidden and {"reason": one.hidden.reason.value, "note": one.hidden.note},
        "transcribed": one.transcribed and msgspec.to_builtins(one.transcribed),
        "blacked_out": one.is_blacked_out,
        "erased_at": one.erased_at and at_home(one.erased_at).isoformat(),
        "proposed_wording": one.proposed_wording,
        "in_reply_to": one.in_reply_to,
        "waiting_because": list(one.waiting_because),
        "edited_at": one.edited_at and at_home(one.edited_at).isoformat(),
        "earlier_texts": [
            {
                "text": earlier.text,
                "name": earlier.name,
                "proposed_wording": earlier.proposed_wording,
                "until": at_home(earlier.until).isoformat(),
            }
            for earlier in one.earlier_texts
        ],
        "answers": [msgspec.to_builtins(decision.answer) for decision in own.answers],
        "history": [
            {
                "at": at_home(entry.at).isoformat(),
                "role": entry.role.value,
                "changed": entry.changed.value,
                "old": entry.old,
                "new": entry.new,
                "reason": entry.reason,
            }
            for entry in history
        ],
    }
