"""From HTML to tagged PDF; the only place that knows WeasyPrint."""

import logging
from collections.abc import Mapping
from pathlib import Path

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
VARIANT = "pdf/ua-1"
FILES = "site:"  # begins the address of what the content brings along


class CannotPrint(Exception):
    """WeasyPrint, or a library of the system that it needs, is missing."""


class PictureMissing(Exception):
    """A picture that a text shows is not there."""


def write_pdf(html: str, files: Mapping[str, Path], *, name: str) -> bytes:
    """Return the PDF of a page of HTML, the same bytes each time.

    ``files`` are those that it may show, by what follows on ``site:`` in their addresses;
    ``name`` tells this text from all others and becomes the identifier of the file.

    Raises:
        CannotPrint: If what makes it is missing.
        PictureMissing: If it shows a file that is none of these; nothing is fetched from elsewhere.
    """
    try:
        import weasyprint  # noqa: PLC0415  # looks for libraries of the system at once
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  # as above
    except (ImportError, OSError) as error:
        raise CannotPrint(f"sudo apt-get install {LIBRARIES} ({error})") from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    missing: list[str] = []

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint bears no types
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            file = files.get(url.removeprefix(FILES))
            if file is None:
                missing.append(url)
                raise ValueError(url)
            return URLFetcherResponse(url, file.read_bytes())

    page = weasyprint.HTML(string=html, base_url=FILES, url_fetcher=OwnFiles())
    written: bytes = page.write_pdf(pdf_variant=VARIANT, pdf_identifier=name.encode())
    if missing:
        raise PictureMissing(", ".join(missing))
    return written
