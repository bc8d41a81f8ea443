"""What the service counts, in the form that Prometheus fetches."""

import hmac
import time

from flask import Flask, Response, abort, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from comment_service.web.handled import Handled

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})  # any other word is a client's own


class Metrics:
    """Counts requests by route, never by address: as few series as there are routes."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "randnotiz_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "randnotiz_request_seconds",
            "Time from a request to its answer.",
            ["route"],
            registry=self._registry,
            buckets=SECONDS,
        )

    def count(self, handled: Handled) -> None:
        """Count a request."""
        method = handled.method if handled.method in METHODS else "other"
        route = handled.route or ""
        self._requests.labels(method, route, str(handled.status)).inc()
        self._seconds.labels(route).observe(time.perf_counter() - handled.began)

    def exposition(self) -> bytes:
        """Return what was counted: by all workers, where they share a folder, else by this one."""
        try:
            together = CollectorRegistry()
            MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # theirs
        except ValueError:  # its word for: PROMETHEUS_MULTIPROC_DIR is not set
            return generate_latest(self._registry)
        return generate_latest(together)

    def expose(self, app: Flask, token: bytes) -> None:
        """Answer ``/metrics`` to whoever knows the token; for others there is nothing there."""

        @app.get("/metrics")
        def exposed() -> Response:
            given = request.headers.get("Authorization", "").encode("utf-8", "replace")
            if not hmac.compare_digest(given, b"Bearer " + token):
                abort(404)
            answer = Response(self.exposition(), content_type=CONTENT_TYPE_LATEST)
            answer.headers["Cache-Control"] = "no-store"
            return answer
