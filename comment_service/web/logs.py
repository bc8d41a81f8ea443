"""What Flask adds to the log: a line for each request, and its id in all others."""

import time
from collections.abc import Callable

from flask import Flask, Response, g, request

from comment_service.web.handled import Handled, new_request_id
from comment_service.web.log_lines import REQUEST


def record_requests(app: Flask, record: Callable[[Handled], None]) -> None:
    """Record each request of the application by its route, not by its address."""

    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        route = request.url_rule.rule if request.url_rule else None
        record(Handled(request.method, route, response.status_code, g.began, g.request_id))
        return response

    app.before_request(_begin)
    app.after_request(end)
    app.teardown_request(_forget)


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = new_request_id()
    REQUEST.set(g.request_id)


def _forget(_error: BaseException | None) -> None:
    REQUEST.set(None)
