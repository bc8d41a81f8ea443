"""What every answer bears: how it is cached, and what a browser may do with it."""

from flask import Flask, Response, request

from comment_service.web.safety import SAFETY
from comment_service.web.spoken import spoken

PUBLIC = "public, max-age=0, must-revalidate"
SITE = "site"  # the blueprint of the built site, which brings its own policy


def bear_headers(app: Flask) -> None:
    """Give every answer of the application its headers."""
    app.after_request(_secure)
    app.after_request(_cached)
    app.after_request(in_a_language)


def _secure(response: Response) -> Response:
    for name, value in SAFETY.items():
        if name == "Content-Security-Policy" and request.blueprint == SITE:
            continue  # a site brings its own, or was built before there was one
        response.headers.setdefault(name, value)  # a page may need a stricter or wider one
    return response


def for_one_reader(response: Response) -> Response:
    """Have nobody keep a page or list it, and nobody learn from where its reader came."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _cached(response: Response) -> Response:
    if request.blueprint == SITE or response.is_streamed:  # files: send_file has seen to it
        return response
    if request.method not in {"GET", "HEAD"} or response.status_code >= 400:  # noqa: PLR2004  # errors
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    response.headers.setdefault("Cache-Control", PUBLIC)
    response.add_etag()
    response.make_conditional(request)
    return response


def in_a_language(response: Response) -> Response:
    """Say in which language an answer speaks."""
    speaks = response.mimetype in {"text/html", "application/problem+json"}
    if speaks and request.blueprint != SITE:
        response.headers["Content-Language"] = spoken().code
        response.vary.add("Accept-Language")
    return response
