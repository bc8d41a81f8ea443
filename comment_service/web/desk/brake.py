"""What the desk is told of caution: on which documents the brake is on, and why one waits."""

from comment_service.web.caution_words import DOUBT_WORDS
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from participation.caution import Doubt
from participation.document import Document


def braked() -> list[Document]:
    """Return the documents on which so many came that all are read first."""
    residents = commenting()
    documents = residents.published().documents
    return [documents[slug] for slug in residents.judging.braked([*documents], residents.clock())]


def doubt_words(doubt: Doubt) -> str:
    """Say why a contribution waits."""
    return spoken().gettext(DOUBT_WORDS[doubt])
