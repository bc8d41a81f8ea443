"""Who has to set up a second factor before anything else."""

from comment_service.web.service import service
from participation.account import Account
from participation.log_entry import Role


def must_set_up(account: Account) -> bool:
    """Say whether an account has no second factor, but must have one by the setting.

    Who signs in with a provider only is asked there for whatever the provider asks for.
    """
    if account.totp_secret is not None or account.password_hash is None:
        return False
    required = service().settings.second_factor
    return required == "everybody" or (
        required == "administrators" and account.role is Role.ADMINISTRATOR
    )
