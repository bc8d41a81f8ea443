"""Addresses that the tests of HTTP ask."""

DOCUMENT = "/api/documents/leitlinien"
CONTRIBUTE = "/api/documents/leitlinien/versions/1/paragraphs/2/contributions"
CONTRIBUTIONS = "/api/documents/leitlinien/contributions"
COUNTS = "/api/documents/leitlinien/counts"
PAGE = "/beitrag/leitlinien/1/2"
PAGE_OF_VERSION = "/beitrag/leitlinien/1"
COMMENT = {"kind": "comment", "text": "Bitte mehr Bänke.", "name": "Ada"}
EXPORTS = tuple(
    f"{DOCUMENT}/{form}" for form in ("export.json", "export.csv", "export.xlsx", "annotations")
)
READS = (
    "/api/documents",
    CONTRIBUTIONS,
    COUNTS,
    "/api/contributions/c1",
    "/api/openapi.json",
    "/api/",
    *EXPORTS,
    PAGE_OF_VERSION,
)
RENDERED = READS[:3]  # kept as bytes, answered by the front
