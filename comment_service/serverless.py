"""The ways in for functions: ``handler`` on AWS Lambda, ``function`` with Google's framework.

All that is to last lies elsewhere: settings in the environment, contributions in a database,
the catalogue behind an address.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import uuid_utils

from comment_service.app import create_service
from comment_service.platforms import platform, refuse_passing_store
from comment_service.settings import BrokenSetting, Settings
from comment_service.web.log_lines import configure_logs
from participation.faults import Fault

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

WRONG_SETTING = 2  # exit code

Event = dict[str, Any]  # decoded JSON


class NotARequest(Fault):
    """What woke the function is no HTTP request."""


def start() -> WSGIApplication:
    """Make the application from the environment; end the process if a setting is broken."""
    try:
        settings = Settings.read(os.environ)
        refuse_passing_store(settings.store, platform(os.environ) or "such a platform")
        configure_logs(settings.log_level, sys.stderr)
        return create_service(
            settings,
            clock=lambda: datetime.now(UTC),
            new_id=lambda: str(uuid_utils.uuid7()),
            stands_still=True,
        ).served
    except BrokenSetting as broken:
        sys.stderr.write(f"{broken}\n")
        sys.exit(WRONG_SETTING)


app = start()


def handler(event: Event, context: object) -> Event:
    """Answer an event of API Gateway (payload 1.0 or 2.0), of a load balancer, of a function URL.

    Raises:
        NotARequest: If it is an event of another kind.
    """
    if "requestContext" not in event:
        raise NotARequest(
            "this function answers HTTP events of API Gateway, load balancers and function URLs; "
            f"this event has {', '.join(sorted(event)) or 'nothing'}"
        )
    return _lambda_handler()(event, context)


def function(request: "Request") -> "Response":
    """Answer a request of Google's functions framework, which has loaded werkzeug already."""
    from werkzeug.wrappers import Response  # noqa: PLC0415

    return Response.from_app(app, request.environ)


@cache
def _lambda_handler() -> Callable[[Event, Any], Event]:
    # Not needed by Google's functions.
    from apig_wsgi import make_lambda_handler  # noqa: PLC0415

    return make_lambda_handler(_in_text, binary_support=True)


def _in_text(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
    """Answer API Gateway's REST APIs in text: they hand on bytes only if told so, and then all."""
    if environ["apig_wsgi.full_event"].get("version", "1.0") == "1.0":
        environ.pop("HTTP_ACCEPT_ENCODING", None)
    return app(environ, start_response)
