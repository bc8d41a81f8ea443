"""The catalogue's file: the one thing that the site tells the comment service."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec

import participation.catalogue
from participation.catalogue import Catalogue, plain_catalogue
from participation.meeting import Meeting, PublicMinutes
from site_src.editions import PublishedDocument
from site_src.page_addresses import address_of, meeting_page

NAME = "catalogue.json"
SCHEMA_NAME = "catalogue.schema.json"
SCHEMA = Path(participation.catalogue.__file__).with_name(SCHEMA_NAME)


class SenselessCatalogue(Exception):
    """What we made is no catalogue: our own fault."""


def catalogue_of(
    documents: Iterable[PublishedDocument],
    meetings: Iterable[Meeting] = (),
    languages: Sequence[str] = (),
) -> Catalogue:
    """Return the catalogue of these documents, by slug, and meetings, by day.

    ``languages`` are those of the site below its root.
    """
    ordered = sorted(documents, key=lambda published: published.slug)
    minutes = (
        PublicMinutes(one.date, one.title, address_of(meeting_page(one.date))) for one in meetings
    )
    by_slug = {one.slug: one.document for one in ordered}
    return Catalogue(by_slug, tuple(sorted(minutes)), tuple(languages))


def catalogue_bytes(catalogue: Catalogue) -> bytes:
    """Return the file's bytes, the same for the same catalogue.

    Raises:
        SenselessCatalogue: If it does not fit the published schema.
    """
    plain = plain_catalogue(catalogue)
    for error in _validator().iter_errors(plain):
        raise SenselessCatalogue(f"{error.instance_path}: {error.message}")
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def write_catalogue(catalogue: Catalogue, folder: Path) -> None:
    """Write the schema and then the catalogue, each whole or not at all.

    Raises:
        SenselessCatalogue: If it does not fit the published schema.
    """
    written = catalogue_bytes(catalogue)
    _write(folder / SCHEMA_NAME, SCHEMA.read_bytes())
    _write(folder / NAME, written)


@cache
def _validator() -> jsonschema_rs.Validator:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def _write(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(content)
    aside.replace(path)
