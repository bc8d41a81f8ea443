"""A real web server on this machine that hands out one catalogue, well or badly."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

TAG = '"first"'


class CatalogueServer:
    """What is handed out, and how; ``asked`` are the headers of the requests so far."""

    def __init__(self) -> None:
        self.content = b"{}"
        self.etag = TAG
        self.status = 200
        self.location = ""
        self.encoding = ""
        self.breaks_off = False
        self.answers = Event()  # while it is not set, requests wait
        self.answers.set()
        self.arrived = Event()
        self.asked: list[dict[str, str]] = []
        self.url = ""


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    told: CatalogueServer

    def do_GET(self) -> None:
        told = self.told
        told.asked.append(dict(self.headers))
        told.arrived.set()
        told.answers.wait(20)
        unchanged = told.status == 200 and self.headers["If-None-Match"] == told.etag
        self.send_response(304 if unchanged else told.status)
        self.send_header("ETag", told.etag)
        self.send_header("Connection", "close")
        if told.location:
            self.send_header("Location", told.location)
        self._send_body(b"" if unchanged else told.content)

    def _send_body(self, content: bytes) -> None:
        if self.told.encoding:
            self.send_header("Content-Encoding", self.told.encoding)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if self.told.breaks_off else content)
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def catalogue_server(context: ssl.SSLContext | None = None) -> Iterator[CatalogueServer]:
    """Serve until the end of the block, by https if there is a context."""
    told = CatalogueServer()
    answers = type("Answers", (_Answers,), {"told": told})
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme, name = ("http", "127.0.0.1") if context is None else ("https", "localhost")
        told.url = f"{scheme}://{name}:{server.server_port}/catalogue.json"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield told
        finally:
            told.answers.set()
            server.shutdown()
            thread.join()
