"""What the desk takes in from cards, letters and calls, one by one."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime

from comment_service.marks import Marks
from comment_service.receipts import receipt_code, receipt_digest
from comment_service.storage.protocol import Once, Store
from participation.account import Account
from participation.catalogue import Catalogue
from participation.contribution import Contribution
from participation.permissions import Action, allow
from participation.transcript import Transcript, transcribe


@dataclass(frozen=True, slots=True)
class Transcribing:
    """The use case of transcribing, with all it leans on handed in."""

    published: Callable[[], Catalogue]
    store: Store
    secret: Callable[[], bytes]
    marks: Marks
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def take(self, account: Account, typed: Transcript, version: int, *, key: str) -> Contribution:
        """Take what was typed; a form that is sent again with the same key, only once.

        Raises:
            NotPermitted: If the account may not transcribe.
            UnknownDocument, UnknownVersion: If there is no such version.
            WindowNotOpen: If the version never takes contributions.
            InvalidInput: If a field cannot be taken.
            IdempotencyKeyReused: If the key was used for something else.
        """
        allow(account, Action.TRANSCRIBE)
        asked = json.dumps([version, *astuple(typed)])
        new = self.made(account, typed, version)
        kept = self.store.add(new, once=Once(digest(f"transcribe {key}"), digest(asked)))
        self.marks.forget(typed.document)
        return kept

    def made(self, account: Account, typed: Transcript, version: int) -> Contribution:
        """Return the contribution that was typed, not yet kept.

        Raises:
            UnknownDocument, UnknownVersion: If there is no such version.
            WindowNotOpen: If the version never takes contributions.
            InvalidInput: If a field cannot be taken.
        """
        contribution_id = self.new_id()
        return transcribe(
            typed,
            self.published().version(typed.document, version),
            by=account.name,
            now=self.clock(),
            contribution_id=contribution_id,
            receipt_digest=receipt_digest(receipt_code(self.secret(), contribution_id)),
        )


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal; it may hold what no UTF-8 can."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
