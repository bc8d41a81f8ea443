"""The guard against formulas: what a person wrote is text, whatever it begins with."""

# What makes a program compute a cell of a CSV file, full-width forms included; source: OWASP,
# "CSV Injection".
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  # on purpose
GUARD = "'"


def is_dangerous(text: str) -> bool:
    """Say whether a program might take the text for a formula."""
    return text.startswith(STARTS)


def guarded(text: str) -> str:
    """Return the text so that no program takes it for a formula; ``unguarded`` undoes it."""
    # What already looks guarded is guarded once more: else it would lose its own apostrophe.
    return GUARD + text if is_dangerous(text.lstrip(GUARD)) else text


def unguarded(text: str) -> str:
    """Return the text without its guard, if it bears one."""
    return text[1:] if text.startswith(GUARD) and is_dangerous(text.lstrip(GUARD)) else text
