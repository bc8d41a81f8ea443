"""What the templates of the residents' pages say and link to."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import request

from comment_service.web.answer_words import words_of_answers
from comment_service.web.caution_form import cautious_form, is_braked
from comment_service.web.contribution_words import contribution_words
from comment_service.web.dates import moment_words, number_words
from comment_service.web.receipt_links import links_to_keep
from comment_service.web.service import service
from comment_service.web.site_address import site_url
from comment_service.web.spoken import LANGUAGE_NAMES, spoken
from comment_service.web.wording import window_sentence
from participation.document import Document, Version
from participation.threads import threads
from participation.word_diff import word_diff


def words() -> dict[str, Any]:
    """Give the templates what they say and link to."""
    language, settings = spoken(), service().settings
    return {
        "language": language.code,
        "languages": LANGUAGE_NAMES,
        "home_language": settings.language,
        "site_url": site_url(),
        "paragraph_on_site": paragraph_on_site,
        "window_sentence": partial(window_sentence, language=language),
        "moment_words": partial(moment_words, language=language),
        "number_words": partial(number_words, language=language),
        "word_diff": word_diff,
        "cautious_form": cautious_form,
        "is_braked": is_braked,
        "threads": threads,
        "links_to_keep": links_to_keep,
        "here_in": here_in,
        "kind_words": contribution_words,
        **words_of_answers(language),
    }


def here_in(code: str) -> str:
    """Return the address of the current page in another language: the same query, but that."""
    return f"?{urlencode({**request.args.to_dict(), 'lang': code})}"


def paragraph_on_site(document: Document, version: Version, number: int) -> str:
    """Return where a paragraph of a version is read."""
    edition = "" if version is document.newest else f"{version.number}/"
    return f"{site_url()}{document.slug}/{edition}#rn-{number}"
