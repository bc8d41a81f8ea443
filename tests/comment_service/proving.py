"""What a browser does with a challenge, as ALTCHA's own library for Python does it."""

from typing import Any

from altcha import Challenge, Payload, solve_challenge


def solved(challenge: dict[str, Any]) -> str:
    """Return the proof of a challenge."""
    made = Challenge.from_dict(challenge)
    solution = solve_challenge(made)
    assert solution is not None
    return Payload(made, solution).to_base64()
