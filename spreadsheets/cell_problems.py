"""What is wrong in single cells: all of it at once, each with the cell's address."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.refusals import FieldProblem, Refusal
from spreadsheets.sheet import Address


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell."""

    address: Address
    problem: FieldProblem


class UnfitRows(Refusal):
    """Some rows cannot be taken, so none was."""

    code = "unfit-rows"

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        super().__init__(f"{len(problems)} cells cannot be taken as they are.")
        self.problems = tuple(problems)
