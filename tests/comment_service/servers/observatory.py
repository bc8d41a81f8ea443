"""The scoring of Mozilla's HTTP Observatory (its table of modifiers), as far as headers tell."""

from collections.abc import Mapping

START = 100
HALF_A_YEAR = 15_768_000  # seconds
STRICT_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def score(headers: Mapping[str, str]) -> int:
    """Return the points of an answer without cookies whose scripts are all its own."""
    told = {name.lower(): value for name, value in headers.items()}
    directives = policy_of(told.get("content-security-policy", ""))
    return START + sum(
        [
            _policy(directives),
            _framing(directives, told),
            0 if told.get("x-content-type-options") == "nosniff" else -5,
            5 if told.get("referrer-policy") in STRICT_REFERRERS else 0,
            10 if told.get("cross-origin-resource-policy") in {"same-origin", "same-site"} else 0,
            _transport(told.get("strict-transport-security", "")),
            -50 if told.get("access-control-allow-origin") == "*" else 0,
        ]
    )


def policy_of(header: str) -> dict[str, set[str]]:
    """Return the sources of a policy by directive."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def _policy(directives: Mapping[str, set[str]]) -> int:
    if not directives:
        return -25
    scripts = directives.get("script-src", directives.get("default-src", {"*"}))
    if scripts & {"'unsafe-inline'", "*", "https:", "http:", "data:"}:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in directives.get("style-src", directives.get("default-src", set())):
        return 0
    return 10 if directives.get("default-src") == {"'none'"} else 5


def _framing(directives: Mapping[str, set[str]], told: Mapping[str, str]) -> int:
    if directives.get("frame-ancestors", {"*"}) <= {"'none'", "'self'"}:
        return 5
    return 0 if told.get("x-frame-options", "").upper() in {"DENY", "SAMEORIGIN"} else -20


def _transport(header: str) -> int:
    parts = dict(part.strip().partition("=")[::2] for part in header.split(";") if part.strip())
    if "max-age" not in parts:
        return -20
    return 0 if int(parts["max-age"]) >= HALF_A_YEAR else -10
