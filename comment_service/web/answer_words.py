"""What pages say of answers and of how contributions came in, and where their links lead."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from comment_service.web.dates import day_words
from comment_service.web.messages import Language
from comment_service.web.service import commenting
from comment_service.web.site_address import site_url
from comment_service.web.words_of_contributions import CHANNELS, OUTCOMES
from participation.contribution import Channel
from participation.decision import Outcome
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution


def words_of_answers(language: Language) -> dict[str, Any]:
    """Give the templates what they say and link to."""
    return {
        "outcome_words": lambda outcome: outcome_words(outcome, language),
        "came_in_words": partial(came_in_words, language=language),
        "day_words": partial(day_words, language=language),
        "minutes_on_site": minutes_on_site,
        "ref_on_site": ref_on_site,
    }


def outcome_words(outcome: Outcome, language: Language) -> str:
    """Return what an outcome is called."""
    return language.gettext(OUTCOMES[outcome])


def came_in_words(one: PublicContribution, language: Language) -> str:
    """Return how a contribution came in: nothing, if it was written online."""
    return ", ".join(_came_in(one, language))


def minutes_on_site(day: date) -> str | None:
    """Return the address of a meeting's minutes, if the site has them."""
    meetings = commenting().published().meetings
    found = next((minutes for minutes in meetings if minutes.date == day), None)
    return None if found is None else f"{site_url()}{found.url}"


def ref_on_site(ref: ParagraphRef) -> str:
    """Return where a paragraph stands for good."""
    return f"{site_url()}{ref.document}/{ref.version}/#rn-{ref.number}"


def _came_in(one: PublicContribution, language: Language) -> Iterator[str]:
    handed_in = one.transcribed
    if one.channel is not Channel.ONLINE:
        channel = language.gettext(CHANNELS[one.channel])
        yield language.gettext("Came in by: %(channel)s") % {"channel": channel}
    if handed_in is None:
        return
    if handed_in.event:
        yield handed_in.event
    if handed_in.came_on:
        yield day_words(handed_in.came_on, language)
    if handed_in.people > 1:
        yield language.ngettext(
            "%(num)s person stands behind it", "%(num)s people stand behind it", handed_in.people
        ) % {"num": handed_in.people}
    if handed_in.is_late:
        yield language.gettext("after the time for contributions")
