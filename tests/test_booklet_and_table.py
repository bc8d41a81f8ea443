"""What holds the cards of the booklet and the table in which they are typed together."""

import pytest

from comment_service.web.desk.table_form import FIELDS as COLUMNS
from comment_service.web.desk.table_form import template_of
from comment_service.web.messages import language
from site_src.booklets import FIELDS
from site_src.messages import translator
from tests.factories import make_document


@pytest.mark.parametrize("code", ["de", "en"])
def test_each_field_of_a_card_is_a_column_of_the_table(code: str):
    columns = {one.name: language(code).gettext(one.heading) for one in COLUMNS}
    for field in FIELDS:
        assert columns[field.name] == field.heading.in_words(translator(code))


def test_a_card_asks_for_all_that_only_its_author_knows():
    of_the_event = {"channel", "event", "came_on", "people"}  # the desk knows these
    assert {field.name for field in FIELDS} == {one.name for one in COLUMNS} - of_the_event


@pytest.mark.parametrize("code", ["de", "en"])
def test_a_card_offers_the_kinds_that_the_table_takes(code: str):
    table = template_of(make_document(), 1, language(code))
    (kinds,) = (
        set(one.choices)
        for one, of in zip(table.columns, COLUMNS, strict=True)
        if of.name == "kind"
    )
    (offered,) = (field.choices for field in FIELDS if field.choices)
    assert {choice.in_words(translator(code)) for choice in offered} == kinds
