"""The words that the page's script and the theme's templates show, in one language."""

from collections.abc import Mapping

from babel.core import Locale

from site_src.messages import Message, Plural, Translator, message, plural
from site_src.taking_part_messages import TAKING_PART

# What the script says: its keys, in English. Places in braces are filled in by the script.
PANEL: Mapping[str, Message | Plural] = {
    # the button at each paragraph
    "comment_on": message("Comment on paragraph {number}"),
    "contributions_at": plural(
        "{n} contribution on paragraph {number}", "{n} contributions on paragraph {number}"
    ),
    "earlier_count": plural("{n} on earlier versions", "{n} on earlier versions"),
    "total": plural("{n} contribution on all versions", "{n} contributions on all versions"),
    "removed_count": plural(
        "{n} of them on paragraphs that were removed",
        "{n} of them on paragraphs that were removed",
    ),
    "said_at": plural(
        "{n} contribution on version {version}, Rn. {number}",
        "{n} contributions on version {version}, Rn. {number}",
    ),
    "said_missing": message("Contributions cannot be shown at this moment."),
    "said_elsewhere": message("Contributions on paragraphs that are in neither of these versions"),
    "earlier_title": message("On version {version}, Rn. {number}"),
    "deleted": message("deleted:"),
    "end_of_deletion": message("end of deletion"),
    "inserted": message("inserted:"),
    "end_of_insertion": message("end of insertion"),
    "draft_kept": message("your draft is kept"),
    # the window; the same sentences as in comment_service/web/wording.py
    "takes_none": message("This version takes no contributions."),
    "window_not_yet": message("Contributions are possible {words}."),
    "window_open": message("Contributions are possible: {words}."),
    "window_closed": message("The time for contributions is over {words}."),
    "answers_by": message("Answers of the working group: by {day}."),
    "all_answered": message("All contributions are answered."),
    "answers_come": message("The working group answers every contribution."),
    "from": message("from {start}"),
    "since": message("since {end}"),
    "until": message("{left}, until {end}"),
    "until_only": message("until {end}"),
    "until_further_notice": message("until further notice"),
    "days_left": plural("{n} day left", "{n} days left"),
    "hours_left": plural("{n} hour left", "{n} hours left"),
    "minutes_left": plural("{n} minute left", "{n} minutes left"),
    "today": message("today"),
    "day": message("{weekday}, {day} {month}"),
    "day_and_year": message("{weekday}, {day} {month} {year}"),
    "long_date": message("{day} {month} {year}"),
    "clock": message("{clock}"),
    "midnight": message("24:00"),
    # the panel
    "panel_title": message("Contributions on paragraph {number}"),
    "close": message("Close"),
    "out_of_reach": message(
        "The comment service cannot be reached at this moment. You can read on; what you type "
        "is kept in this browser."
    ),
    "loading": message("Loading contributions …"),
    "retry": message("Try again"),
    "kind_comment": message("Comment"),
    "kind_question": message("Question"),
    "kind_proposal": message("Change proposal"),
    "kind_reply": message("Reply"),
    "anonymous": message("without a name"),
    # contributions and answers
    "contribution": message("Contribution {ordinal}"),
    "channel_online": message("online"),
    "channel_workshop": message("workshop"),
    "channel_letter": message("letter"),
    "channel_mail": message("e-mail"),
    "channel_phone": message("telephone"),
    "people": plural("{n} person", "{n} people"),
    "late": message("came late"),
    "erased": message("This text was erased at the wish of the person; its place and answer stay."),
    "blacked_out": message("Personal data in it was blacked out."),
    "answer": message("Answer of the working group: {outcome}"),
    "outcome_adopted": message("adopted"),
    "outcome_partly": message("partly adopted"),
    "outcome_declined": message("not adopted"),
    "outcome_noted": message("noted"),
    "outcome_answered": message("answered"),
    "meeting": message("Meeting of"),
    "changed": message("Changed:"),
    "place": message("Version {version}, Rn. {number}"),
    "because": message("Changed because of:"),
    # the form
    "kind": message("What would you like to tell us?"),
    "your_text": message("Your text"),
    "text_hint": message("At most {limit} characters."),
    "left": plural("{n} character left.", "{n} characters left."),
    "too_many": plural("{n} character too many.", "{n} characters too many."),
    "your_name": message("Your name (optional)"),
    "public_hint": message("Your contribution will be public."),
    "netiquette": message("Rules for contributions"),
    "privacy": message("Privacy"),
    "send": message("Send contribution"),
    "discard": message("Delete draft"),
    "unsent": message("Your text that was not sent"),
    # what happened
    "sending": message("Sending …"),
    "taken": message("Thank you! Your contribution has appeared."),
    "taken_pending": message(
        "Thank you! Your contribution has arrived and will appear after a review."
    ),
    "receipt_page": message("What becomes of your contribution"),
    "discarded": message("The draft is deleted."),
    "closed_meanwhile": message(
        "Your contribution was not taken, because this version takes none at this moment. "
        "Your text is kept in this browser."
    ),
    "not_sent": message(
        "Sending did not succeed. Your text is kept in this browser. Please try again later."
    ),
    "kept": message("Your text is kept in this browser."),
    "problem_empty": message("Please write a text."),
    "problem_too_long": message("Please shorten it to at most {limit} characters."),
    "problem_control_character": message(
        "There is a character in it that cannot be shown. Please type the place anew."
    ),
    "problem_unchanged": message("Please change the wording, or choose another kind above."),
    "problem_no_reason": message("Please say why in a sentence or two."),
    **TAKING_PART,
}

# What the search says: its keys, in English.
SEARCH: Mapping[str, Message | Plural] = {
    "searching": message("Searching …"),
    "count": plural("{n} result", "{n} results"),
    "partly": plural(
        "No place has all of these words, {n} has some of them",
        "No place has all of these words, {n} have some of them",
    ),
    "none": message(
        "Nothing was found for “{query}”. Try fewer or other words, or the number of a paragraph, "
        "such as “Rn. 14”."
    ),
    "failed": message("The search does not work at this moment. Please try again later."),
    "number": message("Rn. {number}"),
    "version": message("Version {version}"),
}

# What the templates say: their keys, in English.
THEME: Mapping[str, Message] = {
    "menu": message("Menu"),
    "dark": message("Dark colours"),
    "search": message("Search"),
    "search_results": message("Search results"),
    "search_earlier": message("in earlier versions, too"),
    "search_more": message("Show more results"),
    "about_version": message("About this version"),
    "not_translated": message("This page exists in German only."),
    "plain_words": message("Show plain language"),
    "discussed_in": message("Discussed in:"),
    "all_contributions": message("All contributions on this version"),
    "overview": message("Overview of the discussion"),
    "archived_contributions": message("All contributions and answers"),
    "example": message("This page is an example, not a text of the city."),
    "preview": message("Preview, not published"),
    "not_found": message("This page does not exist"),
    "not_found_cure": message("Perhaps the address is misspelled, or the page was moved."),
    "to_start": message("To the start page"),
}

# The pages that every page links to at its end, as far as they exist.
FOOTER: Mapping[str, Message] = {
    "impressum": message("Imprint"),
    "datenschutz": message("Privacy"),
    "barrierefreiheit": message("Accessibility"),
}


def panel_messages(translator: Translator) -> dict[str, str | dict[str, str]]:
    """Return the script's sentences by their keys.

    A sentence with a number has one form for each category of ``Intl.PluralRules``:
    ``{"one": "{count} Beitrag", "other": "{count} Beiträge"}``.
    """
    return {key: _spoken(entry, translator) for key, entry in PANEL.items()}


def search_messages(translator: Translator) -> dict[str, str | dict[str, str]]:
    """Return the search's sentences by their keys, in the form of ``panel_messages``."""
    return {key: _spoken(entry, translator) for key, entry in SEARCH.items()}


def theme_words(translator: Translator) -> dict[str, str]:
    """Return the templates' sentences by their keys."""
    return {key: entry.in_words(translator) for key, entry in THEME.items()}


def footer_words(translator: Translator, pages: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return address and word of each page of the footer that exists."""
    return [
        (f"{name}/", word.in_words(translator))
        for name, word in FOOTER.items()
        if f"{name}.md" in pages
    ]


def _spoken(entry: Message | Plural, translator: Translator) -> str | dict[str, str]:
    if isinstance(entry, Message):
        return translator.catalogue.gettext(entry.english)
    category = Locale.parse(translator.language).plural_form
    examples = {category(count): count for count in range(200, -1, -1)}
    return {
        name: translator.catalogue.ngettext(entry.one, entry.other, count)
        for name, count in sorted(examples.items())
    }
