"""The sources: what editors wrote, read into typed values, and what is wrong with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from site_src.file_names import check_document_name, check_minutes_name
from site_src.messages import LANGUAGES, message
from site_src.problems import BrokenSource, Problem, errors
from site_src.schema_check import check_schema
from site_src.source_files import SourceFile, read_markdown, read_yaml_file
from site_src.source_values import (
    SourceDate,
    SourceDocument,
    SourceMeeting,
    read_date,
    read_document,
    read_meeting,
)
from site_src.yaml_text import ReadYaml, read_yaml

SCHEDULE = "schedule.yml"
PAGES = "site_src/pages"
ARCHIVE = ".contributions.json"  # ends the names of archives
FOLLOWS = ".follows.yml"  # ends the names of files that settle ways between versions
TEXT_FILES = {".md", ".yml", ".yaml"}  # what is read; all else is copied as it is


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A hand-written page; ``name`` is its path among the pages: ``mitmachen.md``.

    In another language than the texts it bears that in its name: ``mitmachen.en.md``.
    """

    name: str
    file: SourceFile

    @property
    def page(self) -> str:
        """The path of the page that it becomes, which is the same in every language."""
        return page_name(self.name)

    @property
    def language(self) -> str | None:
        """The language that its name tells; none: that of the texts."""
        return next((one for one in LANGUAGES if self.name.endswith(f".{one}.md")), None)


def page_name(name: str) -> str:
    """Return the path of the page that a file of this name becomes: ``mitmachen.md``."""
    for language in LANGUAGES:
        name = name.removesuffix(f".{language}.md") + ".md" * name.endswith(f".{language}.md")
    return name


@dataclass(slots=True)
class Sources:
    """All that was read; ``unread`` are the paths of files that could not be.

    ``follows`` has the settled ways of each document by its slug, ``archives`` the files of
    contributions to be read once it is known what was published.
    """

    read: ReadYaml = read_yaml
    documents: list[SourceDocument] = field(default_factory=list)
    meetings: list[SourceMeeting] = field(default_factory=list)
    dates: list[SourceDate] = field(default_factory=list)
    pages: list[SourcePage] = field(default_factory=list)
    follows: dict[str, SourceFile] = field(default_factory=dict)
    archives: dict[str, Path] = field(default_factory=dict)
    schedule: SourceFile = field(default_factory=lambda: SourceFile(SCHEDULE, {}))
    files: list[SourceFile] = field(default_factory=list)
    copies: dict[str, Path] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_sources(content: Path, pages: Path, read: ReadYaml = read_yaml) -> Sources:
    """Read ``guidelines/``, ``minutes/`` and ``schedule.yml`` below ``content``, and the pages."""
    sources = Sources(read)
    _read_folder(content, "guidelines", sources, _read_document)
    _read_folder(content, "minutes", sources, _read_minutes)
    _read_all_follows(content, sources)
    _read_schedule(content / SCHEDULE, sources)
    for path in _files(pages):
        _read_page(path.relative_to(pages).as_posix(), path, sources)
    if not sources.documents and not sources.problems:
        sources.problems.append(_no_documents())
    return sources


def _read_folder(
    content: Path, folder: str, sources: Sources, read: Callable[[str, Path, Sources], None]
) -> None:
    for path in _files(content / folder):
        relative = path.relative_to(content).as_posix()
        if folder == "guidelines" and path.name.endswith(ARCHIVE):
            sources.archives[path.name.removesuffix(ARCHIVE)] = path
        elif path.suffix not in TEXT_FILES:
            sources.copies[relative] = path
        elif path.suffix == ".md":
            _collecting(sources, relative, partial(read, relative, path, sources))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(
            part.startswith(".") for part in path.relative_to(folder).parts
        ):
            yield path


def _collecting(sources: Sources, path: str, read: Callable[[], None]) -> None:
    """Let one file fail without keeping the others from being read."""
    try:
        read()
    except BrokenSource as broken:
        sources.problems.append(broken.problem)
        sources.unread.add(path)


def _checked(
    sources: Sources, read: tuple[SourceFile, list[Problem]], schema: str, *more: Problem
) -> SourceFile | None:
    """Note a file and its problems; return it only if its values can be relied on."""
    source, problems = read
    wrong = check_schema(source, schema)
    sources.files.append(source)
    sources.problems += [*problems, *more, *wrong]
    if errors([*wrong, *more]):
        sources.unread.add(source.path)
        return None
    return source


def _read_document(path: str, file: Path, sources: Sources) -> None:
    wrong_name = check_document_name(path)
    source = _checked(sources, read_markdown(path, file, sources.read), "document", *wrong_name)
    if source is not None:
        sources.documents.append(read_document(source))


def _read_minutes(path: str, file: Path, sources: Sources) -> None:
    source = _checked(sources, read_markdown(path, file, sources.read), "minutes")
    if source is not None:
        sources.problems += check_minutes_name(source)
        sources.meetings.append(read_meeting(source))


def _read_all_follows(content: Path, sources: Sources) -> None:
    for file in sorted((content / "guidelines").glob(f"*{FOLLOWS}")):
        path = f"guidelines/{file.name}"
        _collecting(sources, path, partial(_read_follows, path, file, sources))


def _read_follows(path: str, file: Path, sources: Sources) -> None:
    source = _checked(sources, read_yaml_file(path, file, sources.read), "follows")
    if source is not None:
        sources.follows[file.name.removesuffix(FOLLOWS)] = source


def _read_schedule(file: Path, sources: Sources) -> None:
    if not file.exists():
        return
    _collecting(sources, SCHEDULE, partial(_read_dates, file, sources))


def _read_dates(file: Path, sources: Sources) -> None:
    source = _checked(sources, read_yaml_file(SCHEDULE, file, sources.read), "schedule")
    if source is None:
        return
    sources.schedule = source
    for index, _ in enumerate(source.front["dates"]):
        try:
            sources.dates.append(read_date(source, index))
        except BrokenSource as broken:
            sources.problems.append(broken.problem)


def _read_page(name: str, file: Path, sources: Sources) -> None:
    path = f"{PAGES}/{name}"
    if file.suffix == ".md":
        _collecting(sources, path, partial(_read_markdown_page, name, path, file, sources))
    else:
        sources.copies[path] = file


def _read_markdown_page(name: str, path: str, file: Path, sources: Sources) -> None:
    source = _checked(sources, read_markdown(path, file, sources.read), "page")
    if source is not None:
        sources.pages.append(SourcePage(name, source))


def _no_documents() -> Problem:
    return Problem(
        "guidelines",
        None,
        message("there is no document here"),
        message("write one, say guidelines/leitlinien.md, or name the right folder by --content"),
    )
