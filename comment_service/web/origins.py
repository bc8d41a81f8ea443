"""Browsers on pages of other origins: which of them may call the API."""

from flask import Flask, Response, request

from comment_service.web.admission import EXPOSED


def admit_origins(app: Flask, origins: tuple[str, ...]) -> None:
    """Let pages of these origins call the API; of none, if there are none."""
    if not origins:
        return
    # Only where other origins are admitted does a start have to wait for this import.
    from flask_cors import CORS  # noqa: PLC0415

    app.after_request(_vary)
    CORS(
        app,
        resources=r"/api/.*",
        origins=list(origins),
        methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
        expose_headers=list(EXPOSED),
        max_age=3600,
        always_send=False,
        vary_header=False,  # see _vary
    )


def _vary(response: Response) -> Response:
    # On every answer: else a cache would give the one that another origin got to this one.
    if request.path.startswith("/api/"):
        response.vary.add("Origin")
    return response
