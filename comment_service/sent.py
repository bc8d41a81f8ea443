"""What comes beside the words of a contribution, from whoever sends it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request tells of its sender; nothing of it is kept as it is.

    ``address`` is that of the network; ``browser_token`` tells browsers apart, see
    ``browser_tokens``; ``proof`` is a solved challenge; ``trap`` is a field that people do not
    see, ``shown`` a mark of when the form was shown and which question it bore, ``answer`` what
    was answered.
    """

    address: str | None = None
    browser_token: str | None = None
    proof: str | None = None
    trap: str = ""
    shown: str | None = None
    answer: str = ""
