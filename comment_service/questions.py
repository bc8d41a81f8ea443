"""Questions in plain words, for whose browser computes no proof of work.

Everybody can answer them who can read the form. They stop programs that fill in any form they
find; one that was written for this service would know the answers, and is only slowed.
"""

ANSWERS = {  # by the name of a question, in every language of the forms
    "days-of-a-week": {"7", "sieben", "seven"},
    "colour-of-snow": {"weiß", "weiss", "white"},
    "legs-of-a-cat": {"4", "vier", "four"},
    "day-after-monday": {"dienstag", "tuesday"},
    "two-and-three": {"5", "fünf", "fuenf", "five"},
    "fingers-of-a-hand": {"5", "fünf", "fuenf", "five"},
    "month-after-march": {"april"},
    "opposite-of-day": {"nacht", "night"},
}
QUESTIONS = tuple(ANSWERS)


def is_right(question: str, answer: str) -> bool:
    """Say whether an answer is right, however it was typed."""
    words = "".join(one for one in answer.casefold() if one.isalnum() or one.isspace()).split()
    right = {one.casefold() for one in ANSWERS[question]}
    # "die Nacht", "am Dienstag": an article or two must not make it wrong.
    return len(words) <= LONGEST and not right.isdisjoint(words)


LONGEST = 3  # words of an answer
