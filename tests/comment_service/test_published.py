import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from comment_service.published import Published
from participation.catalogue import Catalogue, plain_catalogue
from participation.faults import UnreadableCatalogue
from tests.comment_service.conftest import Publish
from tests.factories import make_catalogue, make_document


def test_what_the_site_published_is_read(
    publish: Publish, catalogue_file: Path, catalogue: Catalogue
):
    publish(catalogue)
    assert Published(catalogue_file)() == catalogue


def test_an_unchanged_file_is_read_once(
    publish: Publish, catalogue_file: Path, catalogue: Catalogue
):
    publish(catalogue)
    published = Published(catalogue_file)
    assert published() is published()


def test_many_threads_that_ask_at_once_have_it_read_once(publish: Publish, catalogue_file: Path):
    publish(make_catalogue(*(make_document(f"text-{number}") for number in range(200))))
    published, together = Published(catalogue_file), Barrier(8)

    def ask() -> Catalogue:
        together.wait(10)
        return published()

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask) for _ in range(8)]
        assert len({id(one.result()) for one in asked}) == 1


def test_a_newer_catalogue_is_noticed(publish: Publish, catalogue_file: Path, catalogue: Catalogue):
    publish(catalogue)
    published = Published(catalogue_file)
    assert set(published().documents) == {"leitlinien"}
    publish(make_catalogue(make_document("methodenkoffer")))
    assert set(published().documents) == {"methodenkoffer"}


def test_a_link_that_leads_to_another_release_is_noticed_there_and_back(tmp_path: Path):
    link, published = tmp_path / "current", Published(tmp_path / "current" / "catalogue.json")
    for slug in ("leitlinien", "methodenkoffer"):
        (tmp_path / slug).mkdir()
        plain = plain_catalogue(make_catalogue(make_document(slug)))
        (tmp_path / slug / "catalogue.json").write_text(json.dumps(plain), "utf-8")
    for slug in ("leitlinien", "methodenkoffer", "leitlinien"):
        (tmp_path / "new").symlink_to(slug)
        (tmp_path / "new").replace(link)
        assert set(published().documents) == {slug}


WHOLE = json.dumps(plain_catalogue(make_catalogue()))
BROKEN = {
    "empty": (b"", "not JSON"),
    "half written": (WHOLE[:-9].encode(), "not JSON"),
    "not UTF-8": (WHOLE.replace("Leitlinien", "Äpfel").encode("latin-1", "replace"), "not JSON"),
    "too deep": (b"[" * 100_000, "not JSON"),
    "another thing": (b'{"name": "mkdocs"}', "not a catalogue"),
    "another format": (WHOLE.replace('"format": 1', '"format": 2').encode(), "not a catalogue"),
    "no such day": (WHOLE.replace("2024-03-08", "2024-02-31").encode(), "not a catalogue"),
    "an unknown field": (WHOLE.replace('"changes"', '"change"').encode(), "not a catalogue"),
    "numbers with a gap": (WHOLE.replace('"number": 2', '"number": 7').encode(), "makes no sense"),
    "closes before it opens": (
        WHOLE.replace("2024-03-30T00", "2023-03-30T00").encode(),
        "makes no sense",
    ),
}


@pytest.mark.parametrize("content,reason", BROKEN.values(), ids=BROKEN)  # noqa: PT006  # pairs
def test_a_broken_catalogue_is_a_fault_with_a_reason(
    catalogue_file: Path, content: bytes, reason: str
):
    catalogue_file.parent.mkdir()
    catalogue_file.write_bytes(content)
    with pytest.raises(UnreadableCatalogue, match=reason):
        Published(catalogue_file)()


def test_a_missing_catalogue_is_a_fault_that_names_its_place(catalogue_file: Path):
    with pytest.raises(UnreadableCatalogue, match=r"site/catalogue\.json: No such file"):
        Published(catalogue_file)()


def test_a_folder_in_place_of_the_catalogue_is_a_fault(catalogue_file: Path):
    catalogue_file.mkdir(parents=True)
    with pytest.raises(UnreadableCatalogue, match="directory"):
        Published(catalogue_file)()


def test_a_newer_but_broken_catalogue_is_never_papered_over_and_may_be_mended(
    publish: Publish, catalogue_file: Path, catalogue: Catalogue
):
    publish(catalogue)
    published = Published(catalogue_file)
    published()
    catalogue_file.write_bytes(b"{")
    for _ in range(2):
        with pytest.raises(UnreadableCatalogue):
            published()
    publish(catalogue)
    assert published() == catalogue
