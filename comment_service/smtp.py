"""The way to the mail server: a letter is taken, put off, or refused for good."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from comment_service.mail_settings import Encryption, MailServer
from participation.faults import Fault

TO_CONNECT = 60  # seconds for each step until the first letter
TO_TAKE = 600  # seconds for each step of a letter: who hangs up earlier is sent it twice (RFC 5321)
LONGEST = 200  # characters of what a server says
ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>]+>?")
POLICY = re.compile(r"5\.7\.\d+")  # refused because of who we are, not because of the address
HANGS_UP = 421


class ServerTrouble(Fault):
    """The mail server takes nothing at this moment, from us at least."""


class NotTaken(Exception):
    """A letter was not taken; ``reply`` is what the server said, without any address."""

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply


class PutOff(NotTaken):
    """A letter was not taken yet; later it may be."""


class Refused(NotTaken):
    """A letter will never be taken at this address."""


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to a mail server that takes letters."""

    connection: smtplib.SMTP

    def send(self, sender: str, recipient: str, letter: bytes) -> None:
        """Hand over a letter; it is the server's when this returns.

        Raises:
            ServerTrouble: If the server takes nothing more; where it hung up after the letter's
                last line, nobody knows whether it has taken it.
            PutOff, Refused: If it does not take this one.
        """
        try:
            self.connection.sendmail(sender, [recipient], letter)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _judged(*next(iter(refused.recipients.values()))) from None
        except smtplib.SMTPSenderRefused as error:
            raise ServerTrouble(f"does not take our sender: {_said(error)}") from None
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code, error.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            raise ServerTrouble(_said(error)) from None


@contextmanager
def connected(server: MailServer, our_name: str) -> Iterator[Line]:
    """Connect to a mail server, encrypted as its address says, and sign in if it has a user.

    Raises:
        ServerTrouble: If that is not possible.
    """
    try:
        connection = _opened(server, our_name)
    except (smtplib.SMTPException, OSError) as error:
        raise ServerTrouble(_said(error)) from None
    try:
        yield Line(connection)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _opened(server: MailServer, our_name: str) -> smtplib.SMTP:
    place = server.host, server.port, our_name
    if server.encryption is Encryption.AT_ONCE:
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=TO_CONNECT, context=context)
    else:
        connection = smtplib.SMTP(*place, timeout=TO_CONNECT)
    try:
        _introduced(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _introduced(connection: smtplib.SMTP, server: MailServer) -> None:
    connection.ehlo_or_helo_if_needed()
    optional = server.encryption is Encryption.IF_OFFERED
    if server.encryption is Encryption.STARTTLS or (optional and connection.has_extn("starttls")):
        connection.starttls(context=ssl.create_default_context())
    if server.user:
        connection.login(server.user, server.password)
    if connection.sock is not None:
        connection.sock.settimeout(TO_TAKE)


def _judged(code: int, said: bytes | str) -> Exception:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    reply = _without_addresses(f"{code} {words}")
    if code == HANGS_UP:
        return ServerTrouble(reply)
    is_final = code >= 500 and not POLICY.match(words)  # noqa: PLR2004  # RFC 5321: 5yz
    return Refused(reply) if is_final else PutOff(reply)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return _without_addresses(f"{error.smtp_code} {words}")
    return _without_addresses(str(error) or type(error).__name__)


def _without_addresses(words: str) -> str:
    return " ".join(ADDRESS.sub("<…>", words).split())[:LONGEST]
