"""From which address a request comes: asked for only to count by it, and kept nowhere."""

from wsgiref.types import WSGIEnvironment


def sender(environ: WSGIEnvironment, proxies: int) -> str:
    """Return the address that the first of our web servers in front saw.

    Each of them adds to ``X-Forwarded-For`` at its end; whatever stands before that was written
    by the sender, who may write anything.
    """
    if proxies:
        named = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if proxies <= len(named) and named[-proxies].strip():
            return str(named[-proxies].strip())
    return environ.get("REMOTE_ADDR") or ""
