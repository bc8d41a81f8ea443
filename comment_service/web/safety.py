"""What a browser may do with an answer that is no page of the site."""


def policy(*more: str) -> str:
    """Return the Content-Security-Policy of a page; ``more`` are directives of its own."""
    parts = ("default-src 'none'", "style-src 'self'", "img-src 'self' data:", *more)
    return "; ".join((*parts, "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"))


POLICY = policy()
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": POLICY,
}
