"""A line to a server that can lose an answer on its way, as networks do."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

CHUNK = 65536


class Line:
    """Passes on what is said on a port of 127.0.0.1, in both directions."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._losing = Event()
        self._word: bytes | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        Thread(target=self._accept, daemon=True).start()

    def lose_next_answer(self) -> None:
        """Hang up on both sides once the server answers."""
        self._losing.set()

    def lose_answer_to(self, word: bytes) -> None:
        """Hang up on both sides once the server answers to what has this word in it."""
        self._word = word

    def close(self) -> None:
        """Take no more calls."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
                Thread(target=self._pass_on, args=(client, server), daemon=True).start()
                Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError), client, server:
            while said := client.recv(CHUNK):
                if self._word is not None and self._word in said:
                    self._word = None
                    self._losing.set()
                server.sendall(said)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while (said := server.recv(CHUNK)) and not self._losing.is_set():
                client.sendall(said)
        self._losing.clear()
        for end in (server, client):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(server_port: int) -> Iterator[Line]:
    """A line to a server, closed afterwards."""
    line = Line(server_port)
    try:
        yield line
    finally:
        line.close()
