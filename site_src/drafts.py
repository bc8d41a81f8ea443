"""Drafts: not published yet, but shown in a preview."""

from collections.abc import Iterable
from dataclasses import replace

from participation.document import VersionStatus
from site_src.source_values import SourceDocument


def with_drafts(documents: Iterable[SourceDocument]) -> list[SourceDocument]:
    """Return the documents as they would be if their drafts were published."""
    published = VersionStatus.CONSULTATION
    return [
        replace(one, status=published) if one.status is VersionStatus.DRAFT else one
        for one in documents
    ]
