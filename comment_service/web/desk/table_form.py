"""The spreadsheet in which cards and letters come in: its columns, and the template to fill in."""

from functools import cache

from comment_service.importing import Form
from comment_service.web.desk.sheet_columns import NOTES, Field, column, values_of, wanted
from comment_service.web.messages import Language, gettext_noop
from comment_service.web.words_of_contributions import CHANNELS as CHANNEL_WORDS
from comment_service.web.words_of_contributions import KINDS
from participation.document import Document
from participation.transcript import CHANNELS
from participation.transcript import KINDS as TRANSCRIBED
from spreadsheets.table import Table

OFFERED = {kind: KINDS[kind] for kind in TRANSCRIBED}
EMPTY_ROWS = 1000  # in which the template offers what can be chosen
TITLE = gettext_noop("Contributions")


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
    Field(
        "proposed_wording",
        gettext_noop("Proposed wording"),
        gettext_noop("Of a change proposal: the whole paragraph as it should read."),
        60,
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
    channels = {channel: CHANNEL_WORDS[channel] for channel in CHANNELS}
    return Form(wanted(FIELDS), {"kind": values_of(OFFERED), "channel": values_of(channels)})


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
        columns=tuple(column(one, language, _choices(one.name, language)) for one in FIELDS),
        notes=(*(say(line) % place for line in EXPLANATIONS), "", *hints),
        notes_title=say(NOTES),
        empty_rows=EMPTY_ROWS,
    )


def _choices(name: str, language: Language) -> tuple[str, ...]:
    offered = {
        "kind": [*OFFERED.values()],
        "channel": [CHANNEL_WORDS[channel] for channel in CHANNELS],
    }
    return tuple(language.gettext(word) for word in offered.get(name, ()))
