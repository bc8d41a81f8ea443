"""The content of a made-up town of any size: documents with their history in git."""

import random
import shutil
import subprocess
from pathlib import Path

from benchmarks.generated_versions import Writer

SECTIONS = 5  # in a document
IN_SECTION = 6  # paragraphs below each heading: four of running text, two items of a list
REVISED = 10  # every tenth document has a second version
HOUSE = Path(__file__).resolve().parent.parent
HAND_WRITTEN = ["index", "mitmachen", "netiquette", "impressum", "datenschutz", "barrierefreiheit"]
DAY = "2024-03-08T12:00:00+00:00"
NEXT_DAY = "2024-03-09T12:00:00+00:00"
WRITER = Writer(seed=0)


def write_content(folder: Path, documents: int) -> None:
    """Write and commit so many documents of 30 paragraphs each."""
    texts = folder / "guidelines"
    texts.mkdir(parents=True)
    _git(folder, "init", "--quiet", "--initial-branch=main")
    for number in range(documents):
        (texts / f"{slug(number)}.md").write_text(document(number, 1), "utf-8")
    commit(folder, DAY)
    for number in range(0, documents, REVISED):
        (texts / f"{slug(number)}.md").write_text(document(number, 2), "utf-8")
    commit(folder, NEXT_DAY)


def write_house(folder: Path) -> None:
    """Copy the installation's settings, theme and assets; the hand-written pages are short."""
    folder.mkdir(parents=True)
    settings = (HOUSE / "mkdocs.yml").read_text("utf-8")
    address = settings.replace('site_url: ""', "site_url: https://texte.example.org/", 1)
    (folder / "mkdocs.yml").write_text(address, "utf-8")
    for part in ("theme", "assets"):
        shutil.copytree(HOUSE / "site_src" / part, folder / "site_src" / part)
    (folder / "site_src" / "pages").mkdir()
    for name in HAND_WRITTEN:
        front = f"---\ntitle: {name.title()}\ndescription: Eine Seite.\n---\n"
        (folder / "site_src" / "pages" / f"{name}.md").write_text(f"{front}\nEin Satz.\n", "utf-8")


def slug(number: int) -> str:
    """Return the slug of a document."""
    return f"text-{number:04}"


def document(number: int, version: int) -> str:
    """Return the Markdown of a document; in version 2 every paragraph of one section is new."""
    writer = _writer(number)
    front = f"---\ntitle: Text {number}\nversion: {version}\nstatus: adopted\n---\n"
    link = f"Siehe auch [Text {number // 2}]({slug(number // 2)}.md)."
    sections = [_section(writer, place) for place in range(1, SECTIONS + 1)]
    if version > 1:
        sections[1] = _section(_writer(-number - 1), 2)
    return "\n\n".join([f"{front}\n# Text {number}", link, *sections]) + "\n"


def edit(folder: Path, number: int) -> None:
    """Correct a word of a document and commit it."""
    file = folder / "guidelines" / f"{slug(number)}.md"
    file.write_text(file.read_text("utf-8").replace("Siehe auch", "Siehe dazu auch"), "utf-8")
    commit(folder, NEXT_DAY)


def commit(folder: Path, moment: str) -> None:
    """Commit all that changed, such that the commit has the same name on every machine."""
    _git(folder, "add", "--all", moment=moment)
    _git(folder, "commit", "--quiet", "--message=Stand", moment=moment)


def _writer(seed: int) -> Writer:
    """Return the one writer, his dice thrown anew: his vocabulary takes long to make."""
    WRITER.dice = random.Random(seed)  # noqa: S311  # the same texts each time, no secret
    return WRITER


def _section(writer: Writer, place: int) -> str:
    running = [writer.paragraph() for _ in range(IN_SECTION - 2)]
    items = "\n".join(f"- {writer.paragraph()}" for _ in range(2))
    return "\n\n".join([f"## {place}. Abschnitt", *running, items])


def _git(folder: Path, *arguments: str, moment: str = DAY) -> None:
    author = ["-c", "user.name=Redaktion", "-c", "user.email=redaktion@example.org"]
    dates = [f"GIT_AUTHOR_DATE={moment}", f"GIT_COMMITTER_DATE={moment}"]
    subprocess.run(  # noqa: S603  # git's own words and paths of ours; no shell
        ["env", *dates, "git", "-C", str(folder), *author, *arguments],  # noqa: S607
        check=True,
    )
