"""A mail server of the tests: real SMTP, which can go down, come back and refuse."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Condition
from typing import Any, cast

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tests.servers.postgres import free_port

USER, PASSWORD = "randnotiz", "geheim/@:%"
TAKEN = "250 OK"
PATIENCE = 20.0  # seconds, after which a letter that does not come is missed

Reply = Callable[[str], str]


class Listening(Controller):
    """A controller that can close the connections that were made to it."""

    def hang_up(self) -> None:
        """Close all connections."""
        asyncio.run_coroutine_threadsafe(self._closed(), self.loop).result(PATIENCE)

    async def _closed(self) -> None:
        for transport in list(self.loop._transports.values()):  # type: ignore[attr-defined]  # noqa: SLF001  # aiosmtpd forgets some
            transport.abort()
        for _ in range(3):  # the loop closes what was given up in its next turns
            await asyncio.sleep(0)


class MailServer:
    """A server for letters; without ``up`` nobody listens at its address."""

    def __init__(self, folder: Path, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, free_port()
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.on_sender: Reply = lambda _: TAKEN
        self.on_recipient: Reply = lambda _: TAKEN
        self.on_letter: Callable[[], str | None] = lambda: TAKEN  # None: hang up
        self.offers_tls = True
        self._changed = Condition()
        self._controller: Listening | None = None
        authority = trustme.CA()
        self.certificate = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.certificate))
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(self.tls)

    @property
    def url(self) -> str:
        """Its address, with STARTTLS and a user."""
        return f"smtp://{USER}:geheim%2F%40%3A%25@{self.host}:{self.port}"

    def up(self, *, at_once: bool = False) -> None:
        """Listen, encrypted at once or by STARTTLS; then users have to sign in."""
        given: dict[str, Any] = {"ssl_context": self.tls} if at_once else {}
        if self.offers_tls and not at_once:
            given |= {"tls_context": self.tls, "require_starttls": True}
        by_starttls = self.offers_tls and not at_once  # else it holds a line for unencrypted
        self._controller = Listening(
            self,
            hostname=self.host,
            port=self.port,
            authenticator=_sign_in,
            auth_required=by_starttls,
            auth_require_tls=by_starttls,
            **given,
        )
        self._controller.start()

    def down(self) -> None:
        """Listen no more."""
        if self._controller is not None:
            self._controller.hang_up()
            self._controller.stop()
            self._controller = None

    def wait_for(self, number: int) -> list[EmailMessage]:
        """Return the letters once there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.letters) >= number, PATIENCE)
            return list(self.letters)

    async def handle_MAIL(  # noqa: N802  # the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Answer for a sender."""
        del server, session, options
        envelope.mail_from = address
        return self.on_sender(address)

    async def handle_RCPT(  # noqa: N802  # the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Answer for a recipient."""
        del server, session, options
        reply = self.on_recipient(address)
        if reply == TAKEN:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(  # noqa: N802  # the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        """Take a letter."""
        del session
        reply = self.on_letter()
        if reply is None or reply == TAKEN:
            with self._changed:
                self.envelopes.append(envelope)
                self.letters.append(read(cast("bytes", envelope.content)))
                self._changed.notify_all()
        if reply is None:
            server.transport.abort()
        return reply or TAKEN


def read(content: bytes) -> EmailMessage:
    """Read a letter as a mail program does; what is no proper mail is an error."""
    letter = message_from_bytes(content, policy=default)
    assert not letter.defects
    assert all(not header.defects for header in letter.values())
    return letter


def _sign_in(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    del server, session, envelope, mechanism
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == right, handled=given == right)


@contextmanager
def running_mail_server(folder: Path, host: str = "127.0.0.1") -> Iterator[MailServer]:
    """A server that listens, with STARTTLS."""
    server = MailServer(folder, host)
    server.up()
    try:
        yield server
    finally:
        server.down()
