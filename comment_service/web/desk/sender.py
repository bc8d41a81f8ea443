"""From which address a request comes: asked for at signing in only, and kept nowhere."""

from flask import Request


def sender(request: Request, proxies: int) -> str:
    """Return the address that the first of our web servers in front saw.

    Each of them adds to ``X-Forwarded-For`` at its end; whatever stands before that was written
    by the sender, who may write anything.
    """
    named = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < proxies <= len(named):
        return named[-proxies]
    return request.remote_addr or ""
