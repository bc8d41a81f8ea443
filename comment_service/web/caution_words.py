"""Words of caution: what a form asks so that programs stay out, and why a contribution waits."""

from comment_service.web.messages import gettext_noop
from participation.caution import Doubt

QUESTION_WORDS = {
    "days-of-a-week": gettext_noop("How many days does a week have?"),
    "colour-of-snow": gettext_noop("What colour is snow?"),
    "legs-of-a-cat": gettext_noop("How many legs does a cat have?"),
    "day-after-monday": gettext_noop("Which day comes after Monday?"),
    "two-and-three": gettext_noop("How much is two and three?"),
    "fingers-of-a-hand": gettext_noop("How many fingers does a hand have?"),
    "month-after-march": gettext_noop("Which month comes after March?"),
    "opposite-of-day": gettext_noop("What is the opposite of day?"),
}
DOUBT_WORDS = {
    Doubt.TRAP: gettext_noop("A field was filled in that people do not see."),
    Doubt.TOO_FAST: gettext_noop("It was sent faster than a person can write."),
    Doubt.MANY_FROM_ONE_PLACE: gettext_noop("Many came from one place, this one without a proof."),
    Doubt.MANY_AT_ONCE: gettext_noop("Very many came on this document within ten minutes."),
}
