"""Welcoming whom a provider of single sign-on vouches for, to the account they have here."""

from dataclasses import dataclass

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.signing_in import SignedIn, SigningIn
from comment_service.single_sign_on import Begun, Provider, Vouched
from participation.account import Account
from participation.refusals import NoAccount


@dataclass(frozen=True, slots=True)
class Welcoming:
    """The use case of single sign-on, with all it leans on handed in."""

    provider: Provider
    accounts: Accounts
    administering: Administering
    signing_in: SigningIn

    def welcome(self, begun: Begun, back: str, answered: str) -> SignedIn:
        """Begin a session of whoever came back from the provider.

        Raises:
            SingleSignOnRefused: If the provider does not vouch for them.
            NoAccount: If they have no account here.
            SignInRefused: If it is locked.
            ProviderUnavailable: If the provider does not answer.
        """
        vouched = self.provider.vouched(begun, back, answered)
        return self.signing_in.welcome(self._account(vouched))

    def _account(self, vouched: Vouched) -> Account:
        """Find the account: by the provider's name for good, by e-mail address the first time."""
        account = self.accounts.of_subject(vouched.subject)
        if account is not None:
            return account
        account = self.accounts.named(vouched.email or "")
        if account is None or account.subject is not None:
            raise NoAccount(vouched.email)
        return self.administering.bind(account, vouched.subject)
