"""Words in another language than the rest of their page, marked until the page is written.

A title of a text stands in many a sentence of the site and is not translated with it. The
marks go through all that escapes and joins sentences; in the end they become HTML.
"""

import re

# Noncharacters of Unicode: no text that is passed on holds them.
BEGIN, AFTER_CODE, END = "\ufdd0", "\ufdd1", "\ufdd2"
OPENING = re.compile(f"{BEGIN}([a-z]+){AFTER_CODE}")
MARK = re.compile(f"{BEGIN}[a-z]+{AFTER_CODE}|{END}")


def marked(text: str, language: str) -> str:
    """Return words that are in that language."""
    return f"{BEGIN}{language}{AFTER_CODE}{text}{END}" if text else text


def without_marks(text: str) -> str:
    """Return the words as they stand where nothing can be marked: in a title, say."""
    return MARK.sub("", text)


def in_html(text: str) -> str:
    """Return the text with its marks as HTML, which stands in Markdown, too."""
    if BEGIN not in text:
        return text
    return OPENING.sub(r'<span lang="\1">', text).replace(END, "</span>")
