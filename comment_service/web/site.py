"""The built site on the service's own address, for small installations and the demo."""

import mimetypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, redirect, request, send_from_directory, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import PathConverter
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.errors import refused_by_framework
from comment_service.web.headers import SITE
from comment_service.web.service import service
from comment_service.web.site_headers import headers_of
from comment_service.web.spoken import LANGUAGE_NAMES

# The same everywhere: some of these depend on the machine's own table.
TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}

WELL_KNOWN = ".well-known"

bp = Blueprint(SITE, __name__)


class SitePathConverter(PathConverter):
    """A path that the service does not answer itself."""

    regex = r"(?!(?:api|beitrag|redaktion)(?:/|$)).*?"


def is_hidden(path: str) -> bool:
    """Say whether a path leads to what is not for readers, such as ``.headers``."""
    return any(part.startswith(".") and part != WELL_KNOWN for part in path.split("/"))


@bp.get("/", defaults={"path": ""})
@bp.get("/<site_path:path>")
def file(path: str) -> BaseResponse:
    """Answer a file of the site, or the page of a folder."""
    root = _root()
    if is_hidden(path):
        raise NotFound
    if not _is_folder(root, path):
        return _send(root, path)
    if path and not path.endswith("/"):
        return redirect(url_for("site.file", path=f"{path}/"), 308)
    return _send(root, f"{path}index.html")


@bp.errorhandler(NotFound)
def not_found(error: NotFound) -> BaseResponse:
    """Answer with the site's own page for what is not there, if it has one."""
    root = _root()
    page = next((page for page in _pages_of_nothing() if (root / page).is_file()), None)
    if page is None:
        return refused_by_framework(error)
    answer = _send(root, page, conditional=False)
    answer.status_code = 404
    return answer


def _pages_of_nothing() -> Iterator[str]:
    """Yield the pages for what is not there: in the language of its folder, then the first one."""
    folder = request.path.split("/")[1]
    if folder in LANGUAGE_NAMES:
        yield f"{folder}/404.html"
    yield "404.html"


def _root() -> Path:
    """Return the folder of the site, where a link may lead to another one at any moment.

    It is followed once for each request: size and content of a file are of the same release.
    """
    return cast("Path", service().settings.site).resolve()  # no such blueprint without a site


def _is_folder(root: Path, path: str) -> bool:
    target = safe_join(str(root), path)
    # Unlike Path.is_dir, this says no to names that are too long for the disk, too.
    return target is not None and os.path.isdir(target)  # noqa: PTH112


def _send(root: Path, path: str, *, conditional: bool = True) -> Response:
    kind = TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0]
    headers = headers_of(root)
    answer = send_from_directory(root, path, mimetype=kind, conditional=conditional)
    answer.headers.update(headers)
    return answer
