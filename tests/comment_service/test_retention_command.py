"""What cron erases."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from comment_service.commands import main
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Store
from participation.catalogue import plain_catalogue
from participation.contribution import ContributionStatus
from participation.period import read_period
from tests.factories import make_catalogue, make_contribution, make_document

PENDING, PUBLISHED, HIDDEN, WITHDRAWN = ContributionStatus


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A store, and a catalogue of one document that keeps names for a day and one for ever."""
    catalogue = make_catalogue(
        make_document(retention=read_period("P1D")), make_document("methodenkoffer")
    )
    place = tmp_path / "catalogue.json"
    place.write_text(json.dumps(plain_catalogue(catalogue)))
    url = f"embedded:{tmp_path / 'data'}"
    return {"RANDNOTIZ_STORE": url, "RANDNOTIZ_CATALOGUE": str(place)}


@pytest.fixture
def store(environ: dict[str, str]) -> Iterator[Store]:
    """A public, a hidden and a withdrawn contribution of long ago, and one on the other text."""
    with closing(open_store(environ["RANDNOTIZ_STORE"])) as store:
        for number, status in enumerate([PUBLISHED, HIDDEN, WITHDRAWN]):
            store.add(make_contribution(f"c{number}", status=status, text="Ein Geheimnis."))
        other = make_contribution().ref.__class__("methodenkoffer", 1, 1)
        store.add(make_contribution("m1", ref=other))
        yield store


def test_names_go_and_of_what_is_not_public_the_text_too(
    environ: dict[str, str], store: Store, capsys: pytest.CaptureFixture[str]
):
    assert main(["retain"], environ) == 0
    told = capsys.readouterr().out
    assert "leitlinien: 1 contribution, published" in told
    assert "Erased what is personal in 3 contributions." in told
    kept = {one.id: (one.text, one.name) for one in store.of_document("leitlinien")}
    assert kept == {"c0": ("Ein Geheimnis.", None), "c1": ("", None), "c2": ("", None)}
    assert store.get("m1").name == "Ada"
    reasons = {logged.entry.reason for logged in store.log()}
    assert reasons == {"retention"}


def test_once_is_enough(environ: dict[str, str], store: Store, capsys: pytest.CaptureFixture[str]):
    main(["retain"], environ)
    entries = len(store.log())
    assert main(["retain"], environ) == 0
    assert "Erased what is personal in 0 contributions." in capsys.readouterr().out
    assert len(store.log()) == entries


def test_a_dry_run_tells_and_changes_nothing(
    environ: dict[str, str], store: Store, capsys: pytest.CaptureFixture[str]
):
    assert main(["retain", "--dry-run"], environ) == 0
    assert "Would erase what is personal in 3 contributions." in capsys.readouterr().out
    assert store.get("c1").text == "Ein Geheimnis."
    assert store.log() == []


def test_what_was_erased_has_left_the_disk(environ: dict[str, str], store: Store, tmp_path: Path):
    main(["retain"], environ)
    assert store.get("c1").erased_at
    journal = (tmp_path / "data" / "contributions.journal").read_bytes()
    assert journal.count(b"Ein Geheimnis.") == 1  # of the public one
    assert journal.count(b'"Ada"') == 1  # of the text that keeps names
