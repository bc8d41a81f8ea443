"""The words that Markdown extensions put into pages, in the language of the site."""

from collections.abc import Mapping, Sequence
from typing import Any

from site_src.messages import Message, Translator, message

NUMBERS = "site_src.paragraph_numbers"
# By extension and option: Python-Markdown and we fill the braces.
WORDS: Mapping[str, Mapping[str, Message]] = {
    "toc": {"permalink_title": message("Link to this section")},
    "footnotes": {"BACKLINK_TITLE": message("Back to footnote {} in the text")},
    NUMBERS: {
        "number_label": message("Paragraph number {}"),
        "comment_label": message("Comment on paragraph {}"),
        "plain_label": message("In plain language"),
    },
}


def with_words(extensions: Sequence[Any], translator: Translator) -> list[Any]:
    """Return the ``markdown_extensions`` of ``mkdocs.yml`` with words where it gives none."""
    return [_with_words(entry, translator) for entry in extensions]


def _with_words(entry: Any, translator: Translator) -> Any:
    name, given = next(iter(entry.items())) if isinstance(entry, Mapping) else (entry, None)
    if name not in WORDS:
        return entry
    said = {
        option: translator.catalogue.gettext(word.english) for option, word in WORDS[name].items()
    }
    if translator.texts and name == NUMBERS:
        said["language"] = translator.language
    return {name: {**said, **(given or {})}}
