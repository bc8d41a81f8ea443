"""The demonstration begins with fresh contributions, each once."""

import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from comment_service.archived_samples import take_back
from comment_service.commands import main
from comment_service.making_public import made_public
from comment_service.samples import put_samples
from comment_service.storage.memory import MemoryStore
from comment_service.storage.opening import open_store
from participation.contribution import ContributionKind, ContributionStatus
from participation.contributions_of_document import plain_contributions
from participation.log_chain import first_break
from participation.public_contributions import (
    HandedIn,
    PublicContributions,
    read_contributions,
)
from participation.word_diff import word_diff
from site_src.content import read_content
from site_src.places import Places
from tests.factories import NOON, make_document, make_public, make_version, public_id

HOUSE = Path(__file__).parents[2]
FILE = HOUSE / "deploy" / "demo.json"
SAMPLES = json.loads(FILE.read_text("utf-8"))


def test_each_is_put_in_once_and_as_old_as_it_says(new_id: Callable[[], str]):
    store = MemoryStore()
    assert put_samples(store, SAMPLES, now=NOON, new_id=new_id) == 11
    assert put_samples(store, SAMPLES, now=NOON + timedelta(days=1), new_id=new_id) == 0
    found = store.of_document("methodenkoffer")
    assert [one.received_at for one in found][-1] == NOON - timedelta(hours=3)
    assert {one.status for one in found} == {ContributionStatus.PUBLISHED}
    assert len(store.supports("methodenkoffer")) == 12


def test_replies_stand_with_what_they_answer_on_its_paragraph(new_id: Callable[[], str]):
    store = MemoryStore()
    put_samples(store, SAMPLES, now=NOON, new_id=new_id)
    found = {one.id: one for one in store.of_document("methodenkoffer")}
    replies = [one for one in found.values() if one.kind is ContributionKind.REPLY]
    assert len(replies) == 2
    for one in replies:
        assert found[one.in_reply_to or ""].ref == one.ref
        assert found[one.in_reply_to or ""].kind is not ContributionKind.REPLY


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
    assert (
        capsys.readouterr().out
        == "demo.json: added 11 contributions.\ndemo.json: added 0 contributions.\n"
    )
    store = open_store(environ["RANDNOTIZ_STORE"])
    assert len(store.of_document("methodenkoffer")) == 11
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


def archived() -> PublicContributions:
    plain = json.loads((HOUSE / "guidelines" / "leitlinien.contributions.json").read_text("utf-8"))
    return read_contributions(plain)


def test_an_archive_is_taken_back_to_the_letter_and_once(tmp_path: Path):
    url = f"embedded:{tmp_path / 'data'}"
    file = HOUSE / "guidelines" / "leitlinien.contributions.json"
    for _ in range(2):
        assert main(["samples", str(file)], {"RANDNOTIZ_STORE": url}) == 0
    store, known = open_store(url), archived()
    kept, decisions = store.of_document("leitlinien"), store.decisions("leitlinien")
    versions = tuple(make_version(number) for number in (1, 2))
    shown = made_public(make_document(versions=versions), kept, decisions)
    assert shown == known.contributions
    assert first_break(store.log()) is None
    store.close()


def test_what_is_not_answered_erased_or_blacked_out_comes_back_as_such(new_id: Callable[[], str]):
    store = MemoryStore()
    said = (
        make_public(1, is_erased=True, text=""),
        make_public(2, is_blacked_out=True, transcribed=HandedIn("Werkstatt", None, 3)),
    )
    plain = plain_contributions(make_document(), said, {})
    assert take_back(store, plain, new_id=new_id) == 2
    assert made_public(make_document(), store.of_document("leitlinien")) == said
    assert store.decisions("leitlinien") == []


def test_an_archive_brings_proposals_replies_and_supports_back(new_id: Callable[[], str]):
    store, wording = MemoryStore(), "Der neue Text von Absatz 2."
    said = (
        make_public(
            1,
            kind=ContributionKind.PROPOSAL,
            proposed_wording=wording,
            difference=word_diff("Der Text von Absatz 2.", wording),
            supports=3,
            edited_at=NOON,
        ),
        make_public(2, kind=ContributionKind.REPLY, in_reply_to=public_id(1)),
    )
    plain = plain_contributions(make_document(), said, {})
    assert take_back(store, plain, new_id=new_id) == 2
    assert take_back(store, plain, new_id=new_id) == 0
    kept, supports = store.of_document("leitlinien"), store.supports("leitlinien")
    assert made_public(make_document(), kept, (), supports) == said
