"""A service that tells of contributions what it is given: a real server with fixed answers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def telling(body: bytes, status: int = 200) -> Iterator[str]:
    """Answer every request for contributions on the guidelines with these bytes."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the standard library's own name
            there = self.path == "/api/documents/leitlinien/contributions"
            self.send_response(status if there else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as above
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
