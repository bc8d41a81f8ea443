"""The demonstration begins with fresh contributions, each once."""

import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from comment_service.commands import main
from comment_service.samples import put_samples
from comment_service.storage.memory import MemoryStore
from comment_service.storage.opening import open_store
from participation.contribution import ContributionStatus
from site_src.content import read_content
from site_src.places import Places
from tests.factories import NOON

HOUSE = Path(__file__).parents[2]
FILE = HOUSE / "deploy" / "demo.json"
SAMPLES = json.loads(FILE.read_text("utf-8"))


def test_each_is_put_in_once_and_as_old_as_it_says(new_id: Callable[[], str]):
    store = MemoryStore()
    assert put_samples(store, SAMPLES, now=NOON, new_id=new_id) == 7
    assert put_samples(store, SAMPLES, now=NOON + timedelta(days=1), new_id=new_id) == 0
    found = store.of_document("methodenkoffer")
    assert [one.received_at for one in found][-1] == NOON - timedelta(hours=3)
    assert {one.status for one in found} == {ContributionStatus.PUBLISHED}


def test_they_stand_on_paragraphs_that_are_there(tmp_path: Path):
    clone = tmp_path / "content"
    subprocess.run(["git", "clone", "--quiet", str(HOUSE), str(clone)], check=True)
    content = read_content(Places(clone, HOUSE, tmp_path / "site"), today=NOON.date())
    document = content.documents[SAMPLES["document"]].document
    for one in SAMPLES["contributions"]:
        assert document.paragraph(SAMPLES["version"], one["number"]).text


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    environ = {"RANDNOTIZ_STORE": f"embedded:{tmp_path / 'data'}"}
    assert main(["samples", str(FILE)], environ) == 0
    assert main(["samples", str(FILE)], environ) == 0
    assert capsys.readouterr().out == "Added 7 samples.\nAdded 0 samples.\n"
    store = open_store(environ["RANDNOTIZ_STORE"])
    assert len(store.of_document("methodenkoffer")) == 7
    store.close()


@pytest.mark.parametrize(
    "text", ["{", "{}", "[]", '{"document": "a", "version": 1, "contributions": [{}]}']
)
def test_a_file_that_holds_no_samples_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
):
    file = tmp_path / "proben.json"
    file.write_text(text, "utf-8")
    assert main(["samples", str(file)], {"RANDNOTIZ_STORE": "memory:"}) == 2
    assert f"{file}: these are no samples" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]):
    assert main(["samples", "nirgends.json"], {"RANDNOTIZ_STORE": "memory:"}) == 2
    assert "nirgends.json" in capsys.readouterr().err
