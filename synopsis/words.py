"""The language of a synopsis: English sentences are the keys, a catalogue translates them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from participation.contribution import Channel, ContributionKind
from participation.decision import Outcome
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution
from participation.window import HOME
from synopsis.rows import Fate

CATALOGUES = Path(__file__).with_name("messages")
LOCALES = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}


def _(message: str) -> str:
    """Mark a sentence for translation later."""
    return message


OUTCOMES: dict[Outcome | None, str] = {
    Outcome.ADOPTED: _("adopted"),
    Outcome.PARTLY: _("partly adopted"),
    Outcome.DECLINED: _("not adopted"),
    Outcome.NOTED: _("noted"),
    Outcome.ANSWERED: _("answered"),
    None: _("not yet answered"),
}
CHANNELS = {
    Channel.ONLINE: _("online"),
    Channel.WORKSHOP: _("workshop"),
    Channel.LETTER: _("letter"),
    Channel.MAIL: _("e-mail"),
    Channel.PHONE: _("telephone"),
}
KINDS = {
    ContributionKind.COMMENT: _("Comment"),
    ContributionKind.QUESTION: _("Question"),
    ContributionKind.PROPOSAL: _("Change proposal"),
    ContributionKind.REPLY: _("Reply"),
}
FATES = {
    Fate.UNCHANGED: _("unchanged"),
    Fate.EDITED: _("edited"),
    Fate.MOVED: _("moved"),
    Fate.SPLIT: _("split"),
    Fate.MERGED: _("merged with others"),
    Fate.REMOVED: _("removed"),
    Fate.ADDED: _("new"),
    Fate.OPEN: _("no next version yet"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language; ``gettext`` and ``ngettext`` as in Python's own module."""

    language: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]

    def say(self, message: str, **values: object) -> str:
        """Return a sentence with its places filled in."""
        return self.gettext(message) % values if values else self.gettext(message)

    def outcome(self, one: PublicContribution) -> str:
        """Return what was decided on a contribution."""
        return self.outcome_words(one.answer.outcome if one.answer else None)

    def outcome_words(self, outcome: Outcome | None) -> str:
        """Return what an outcome is called; none: not yet answered."""
        return self.gettext(OUTCOMES[outcome])

    def fate(self, fate: Fate) -> str:
        """Return what became of a paragraph."""
        return self.gettext(FATES[fate])

    def kind(self, one: PublicContribution) -> str:
        """Return what a contribution wants."""
        return self.gettext(KINDS[one.kind])

    def channel(self, channel: Channel) -> str:
        """Return how something came in."""
        return self.gettext(CHANNELS[channel])

    def place(self, ref: ParagraphRef) -> str:
        """Return ``Fassung 2, Rn. 15``."""
        return self.say(
            "Version %(version)s, no. %(number)s", version=ref.version, number=ref.number
        )

    def day(self, day: date | datetime) -> str:
        """Return ``21. März 2024``, of a moment its day in the city."""
        local = day.astimezone(HOME).date() if isinstance(day, datetime) else day
        return format_date(local, "long", locale=LOCALES[self.language])

    def short_day(self, day: date) -> str:
        """Return ``21. März``."""
        return format_date(day, self.gettext("d MMM"), locale=LOCALES[self.language])


@cache
def words(language: str) -> Words:
    """Return the words of a language: ``de`` or ``en``."""
    translations = _translations(language)
    return Words(language, translations.gettext, translations.ngettext)


def _translations(language: str) -> NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():  # English: the keys are its sentences
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)
