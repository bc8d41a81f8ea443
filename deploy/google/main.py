"""Where Google's functions framework looks for its function; deploy/make-function.sh copies it."""

from comment_service.serverless import function

__all__ = ["function"]
