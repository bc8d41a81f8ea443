"""Single sign-on: the city's provider vouches for whoever signs in there (OpenID Connect).

The authorization code flow with PKCE, state and nonce; what the provider says is believed only if
it bears the provider's signature, is meant for this service, and answers this very request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from participation.faults import Fault
from participation.refusals import SingleSignOnRefused

SCOPE = "openid email"
PATIENCE = 5  # seconds for each request to the provider; somebody is waiting
DRIFT = 60  # seconds that the provider's clock may be off
# Only with two keys: whoever can check such a signature cannot make one.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


class ProviderUnavailable(Fault):
    """The provider of single sign-on does not answer, or not as one does."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun in one browser, which alone knows these words."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def anew(cls) -> "Begun":
        """Return words that nobody can guess."""
        return cls(generate_token(32), generate_token(32), generate_token(64))


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for: its own name of them, and their e-mail address if verified."""

    subject: str
    email: str | None


@dataclass(frozen=True)
class Provider:
    """A provider of single sign-on, as this service is registered there."""

    issuer: str
    client_id: str
    client_secret: str
    clock: Callable[[], datetime]

    def address(self, begun: Begun, back: str) -> str:
        """Return where a browser signs in, and is then sent ``back``.

        Raises:
            ProviderUnavailable: If the provider does not say where.
        """
        address, _ = self._session(back).create_authorization_url(
            self._metadata["authorization_endpoint"],
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
        )
        return str(address)

    def vouched(self, begun: Begun, back: str, answered: str) -> Vouched:
        """Return whom the provider vouches for, by the address with which a browser came back.

        Raises:
            SingleSignOnRefused: If it is no answer to what was begun, or refuses.
            ProviderUnavailable: If the provider does not answer.
        """
        session = self._session(back, state=begun.state)
        try:
            token = session.fetch_token(
                self._metadata["token_endpoint"],
                authorization_response=answered,
                code_verifier=begun.verifier,
            )
        except AuthlibBaseError as error:
            raise SingleSignOnRefused(str(error.error)) from error
        except (RequestException, ValueError) as error:
            raise ProviderUnavailable(f"{self.issuer}: {error}") from error
        claims = self._claims(str(token.get("id_token", "")), begun)
        return _vouched({**self._more(session, claims), **claims})

    def _claims(self, id_token: str, begun: Begun) -> dict[str, Any]:
        wanted = jwt.JWTClaimsRegistry(
            now=int(self.clock().timestamp()),
            leeway=DRIFT,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": begun.nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            keys = KeySet.import_key_set(cast("Any", self._fetch(self._metadata["jwks_uri"])))
            claims = jwt.decode(id_token, keys, algorithms=list(SIGNATURES)).claims
            wanted.validate(claims)
        except (JoseError, ValueError) as error:
            raise SingleSignOnRefused(type(error).__name__) from error
        return claims

    def _more(self, session: OAuth2Session, claims: Mapping[str, Any]) -> dict[str, Any]:
        """Ask for what some providers say of people at another address only."""
        place = self._metadata.get("userinfo_endpoint")
        if "email" in claims or not place:
            return {}
        more = self._fetch(place, session)
        return more if more.get("sub") == claims["sub"] else {}

    @cached_property
    def _metadata(self) -> dict[str, Any]:
        found = self._fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        missing = {"authorization_endpoint", "token_endpoint", "jwks_uri"} - found.keys()
        if missing or found.get("issuer") != self.issuer:
            raise ProviderUnavailable(f"{self.issuer} calls itself {found.get('issuer')!r}")
        return found

    def _fetch(self, address: str, session: OAuth2Session | None = None) -> dict[str, Any]:
        asking = session or self._session("")
        try:
            answer = asking.get(address, withhold_token=session is None)
            answer.raise_for_status()
            plain = answer.json()
        except (RequestException, ValueError) as error:
            raise ProviderUnavailable(f"{address}: {error}") from error
        if not isinstance(plain, dict):
            raise ProviderUnavailable(f"{address}: is no object")
        return plain

    def _session(self, back: str, **known: Any) -> OAuth2Session:
        return OAuth2Session(
            self.client_id,
            self.client_secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
            **known,
        )


def _vouched(claims: Mapping[str, Any]) -> Vouched:
    email = claims.get("email")
    is_verified = claims.get("email_verified") is True and isinstance(email, str)
    return Vouched(str(claims["sub"]), email if is_verified else None)
