"""What a new version does to the windows of the ones before it, told from real repositories."""

from datetime import date

import pytest

from participation.window import Window, closing, opening
from site_src.building import check_content
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.site_src.conftest import Edit, order_for
from tests.site_src.repositories import PATH, Commit

OPENS = opening(date(2024, 3, 8))
WINDOW = "  opens: 2024-03-08\n  closes: 2024-03-29\n"
COMMENTING = f"commenting:\n{WINDOW}  moderation: after\n  answers: 2024-04-22\n"
NEVER = (
    "Warning: version 1 will never have taken any comments; this version is published on the day "
    "when that window opens, or before; correct “published” or “opens” if that is not meant"
)


def problems_of(tiny: Places, level: Level, words: str) -> list[str]:
    found = check_content(order_for(tiny)).problems
    told = [one.in_words(translator("en")) for one in found if one.level is level]
    return [one for one in told if words in one]


def windows(tiny: Places) -> list[Window | None]:
    document = check_content(order_for(tiny)).content.documents["leitlinien"].document
    return [version.window for version in document.versions]


def words_of(tiny: Places, page: str) -> str:
    laid_out = check_content(order_for(tiny)).laid_out
    return str(laid_out.pages[page].meta["window_words"])


@pytest.fixture
def open_ended(commit: Commit, edit: Edit) -> None:
    """Version 1 takes comments until further notice."""
    edit(PATH, "  closes: 2024-03-29\n", "")
    commit("2024-03-08")


@pytest.mark.parametrize(
    ("opens", "times"), [("2024-03-01", 1), ("2024-03-29", 1), ("2024-03-30", 0)]
)
def test_a_window_that_opens_before_a_promised_end_is_refused(
    tiny: Places, commit: Commit, edit: Edit, opens: str, times: int
):
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08", "published: 2024-03-01")
    edit(PATH, WINDOW, f"  opens: {opens}\n  closes: 2024-04-20\n")
    expected = (
        f"{PATH}:8: the commenting window overlaps with that of version 1; "
        "let it open once the other one has closed: “opens: 2024-03-30”"
    )
    assert problems_of(tiny, Level.ERROR, "overlaps") == [expected] * times


def test_what_the_refusal_says_to_write_is_taken(tiny: Places, commit: Commit, edit: Edit):
    closes = "2024-03-20T18:00+01:00"
    edit(PATH, "closes: 2024-03-29", f"closes: {closes}")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, f"closes: {closes}", "closes: 2024-04-20")
    (refused,) = problems_of(tiny, Level.ERROR, "overlaps")
    assert refused.endswith(f"“opens: {closes}”")
    edit(PATH, "opens: 2024-03-08", f"opens: {closes}")
    assert problems_of(tiny, Level.ERROR, "") == []


@pytest.mark.usefixtures("open_ended")
def test_a_window_until_further_notice_ends_when_the_next_version_is_published(
    tiny: Places, commit: Commit, edit: Edit
):
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08\n", "")
    edit(PATH, COMMENTING.replace("  closes: 2024-03-29\n", ""), "")
    commit("2024-03-18")
    assert windows(tiny) == [Window(OPENS, closing(date(2024, 3, 17))), None]
    assert problems_of(tiny, Level.ERROR, "") == []
    assert problems_of(tiny, Level.HINT, "comments") == [
        (
            f"{PATH}:3: Hint: version 1 takes comments until 2024-03-17; "
            "nothing is to be done: it had no “closes”, and this version follows it"
        )
    ]
    assert words_of(tiny, "leitlinien/1/index.md") == (
        "Kommentarfrist: 8. bis 17. März 2024, bis zur nächsten Fassung"
    )
    assert words_of(tiny, "leitlinien/index.md") == "Nimmt keine Kommentare an"


@pytest.mark.usefixtures("open_ended")
def test_two_windows_until_further_notice_follow_each_other(
    tiny: Places, commit: Commit, edit: Edit
):
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08", "published: 2024-03-18")
    edit(PATH, "opens: 2024-03-08", "opens: 2024-03-19")
    commit("2024-03-18")
    opens = opening(date(2024, 3, 19))
    assert windows(tiny) == [Window(OPENS, opening(date(2024, 3, 18))), Window(opens)]
    assert problems_of(tiny, Level.ERROR, "") == []
    assert words_of(tiny, "leitlinien/index.md") == "Kommentare sind bis auf Weiteres möglich"


@pytest.mark.usefixtures("open_ended")
def test_a_version_that_is_followed_before_it_opens_is_named_and_shows_its_comments(
    tiny: Places, commit: Commit, edit: Edit
):
    edit(PATH, "version: 1", "version: 2")
    commit("2024-03-08")
    assert windows(tiny) == [None, Window(OPENS)]
    assert problems_of(tiny, Level.WARNING, "never") == [f"{PATH}:3: {NEVER}"]
    meta = check_content(order_for(tiny)).laid_out.pages["leitlinien/1/index.md"].meta
    assert (meta["window_words"], meta["commentable"]) == ("Nimmt keine Kommentare an", True)


def test_versions_whose_windows_were_stated_at_once_are_not_open_at_once(
    tiny: Places, commit: Commit, edit: Edit
):
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08", "opens: 2024-03-20")
    commit("2024-03-19")
    edit(PATH, "version: 2", "version: 3")
    edit(PATH, COMMENTING.replace("opens: 2024-03-08", "opens: 2024-03-20"), "")
    commit("2024-03-20")
    opens = opening(date(2024, 3, 20))
    assert windows(tiny) == [Window(OPENS, opens), Window(opens, closing(date(2024, 3, 29))), None]


def test_a_window_that_is_long_over_is_not_spoken_of(tiny: Places, commit: Commit, edit: Edit):
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, COMMENTING, "")
    commit("2024-04-22")
    assert windows(tiny)[0] == Window(OPENS, closing(date(2024, 3, 29)))
    assert problems_of(tiny, Level.HINT, "comments") == []
    assert words_of(tiny, "leitlinien/1/index.md") == "Kommentarfrist: 8. bis 29. März 2024"
