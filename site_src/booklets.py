"""Booklets for workshops: the text chapter by chapter, behind each a card for remarks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import segno
from markupsafe import Markup

from site_src.content import Content
from site_src.editions import Edition
from site_src.messages import Message, Translator, message, translator
from site_src.page_addresses import address_of, version_page
from site_src.printed_text import Chapter, chapters
from site_src.printing import kept_pdf, template, text_of, told_of
from site_src.site_address import SiteAddress, address_of_site
from site_src.words_of_meetings import paragraphs_words

LEVEL = "m"  # of error correction: a code on a crumpled sheet can be read


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a card: a column of the table in which cards are typed (docs/decisions/0034)."""

    name: str
    heading: Message
    choices: tuple[Message, ...] = ()


# Named and worded as in comment_service/web/desk/table_form.py; a test compares the two.
FIELDS = (
    Field("number", message("Paragraph no.")),
    Field(
        "kind",
        message("Kind"),
        (message("Comment"), message("Question"), message("Change proposal")),
    ),
    Field("text", message("Contribution")),
    Field("proposed_wording", message("Proposed wording")),
    Field("name", message("Name")),
)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card tells; ``qr`` is a picture of its address, empty where the site has none."""

    heading: str
    address: str
    qr: str
    qr_words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chapter and, if it has paragraphs, its card."""

    html: Markup
    card: Card | None


def booklet_of(edition: Edition, content: Content) -> bytes:
    """Return the booklet of a version as a tagged PDF.

    Raises:
        CannotPrint: If what makes it is missing.
        PictureMissing: If the text shows a picture that is not there.
    """
    words = translator(content.settings.language)
    say, site = words.gettext, address_of_site(content.settings)
    html = template("booklet.html").render(
        **told_of(edition, content, words),
        chapters=list(_sheets(edition, content, site, words)),
        fields=list(_fields(words)),
        words={
            "booklet": say("Booklet for workshops"),
            "how": say(
                "Behind each chapter there is a card for remarks. Please name the number that "
                "stands in the margin, write one remark on each card, and hand it in. Your name "
                "is shown publicly; leave it out if you like."
            ),
            "online": say("Read on and write online:"),
        },
    )
    return kept_pdf(html, content)


def _sheets(
    edition: Edition, content: Content, site: SiteAddress, words: Translator
) -> Iterator[Sheet]:
    for chapter in chapters(text_of(edition, content).html):
        card = _card(edition, chapter, site, words) if chapter.numbers else None
        yield Sheet(Markup(chapter.html), card)  # noqa: S704  # from Markdown, as on the site


def _card(edition: Edition, chapter: Chapter, site: SiteAddress, words: Translator) -> Card:
    say, numbers = words.gettext, chapter.numbers
    place = paragraphs_words(min(numbers), max(numbers), words)
    title = chapter.title or edition.source.title
    page = address_of(version_page(edition.slug, edition.version.number))
    address = site.absolute(f"{page}#rn-{min(numbers)}") if site.url else ""
    return Card(
        heading=say("Card for remarks on “{chapter}” ({place})", chapter=title, place=place),
        address=address,
        qr=segno.make(address, error=LEVEL, micro=False).svg_data_uri(border=2) if address else "",
        qr_words=say("QR code that leads to {address}", address=address),
    )


def _fields(words: Translator) -> Iterator[dict[str, Any]]:
    for field in FIELDS:
        yield {
            "name": field.name,
            "heading": field.heading.in_words(words),
            "choices": [choice.in_words(words) for choice in field.choices],
        }
