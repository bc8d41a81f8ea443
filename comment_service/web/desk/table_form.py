"""The spreadsheet in which cards and letters come in: its columns, and the template to fill in."""

from dataclasses import dataclass
from functools import cache

from comment_service.importing import Form
from comment_service.setting_values import LANGUAGES
from comment_service.web.messages import Language, gettext_noop, language
from comment_service.web.words_of_contributions import CHANNELS as CHANNEL_WORDS
from comment_service.web.words_of_contributions import KINDS
from participation.document import Document
from participation.transcript import CHANNELS
from spreadsheets.sheet import Wanted
from spreadsheets.table import Column, Table

EMPTY_ROWS = 1000  # in which the template offers what can be chosen
TITLE, NOTES = gettext_noop("Contributions"), gettext_noop("How to fill it in")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the template; ``hint`` is told beside its cells and on the second sheet."""

    name: str
    heading: str
    hint: str
    width: int = 16
    is_required: bool = False


FIELDS = (
    Field(
        "number",
        gettext_noop("Paragraph no."),
        gettext_noop("The number in the margin of the paragraph, such as 14."),
        is_required=True,
    ),
    Field("kind", gettext_noop("Kind"), gettext_noop("Choose one."), is_required=True),
    Field("channel", gettext_noop("Came in by"), gettext_noop("Choose one."), is_required=True),
    Field("event", gettext_noop("Event"), gettext_noop("Such as the workshop's name."), 24),
    Field(
        "came_on",
        gettext_noop("Of the day"),
        gettext_noop("Day of the event or of the letter; without an event it is needed."),
    ),
    Field("people", gettext_noop("People"), gettext_noop("How many stand behind it; empty: one.")),
    Field(
        "name", gettext_noop("Name"), gettext_noop("Shown publicly; leave it empty if in doubt.")
    ),
    Field(
        "text",
        gettext_noop("Contribution"),
        gettext_noop("The words as they stand on the card, at most 4,000 characters."),
        60,
        is_required=True,
    ),
)
EXPLANATIONS = (
    gettext_noop("Each row becomes a contribution on %(title)s, version %(version)s."),
    gettext_noop("Headings stay as they are; columns may be moved, optional ones left out."),
    gettext_noop("Columns with a * have to be filled in."),
    gettext_noop("All rows are taken in, or none: what is wrong is listed with row and column."),
    gettext_noop("The same rows sent again are not added again."),
)


@cache
def table_form() -> Form:
    """Return how such a spreadsheet is read: by its headings and words in any language."""
    spoken = [language(code) for code in LANGUAGES]
    wanted = tuple(
        Wanted(one.name, tuple(each.gettext(one.heading) for each in spoken), one.is_required)
        for one in FIELDS
    )
    kinds = {
        each.gettext(word).casefold(): kind.value for kind, word in KINDS.items() for each in spoken
    }
    channels = {
        each.gettext(CHANNEL_WORDS[channel]).casefold(): channel.value
        for channel in CHANNELS
        for each in spoken
    }
    return Form(wanted, {"kind": kinds, "channel": channels})


def template_of(document: Document, version: int, language: Language) -> Table:
    """Return the template for contributions on one version."""
    say = language.gettext
    place = {"title": document.title, "version": version}
    hints = [
        " ".join(
            [f"{say(one.heading)}: {say(one.hint)}", ", ".join(_choices(one.name, language))]
        ).rstrip()
        for one in FIELDS
    ]
    return Table(
        title=say(TITLE),
        columns=tuple(
            Column(
                f"{say(one.heading)} *" if one.is_required else say(one.heading),
                one.width,
                _choices(one.name, language),
                say(one.hint),
            )
            for one in FIELDS
        ),
        notes=(*(say(line) % place for line in EXPLANATIONS), "", *hints),
        notes_title=say(NOTES),
        empty_rows=EMPTY_ROWS,
    )


def _choices(name: str, language: Language) -> tuple[str, ...]:
    offered = {
        "kind": [*KINDS.values()],
        "channel": [CHANNEL_WORDS[channel] for channel in CHANNELS],
    }
    return tuple(language.gettext(word) for word in offered.get(name, ()))
