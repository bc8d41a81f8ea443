"""What the desk does its work on contributions with, for its views to reach."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from comment_service.answer_search import AnswerSearch
from comment_service.answer_tables import AnswerTables
from comment_service.answering import Answering
from comment_service.change_history import ChangeHistory
from comment_service.changing_contributions import Changing
from comment_service.desk_search import DeskSearch
from comment_service.erasing import Erasing
from comment_service.moderating import Moderating
from comment_service.web.desk.answer_table_form import answer_form
from comment_service.web.service import Service

KEY = "randnotiz_desk_work"


@dataclass(frozen=True, slots=True)
class AtWork:
    """The use cases of the desk, and what is found and remembered for them."""

    answering: Answering
    answers: AnswerSearch
    tables: AnswerTables
    moderating: Moderating
    erasing: Erasing
    search: DeskSearch
    history: ChangeHistory


def equip(desk: Flask, service: Service) -> None:
    """Give the desk what it works with."""
    residents = service.commenting
    store, marks = residents.store, residents.marks
    changing = Changing(store, marks, residents.clock, residents.new_id)
    answering = Answering(residents.published, store, marks, residents.clock, residents.new_id)
    found = AnswerSearch(store, marks)
    desk.extensions[KEY] = AtWork(
        answering,
        found,
        AnswerTables(answering, found, answer_form),
        Moderating(changing),
        Erasing(changing),
        DeskSearch(store, marks, lambda: residents.published().documents),
        ChangeHistory(store),
    )


def at_work() -> AtWork:
    """Return what the desk that answers the current request works with."""
    return cast("AtWork", current_app.extensions[KEY])
