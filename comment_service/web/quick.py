"""What the layer before Flask answers with, and to whom."""

from typing import NamedTuple
from wsgiref.types import WSGIEnvironment

from comment_service.web.admission import admission
from comment_service.web.safety import SAFETY

Header = tuple[str, str]
HeaderList = list[Header]


class Quick(NamedTuple):
    """An answer without Flask; ``route`` is Flask's name for the address."""

    route: str
    status: str
    headers: HeaderList
    body: bytes


class Bearing:
    """The headers that every quick answer bears; ``origins`` may call the API."""

    def __init__(self, origins: tuple[str, ...], *vary: str) -> None:
        varies = [*vary, *(["Origin"] if origins else [])]
        always = [*SAFETY.items(), *([("Vary", ", ".join(varies))] if varies else [])]
        self._of = {"": always} | {origin: always + admission(origin) for origin in origins}
        self._always, self._admits = always, bool(origins)

    def of(self, environ: WSGIEnvironment) -> HeaderList | None:
        """Return them; None if the request comes from an origin of which Flask has to judge."""
        if not self._admits:
            return self._always
        return self._of.get(environ.get("HTTP_ORIGIN", ""))
