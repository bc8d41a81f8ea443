"""What failed while a contribution was taken before Flask, answered by it."""

from typing import NoReturn

from flask import Flask, request

from comment_service.web.quick_taking import FAILED


def answer_what_failed(app: Flask) -> None:
    """Let the application answer what failed in a quick taking: it may have been kept."""

    def fail() -> None:
        failed = request.environ.get(FAILED)
        if failed is not None:
            _raise(failed)

    app.before_request(fail)


def _raise(failed: Exception) -> NoReturn:
    raise failed
