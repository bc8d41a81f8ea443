"""What browsers may do with a page of the site: headers made from the built pages (ADR 0036).

They lie in the site itself, so that pages and policy are always of one release, in a folder
that no server shows: a file each for nginx and Caddy to include, and one for our own service.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_src.inline_scripts import digests

FOLDER = ".headers"
NGINX, CADDY, PLAIN = "nginx.conf", "Caddyfile", "headers.json"
OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def write_headers(site: Path, service: str) -> None:
    """Write the headers of a built site; ``service`` is the origin of another address, or empty."""
    headers = {"Content-Security-Policy": policy(digests(site.rglob("*.html")), service), **OTHERS}
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / NGINX).write_text(_nginx(headers), "utf-8")
    (folder / CADDY).write_text(_caddy(headers), "utf-8")
    (folder / PLAIN).write_text(json.dumps(headers, indent=1) + "\n", "utf-8")


def policy(scripts: Sequence[str], service: str) -> str:
    """Return the Content-Security-Policy for pages with these inline scripts."""
    own = " ".join(["'self'", *([service] if service else [])])
    allowed = " ".join(["'self'", *(f"'{one}'" for one in scripts)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {allowed}",
            "style-src 'self'",
            "img-src 'self' data:",  # the theme's own signs
            "font-src 'self'",
            f"connect-src {own}",
            "worker-src 'self'",
            f"form-action {own}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _nginx(headers: Mapping[str, str]) -> str:
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())


def _caddy(headers: Mapping[str, str]) -> str:
    lines = [f'\t{name} "{value}"\n' for name, value in headers.items()]
    return "".join(["header {\n", *lines, "}\n"])
