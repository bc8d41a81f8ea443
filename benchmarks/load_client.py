"""The honest client: so many connections, one request after the other on each, all checked."""

import re
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
PATIENCE = 30.0  # seconds without any answer: something hangs

Check = Callable[[int, bytes, bytes], None]  # status, head, body; raises WrongAnswer
Request = Callable[[], bytes]  # the next request, as it goes over the wire


class WrongAnswer(Exception):
    """A server answered something else than it should have."""


@dataclass(slots=True)
class Result:
    """What came of a run: ``latencies`` in seconds, one for each answer."""

    seconds: float
    latencies: list[float] = field(repr=False)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Return the latency in milliseconds that this share of the answers did not exceed."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One connection that is opened anew when the server closes it, as a browser would."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = self._open()
        self._received = b""
        self._sent = b""
        self.began = 0.0

    def send(self, request: bytes) -> None:
        """Send a request."""
        self._received, self._sent, self.began = b"", request, time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[int, bytes, bytes] | None:
        """Read what has come; return status, head and body once the answer is whole."""
        piece = self.socket.recv(1 << 18)
        self._received += piece
        return _answer(self._received, at_end=not piece)

    def reopen(self) -> None:
        """Open the connection again after the server has closed it."""
        self.socket.close()
        self.socket = self._open()

    @property
    def unanswered(self) -> bool:
        """Whether nothing has come of the answer yet."""
        return not self._received

    def send_again(self) -> None:
        """Send the same request on a new connection: the server had closed the idle one."""
        self.reopen()
        self.socket.sendall(self._sent)

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened


def run(port: int, request: Request, check: Check, *, clients: int, seconds: float) -> Result:
    """Keep ``clients`` connections busy for a time, check each answer and return how fast it went.

    Raises:
        WrongAnswer: If an answer is not what ``check`` wants, or none comes.
    """
    with selectors.DefaultSelector() as selector:
        began = time.perf_counter()
        ends, latencies = began + seconds, []
        for _ in range(clients):
            _begin(selector, Connection(port), request())
        while selector.get_map():
            for connection in _ready(selector):
                answer = _receive(selector, connection)
                if answer is None:
                    continue
                now = time.perf_counter()
                latencies.append(now - connection.began)
                check(*answer)
                _go_on(selector, connection, answer[1], None if now >= ends else request())
        return Result(time.perf_counter() - began, latencies)


def once(port: int, request: bytes) -> tuple[int, bytes, bytes]:
    """Send one request and return status, head and body of its answer."""
    kept: list[tuple[int, bytes, bytes]] = []
    run(port, lambda: request, lambda *answer: kept.append(answer), clients=1, seconds=0)
    return kept[0]


def _begin(selector: selectors.BaseSelector, connection: Connection, request: bytes) -> None:
    selector.register(connection.socket, selectors.EVENT_READ, connection)
    connection.send(request)


def _ready(selector: selectors.BaseSelector) -> Iterator[Connection]:
    ready = selector.select(PATIENCE)
    if not ready:
        raise WrongAnswer(f"no answer in {PATIENCE} s")
    return (key.data for key, _ in ready)


def _receive(
    selector: selectors.BaseSelector, connection: Connection
) -> tuple[int, bytes, bytes] | None:
    try:
        return connection.receive()
    except (ConnectionResetError, EOFError):
        if not connection.unanswered:
            raise
    selector.unregister(connection.socket)
    connection.send_again()
    selector.register(connection.socket, selectors.EVENT_READ, connection)
    return None


def _go_on(
    selector: selectors.BaseSelector, connection: Connection, head: bytes, request: bytes | None
) -> None:
    closed = b"connection: close" in head.lower() or head.startswith(b"HTTP/1.0")
    if request is not None and not closed:
        connection.send(request)
        return
    selector.unregister(connection.socket)
    if request is None:
        connection.socket.close()
        return
    connection.reopen()
    _begin(selector, connection, request)


def _answer(received: bytes, *, at_end: bool) -> tuple[int, bytes, bytes] | None:
    end = received.find(b"\r\n\r\n")
    if end < 0:
        if at_end:
            raise EOFError
        return None
    head, rest = received[: end + 2], received[end + 4 :]
    status = int(head[9:12])
    if status == 304:  # noqa: PLR2004  # it has no body, whatever its length says
        return status, head, b""
    body = _body(head, rest, at_end=at_end)
    return None if body is None else (status, head, body)


def _body(head: bytes, rest: bytes, *, at_end: bool) -> bytes | None:
    if length := LENGTH.search(head):
        return rest if len(rest) >= int(length[1]) else None
    if CHUNKED.search(head):
        return _unchunked(rest) if rest.endswith(b"0\r\n\r\n") else None
    return rest if at_end else None


def _unchunked(rest: bytes) -> bytes:
    pieces = []
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        pieces.append(rest[: int(size, 16)])
        rest = rest[int(size, 16) + 2 :]
    return b"".join(pieces)
