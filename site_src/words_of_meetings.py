"""What the site says about a meeting and about the paragraphs that it discussed."""

from collections.abc import Iterable

from participation.meeting import Meeting
from site_src.dates_in_words import day_words, time_words
from site_src.messages import Translator


def meeting_words(meeting: Meeting, translator: Translator) -> str:
    """Return ``3. Sitzung, 6. September 2023``."""
    day = day_words(meeting.date, translator)
    return translator.gettext("Meeting {number}, {day}", number=meeting.number, day=day)


def when_words(meeting: Meeting, translator: Translator) -> str:
    """Return ``6. September 2023, 18 bis 20 Uhr``."""
    day = day_words(meeting.date, translator)
    if meeting.starts is None:
        return day
    return f"{day}, {time_words(meeting.starts, meeting.ends, translator)}"


def paragraphs_words(first: int, last: int, translator: Translator) -> str:
    """Return ``Rn. 14`` or ``Rn. 14 bis 18``."""
    if first == last:
        return translator.gettext("paragraph {number}", number=first)
    return translator.gettext("paragraphs {first} to {last}", first=first, last=last)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the runs of consecutive numbers: 3, 4, 5, 8 are (3, 5) and (8, 8)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
