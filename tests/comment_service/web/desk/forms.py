"""What stands in the forms of the desk."""

import re

from tests.comment_service.web.desk.conftest import HIDDEN, Desk

CHOSEN = re.compile(r'name="chosen" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')


def chosen(page: str, *, whole: bool = False) -> list[str]:
    """Return the checkboxes of a list: ids, or their whole values."""
    values = CHOSEN.findall(page)
    return values if whole else [value.partition(":")[0] for value in values]


def seen(page: str) -> str:
    """Return what the form says that was seen."""
    found = SEEN.search(page)
    assert found, page
    return found[1]


def proof(desk: Desk) -> str:
    """Return what proves that a form was made for whoever is signed in."""
    found = HIDDEN.search(desk.get("/redaktion/").text)
    assert found
    return found[1]
