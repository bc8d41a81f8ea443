"""A provider of single sign-on, as a process that a test starts."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPMessage
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """A provider that runs; ``issuer`` is its address."""

    issuer: str

    def know(self, subject: str, **claims: Any) -> None:
        """Let it know somebody."""
        body = json.dumps(claims)
        self._ask("PUT", f"/users/{subject}", body, "application/json")

    def sign_in(self, address: str, subject: str) -> str:
        """Sign somebody in as a person does on its page; return where the browser is sent."""
        parts = urlsplit(address)
        typed = urlencode({"sub": subject})
        where = f"{parts.path}?{parts.query}"
        return self._ask("POST", where, typed, "application/x-www-form-urlencoded")["Location"]

    def refuse(self, address: str) -> str:
        """Refuse a sign-in as a person does on its page; return where the browser is sent."""
        parts = urlsplit(address)
        where = f"{parts.path}?{parts.query}"
        typed = urlencode({"action": "deny"})
        return self._ask("POST", where, typed, "application/x-www-form-urlencoded")["Location"]

    def now(self) -> datetime:
        """Return the moment on its clock, by which its tokens begin and end."""
        return parsedate_to_datetime(self._ask("GET", "/")["Date"])

    def _ask(self, method: str, path: str, body: str = "", kind: str = "") -> HTTPMessage:
        connection = HTTPConnection(urlsplit(self.issuer).netloc, timeout=10)
        connection.request(method, path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status < 400, answer.status
        return answer.headers


@contextmanager
def running_provider() -> Iterator[OidcProvider]:
    """Run a provider on a port of the machine's own choice."""
    command = [sys.executable, "-u", "-W", "ignore", "-m", "oidc_provider_mock", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield OidcProvider(_address(process))
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout
        process.stdout.close()


def _address(process: subprocess.Popen[str]) -> str:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if "running on" in line:
            return line.split("running on ")[1].split()[0]
    raise AssertionError("".join(said))
