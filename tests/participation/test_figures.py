from datetime import date, timedelta

from participation.contribution import ContributionStatus, Hiding, HidingReason
from participation.decision import Answer, Decision, DecisionStatus, Outcome
from participation.figures import Figures, figures
from participation.log_entry import Role
from tests.factories import AFTER, NOON, make_contribution

PENDING, PUBLISHED, HIDDEN, WITHDRAWN = ContributionStatus


def decision(number: int, *ids: str, days: float, status: str = "published") -> Decision:
    at = NOON + timedelta(days=days)
    answer = Answer(Outcome.NOTED, "Danke.", date(2024, 3, 21))
    return Decision(
        f"d{number}",
        "leitlinien",
        1,
        ids,
        answer,
        DecisionStatus(status),
        Role.EDITOR,
        at,
        published_at=None if status == "draft" else at,
    )


def test_nothing_is_nothing():
    assert figures([], []) == Figures(0, 0, 0, {}, 0, 0, 0, None)


def test_every_contribution_is_counted_by_what_became_of_it():
    insult = Hiding(HidingReason.INSULT)
    counted = figures(
        [
            make_contribution("c1", status=PENDING),
            make_contribution("c2", erased_at=AFTER),
            make_contribution("c3", status=HIDDEN, hidden=insult),
            make_contribution("c4", status=HIDDEN, hidden=insult),
            make_contribution("c5", status=HIDDEN),
            make_contribution("c6", status=WITHDRAWN),
        ],
        [],
    )
    hidden = {HidingReason.INSULT: 2, HidingReason.OTHER: 1}
    assert counted == Figures(6, 1, 1, hidden, 1, 1, 0, None)


def test_days_are_counted_to_the_first_published_answer():
    counted = figures(
        [make_contribution("c1"), make_contribution("c2"), make_contribution("c3")],
        [
            decision(1, "c1", "c2", days=2),
            decision(2, "c1", days=5),
            decision(3, "c3", days=1, status="draft"),
            decision(4, "c3", days=9, status="discarded"),
            decision(5, "nichts", days=1),
        ],
    )
    assert (counted.answered, counted.median_days) == (2, 2.0)


def test_the_median_of_two_lies_between_them():
    counted = figures(
        [make_contribution("c1"), make_contribution("c2")],
        [decision(1, "c1", days=1), decision(2, "c2", days=2.5)],
    )
    assert counted.median_days == 1.8
