"""What the desk is made of, for its views to reach."""

from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.importing import Importing
from comment_service.signing_in import SigningIn
from comment_service.single_sign_on import Provider
from comment_service.transcribing import Transcribing

KEY = "randnotiz_desk"


@dataclass(frozen=True, slots=True)
class MadeOf:
    """The accounts, and what is done with them, of one application."""

    accounts: Accounts
    administering: Administering
    signing_in: SigningIn
    transcribing: Transcribing
    importing: Importing
    providers: dict[str, Provider] = field(default_factory=dict)


def made_of() -> MadeOf:
    """Return what the desk that answers the current request is made of."""
    return cast("MadeOf", current_app.extensions[KEY])
