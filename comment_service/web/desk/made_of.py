"""What the desk is made of, for its views to reach."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.signing_in import SigningIn

KEY = "randnotiz_desk"


@dataclass(frozen=True, slots=True)
class MadeOf:
    """The accounts, and what is done with them, of one application."""

    accounts: Accounts
    administering: Administering
    signing_in: SigningIn


def made_of() -> MadeOf:
    """Return what the desk that answers the current request is made of."""
    return cast("MadeOf", current_app.extensions[KEY])
