"""Each version is published after the one before it; the newest one can still be mended."""

from site_src.building import check_content
from site_src.messages import translator
from site_src.places import Places
from tests.site_src.conftest import Edit, order_for
from tests.site_src.repositories import PATH, Commit

UNCHANGED = (
    "Warning: this is the day on which version 1 was published: 2024-03-08; delete the line, then "
    "the day of the commit counts, or write the right day; if both were published on that day, "
    "nothing is to be done"
)
BACK = (
    "Warning: this version is dated {day}, before version 1 of 2024-03-08; "
    "write the day on which it is published as “published”"
)


def told(tiny: Places) -> list[str]:
    found = check_content(order_for(tiny)).problems
    words = [problem.in_words(translator("en")) for problem in found]
    return [one for one in words if "this is the day" in one or "dated" in one]


def publish_version(number: int, published: str, commit: Commit, edit: Edit) -> str:
    """Raise the version, with that line about its publication."""
    edit(PATH, f"version: {number - 1}", f"version: {number}")
    edit(PATH, "published: 2024-03-08\n", published)
    return commit("2024-04-22")


def test_a_date_of_publication_that_was_left_as_it_was_is_named(
    tiny: Places, commit: Commit, edit: Edit
):
    commit("2024-03-08")
    publish_version(2, "published: 2024-03-08\n", commit, edit)
    assert told(tiny) == [f"{PATH}:6: {UNCHANGED}"]
    publish_version(3, "", commit, edit)
    assert told(tiny) == []


def test_a_date_of_publication_before_the_last_one_is_named(
    tiny: Places, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    publish_version(2, "published: 2024-03-07\n", commit, edit)
    assert told(tiny) == [f"{PATH}:6: {BACK.format(day='2024-03-07')}"]


def test_a_commit_before_the_last_date_of_publication_is_named_at_its_version(
    tiny: Places, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08\n", "")
    commit("2024-03-02")
    assert told(tiny) == [f"{PATH}:3: {BACK.format(day='2024-03-02')}"]


def test_two_versions_of_one_day_that_no_date_was_written_for_are_fine(
    tiny: Places, commit: Commit, edit: Edit
):
    edit(PATH, "published: 2024-03-08\n", "")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    commit("2024-03-08")
    assert told(tiny) == []
