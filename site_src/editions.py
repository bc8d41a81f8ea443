"""Editions: each document with its published version, numbered and dated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from participation.document import Version, VersionStatus
from site_src.bare_markdown import BareMarkdown
from site_src.history import History, Obstacle
from site_src.messages import message
from site_src.problems import Problem, hint, warning
from site_src.source_values import SourceDocument


@dataclass(frozen=True, slots=True)
class Edition:
    """A document's source, and the version that it publishes."""

    source: SourceDocument
    version: Version

    @property
    def slug(self) -> str:
        """The document's slug."""
        return self.source.slug


@dataclass(frozen=True, slots=True)
class Definition:
    """A reference definition that the numbering reads, see ``paragraph_numbers``."""

    name: str
    address: str
    title: str

    def __str__(self) -> str:
        return f'[{self.name}]: {self.address} "{self.title}"'


def with_definitions(body: str, definitions: Sequence[Definition]) -> str:
    """Return the Markdown with definitions at its end."""
    return "\n".join([body.rstrip("\n"), "", *(str(one) for one in definitions), ""])


def numbering(slug: str, version: int, address: str = "#") -> Definition:
    """Return the definition that asks for numbers; ``#`` takes no comments."""
    return Definition("rn", address, f"{slug}/{version}")


def editions(
    documents: Sequence[SourceDocument], history: History, markdown: BareMarkdown, *, today: date
) -> list[Edition]:
    """Return the editions of all documents that are more than drafts, by slug."""
    return [
        Edition(document, _version(document, history, markdown, today))
        for document in sorted(documents, key=lambda document: document.slug)
        if document.status is not VersionStatus.DRAFT
    ]


def _version(
    document: SourceDocument, history: History, markdown: BareMarkdown, today: date
) -> Version:
    first = history.publication(document.file.path, document.version)
    asked = [numbering(document.slug, document.version)]
    body = document.file.body
    return Version(
        number=document.version,
        status=document.status,
        published=document.published or (first.day if first else today),
        changes=document.changes,
        source_hash=sha256(body.encode()).hexdigest(),
        paragraphs=markdown.render(with_definitions(body, asked)).paragraphs,
        commit=first.commit if first else None,
        window=document.window,
        moderation=document.moderation,
        answers=document.answers,
    )


def history_problems(documents: Sequence[SourceDocument], history: History) -> Iterator[Problem]:
    """Yield warnings of all that the history cannot tell, and hints at drafts."""
    if history.obstacle is not None:
        yield warning(".git", None, OBSTACLES[history.obstacle], CURES[history.obstacle])
    for document in documents:
        if document.status is VersionStatus.DRAFT:
            yield _draft(document)
        elif history.obstacle in {None, Obstacle.SHALLOW}:
            yield from _uncommitted(document, history)


def _uncommitted(document: SourceDocument, history: History) -> Iterator[Problem]:
    path, line = document.file.path, document.file.line("version")
    if history.publication(path, document.version) is None:
        yield warning(
            path,
            line,
            message("version {number} is not committed yet", number=document.version),
            message("commit the file: that publishes the version"),
        )
    elif not history.has_body(path, document.file.body):
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
}
