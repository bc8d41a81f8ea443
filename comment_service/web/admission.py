"""What a browser is told when a page of another origin may read an answer."""

EXPOSED = ("ETag", "Location", "Retry-After")


def admission(origin: str) -> list[tuple[str, str]]:
    """Return the headers of a plain read from a page of an origin that is admitted."""
    return [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Expose-Headers", ", ".join(EXPOSED)),
    ]
