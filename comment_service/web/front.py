"""A thin layer before Flask: what is asked for most is answered without it.

It answers only what it knows: plain reads of what there is, and contributions that are taken. All
else goes to Flask as it came, and Flask would answer the same requests in the same words.
"""

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from comment_service.web.handled import Handled, new_request_id
from comment_service.web.quick import Quick

Answering = Callable[[WSGIEnvironment], Quick | None]


class Front:
    """The application as the server sees it; ``behind`` answers what nobody here does."""

    def __init__(
        self,
        behind: WSGIApplication,
        *quick: Answering,
        record: Callable[[Handled], None],
    ) -> None:
        self.behind = behind
        self._quick: Sequence[Answering] = quick
        self._record = record

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer at once, or let Flask answer."""
        began = perf_counter()
        for answering in self._quick:
            answer = answering(environ)
            if answer is not None:
                return self._answer(answer, environ["REQUEST_METHOD"], began, start_response)
        return self.behind(environ, start_response)

    def _answer(
        self, answer: Quick, method: str, began: float, start_response: StartResponse
    ) -> Iterable[bytes]:
        request_id = new_request_id()
        self._record(Handled(method, answer.route, int(answer.status[:3]), began, request_id))
        start_response(answer.status, [*answer.headers, ("X-Request-Id", request_id)])
        return [answer.body] if answer.body else []
