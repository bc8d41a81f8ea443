"""The numbers are the same, byte for byte, whatever engine makes the pages."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from markdown import Markdown
from ruamel.yaml import YAML

from site_src.site_settings import read_settings
from tests.journeys.conftest import HOUSE

DOCUMENTS = ["leitlinien", "leitlinien/1", "methodenkoffer"]
UNIT = re.compile(r'<(?:p|li|tr|dd)[^>]* id="rn-\d+"[^>]*>')


def units(html: str) -> list[str]:
    """The opening tags of all numbered blocks, as they stand in the page."""
    return UNIT.findall(html)


def units_in(site: Path, document: str) -> list[str]:
    return units((site / document / "index.html").read_text("utf-8"))


def run_engine(arguments: list[str], folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "NO_MKDOCS_2_WARNING": "1"}
    program = Path(sys.executable).parent / arguments[0]
    subprocess.run([program, *arguments[1:]], cwd=folder, env=environment, check=True)


@pytest.fixture
def laid_out(site: Path, tmp_path: Path) -> Path:
    """What the build laid out, with settings that make the site beside it."""
    settings = YAML().load((site.parent / "content" / "build" / "mkdocs.yml").read_text("utf-8"))
    settings["site_dir"] = "site"
    settings["docs_dir"] = "pages"
    settings.pop("hooks", None)  # each engine is to make every page itself
    with (tmp_path / "mkdocs.yml").open("w", encoding="utf-8") as file:
        YAML().dump(settings, file)
    shutil.copytree(site.parent / "content" / "build" / "pages", tmp_path / "pages")
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS)
def test_bare_markdown_numbers_like_mkdocs(site: Path, document: str):
    page = (site.parent / "content" / "build" / "pages" / document / "index.md").read_text("utf-8")
    body = page.split("---\n", 2)[2]
    names, given = read_settings(HOUSE / "mkdocs.yml").extensions()
    html = Markdown(extensions=names, extension_configs=given).convert(body)
    assert units(html) == units_in(site, document)
    assert len(units(html)) > 40


def test_properdocs_numbers_like_mkdocs(site: Path, laid_out: Path):
    run_engine(["properdocs", "build", "--quiet", "-f", "mkdocs.yml"], laid_out)
    for document in DOCUMENTS:
        assert units_in(laid_out / "site", document) == units_in(site, document)


def test_zensical_numbers_like_mkdocs(site: Path, laid_out: Path):
    run_engine(["zensical", "build", "-f", "mkdocs.yml"], laid_out)
    for document in DOCUMENTS:
        assert units_in(laid_out / "site", document) == units_in(site, document)
