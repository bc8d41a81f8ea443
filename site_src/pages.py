"""Pages: what is laid out for the engine, each a Markdown file with front matter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from site_src.foreign_words import in_html, without_marks
from site_src.front_matter import write
from site_src.messages import Translator

# All that Markdown or one of its extensions could take for markup, as HTML entities.
MARKUP = re.compile(r"[\\`*_\[\]<>&=~^|{}]")
FIRST_IN_LINE = re.compile(r"^(\d*)([.):#+-])")  # a list, a heading, a definition

UNSAFE = re.compile(r"[\s()]")  # what would end a link's target too early


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    ``path`` is relative to the laid-out folder; ``source`` is the file that an editor would
    change, relative to the content.
    """

    path: str
    title: str
    body: str
    source: str
    description: str = ""
    example: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The Markdown file as it is laid out."""
        written = self.written
        own = {"title": written.title, "description": written.description}
        example = {"example": True} if self.example else {}
        meta = {**written.meta, "source": self.source, **example}
        return write({**own, **meta}, written.body)

    @property
    def written(self) -> "Page":
        """The page with words in another language as HTML tells them, where it can."""
        return replace(
            self,
            title=without_marks(self.title),
            description=without_marks(self.description),
            meta=_in_html(self.meta),
            body=in_html(self.body),
        )


def _in_html(value: Any) -> Any:
    if isinstance(value, str):
        return in_html(value)
    if isinstance(value, Mapping):
        return {key: _in_html(inner) for key, inner in value.items()}
    return [_in_html(inner) for inner in value] if isinstance(value, list) else value


def headings_meta(translator: Translator, *own: str) -> dict[str, Any]:
    """Return what a page tells of its headings that are in the language of the texts.

    ``own`` are those that are in the language of the site.
    """
    if not translator.texts:
        return {}
    return {"headings": {"lang": translator.texts, "own": list(own)}}


def plain(text: str) -> str:
    """Return a text such that Markdown shows it as it stands, on a line of its own."""
    return FIRST_IN_LINE.sub(lambda match: f"{match[1]}&#{ord(match[2])};", inline(text))


def inline(text: str) -> str:
    """Return a text such that Markdown shows it as it stands, in the midst of a line."""
    return MARKUP.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))


def link(text: str, target: str) -> str:
    """Return a Markdown link with a plain text."""
    address = f"<{target}>" if UNSAFE.search(target) else target
    return f"[{inline(text)}]({address})"


def facts(entries: Mapping[str, list[str]]) -> str:
    """Return a definition list of the entries that have values (in Markdown)."""
    return "\n\n".join(
        "\n".join([term, *(f":   {value}" for value in values)])
        for term, values in entries.items()
        if values
    )


def with_heading(body: str, title: str) -> tuple[str, str]:
    """Return the heading of a text (made of ``title`` if it has none) and the rest."""
    first, _, rest = body.lstrip("\n").partition("\n")
    if first.startswith("# "):
        return first, rest.strip("\n")
    return f"# {inline(title)}", body.strip("\n")
