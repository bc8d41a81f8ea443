"""Publications: what every document has published so far, told from sources and history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from participation.document import VersionStatus
from site_src.bare_markdown import BareMarkdown
from site_src.editions import PublishedDocument, edition, followed, paragraphs_of
from site_src.history import History, Obstacle
from site_src.messages import message
from site_src.older_twins import older_twins
from site_src.problems import Problem, hint, warning
from site_src.settled_ways import Follow, SettledWays
from site_src.source_files import SourceFile
from site_src.source_values import SourceDocument
from site_src.states import State, Unreadable, is_committed, states
from site_src.version_history import version_history
from site_src.yaml_text import ReadYaml


@dataclass(slots=True)
class Publications:
    """The published documents by their slugs, and what is wrong with what they publish."""

    documents: dict[str, PublishedDocument] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reads a text, numbers its paragraphs and follows them into the next version."""

    read: ReadYaml
    markdown: BareMarkdown
    follow: Follow


def publications(
    documents: Sequence[SourceDocument],
    follows: Mapping[str, SourceFile],
    history: History,
    reading: Reading,
    *,
    today: date,
) -> Publications:
    """Return the documents that have published anything, by slug.

    ``follows`` has the ways that editors have settled, by slug.
    """
    told = Publications()
    told.problems += _obstacles(history)
    for document in sorted(documents, key=lambda document: document.slug):
        found = states(document, history.of(document.file.path), reading.read, today=today)
        told.problems += _of_the_present(document, found, history)
        published = _published(document, found, reading, follows, told.problems)
        if published is not None:
            told.documents[document.slug] = published
    return told


def _published(
    document: SourceDocument,
    found: Sequence[State | Unreadable],
    reading: Reading,
    follows: Mapping[str, SourceFile],
    problems: list[Problem],
) -> PublishedDocument | None:
    path, markdown = document.file.path, reading.markdown
    told = version_history(path, found, lambda text: len(paragraphs_of(text, markdown)))
    settled = SettledWays(follows.get(document.slug), reading.follow)
    editions = [edition(bearing, markdown) for bearing in told.versions]
    published = followed(editions, settled.between) if editions else None
    settled.refuse_unknown()
    problems += [*told.problems, *settled.problems]
    if published is not None:
        problems += older_twins(told.versions, published, markdown)
    return published


def _obstacles(history: History) -> Iterator[Problem]:
    if history.obstacle is Obstacle.UNREADABLE:
        what = message("git cannot read the history: {detail}", detail=history.detail)
        yield Problem(".git", None, what, CURES[Obstacle.UNREADABLE])
    elif history.obstacle is not None:
        yield warning(".git", None, OBSTACLES[history.obstacle], CURES[history.obstacle])


def _of_the_present(
    document: SourceDocument, found: Sequence[State | Unreadable], history: History
) -> Iterator[Problem]:
    if document.status is VersionStatus.DRAFT:
        yield _draft(document)
    elif history.obstacle in {None, Obstacle.SHALLOW}:
        yield from _uncommitted(document, found)


def _uncommitted(
    document: SourceDocument, found: Sequence[State | Unreadable]
) -> Iterator[Problem]:
    path, last = document.file.path, found[-1]
    if not is_committed(document, found):
        yield warning(
            path,
            document.file.line("version"),
            message("version {number} is not committed yet", number=document.version),
            message("commit the file: that publishes the version"),
        )
    elif isinstance(last, State) and last.commit is None:
        yield warning(
            path,
            document.file.body_line,
            message("the text differs from the one that is committed"),
            message("commit it as a correction, or raise “version” if more than words changed"),
        )


def _draft(document: SourceDocument) -> Problem:
    return hint(
        document.file.path,
        document.file.line("status"),
        message("this is a draft and is not published"),
        message("write “status: consultation” once it is to appear"),
    )


OBSTACLES = {
    Obstacle.NO_GIT: message("the program git is missing, so the history cannot be read"),
    Obstacle.NO_REPOSITORY: message("there is no git history here"),
    Obstacle.NO_COMMIT: message("nothing was committed yet"),
    Obstacle.SHALLOW: message("only a part of the git history is here (shallow clone)"),
}
CURES = {
    Obstacle.NO_GIT: message("install git; until then versions bear no commit"),
    Obstacle.NO_REPOSITORY: message("build in a clone; until then versions bear no commit"),
    Obstacle.NO_COMMIT: message("commit the texts; until then versions bear no commit"),
    Obstacle.SHALLOW: message(
        "fetch the rest with “git fetch --unshallow”; until then dates may be wrong"
    ),
    Obstacle.UNREADABLE: message(
        "clone it anew if it is damaged; if it belongs to another user, allow it with "
        "“git config --global --add safe.directory”"
    ),
}
