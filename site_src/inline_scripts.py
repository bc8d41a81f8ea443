"""The scripts that stand in pages themselves, and the digests by which a policy allows them."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
SOURCE = re.compile(rb"\bsrc\s*=", re.IGNORECASE)
TYPE = re.compile(rb"\btype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
RUNS = {b"", b"module", b"text/javascript", b"application/javascript"}  # all else is data


def digests(pages: Iterable[Path]) -> list[str]:
    """Return ``sha256-…`` of each inline script of these pages, each once, in order."""
    return sorted({digest for page in pages for digest in _digests(page.read_bytes())})


def _digests(html: bytes) -> set[str]:
    return {
        "sha256-" + b64encode(sha256(_as_parsed(text)).digest()).decode()
        for attributes, text in SCRIPT.findall(html)
        if _runs(attributes)
    }


def _runs(attributes: bytes) -> bool:
    if SOURCE.search(attributes):
        return False
    stated = TYPE.search(attributes)
    return stated is None or stated[1].lower() in RUNS


def _as_parsed(text: bytes) -> bytes:
    """Return the text as a browser's parser hands it on: with plain ends of lines."""
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
