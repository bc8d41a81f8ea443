"""What is published tells of what is archived, and no version appears over open questions."""

from dataclasses import replace
from pathlib import Path

import pytest

from site_src.building import ContentRefused
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.factories import make_public
from tests.site_src.archives import ARCHIVE, COMMENTING, put_archive, said
from tests.site_src.towns import LEITLINIEN, Town, found_town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town that has published version 1."""
    town = found_town(tmp_path)
    town.publish()
    return town


def archive(town: Town, *contributions: object) -> None:
    places = Places(town.clone, town.house, town.folder / "nowhere")
    put_archive(places, *contributions)  # type: ignore[arg-type]  # given by tests
    town.commit()


def second_version(town: Town) -> None:
    town.edit(LEITLINIEN, "version: 1", "version: 2")
    town.edit(LEITLINIEN, "published: 2024-03-08\n", "published: 2024-03-20\n")
    town.edit(LEITLINIEN, COMMENTING, "")
    town.commit()


def test_an_archive_is_published_with_its_text(town: Town):
    answered = said(2, 1)
    assert answered.answer is not None
    archive(town, replace(answered, answer=replace(answered.answer, changes=())))
    town.publish()
    assert "Bitte mehr Bänke." in town.page("leitlinien/1/abwaegung")
    current = town.releases.current
    assert (current / "leitlinien" / "1" / "beitraege.json").is_file()
    assert (current / "leitlinien" / "1" / "abwaegung.xlsx").is_file()
    assert not (current / ARCHIVE).exists()


def test_a_version_is_kept_back_while_somebody_waits_and_appears_afterwards(town: Town):
    archive(town, make_public(1))
    second_version(town)
    with pytest.raises(ContentRefused) as refused:
        town.publish()
    (problem,) = [one for one in refused.value.problems if one.level is Level.ERROR]
    assert "contribution 1 on version 1, Rn. 2, has no answer" in problem.in_words(translator("en"))
    archive(town, said(2, 1))
    town.publish()
    assert "Bitte mehr Bänke." in town.page("leitlinien/1/abwaegung")
    assert (town.releases.current / "leitlinien" / "2" / "index.html").is_file()


def test_where_nobody_can_be_asked_it_appears_with_a_warning(town: Town):
    second_version(town)
    published = town.publish()
    words = [one.in_words(translator("en")) for one in published.built.problems]
    assert any("Warning: nobody can say whether all contributions" in one for one in words)
