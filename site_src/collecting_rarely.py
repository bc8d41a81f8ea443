"""Garbage: a build makes much that stays until its end, and hardly anything to be collected."""

import gc

# New objects before the youngest are looked through, and how often those before the older ones
# are; by default 700, 10, 10. Markdown leaves cycles behind, so never is no choice.
THRESHOLDS = (100_000, 10, 10)


def collect_rarely() -> None:
    """Let this process look for cycles of dead objects seldom, to spend less time on the living."""
    gc.set_threshold(*THRESHOLDS)
