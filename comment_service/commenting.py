"""What residents do with contributions: hand them in, and read what is public."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from comment_service.browser_tokens import is_token, mark_on
from comment_service.judging import Doubts, Judging
from comment_service.making_public import MakingPublic, Public
from comment_service.marks import Marks
from comment_service.receipts import receipt_code, receipt_digest
from comment_service.sent import Sent
from comment_service.storage.protocol import Once, Store
from participation.carried import carried
from participation.catalogue import Catalogue
from participation.contribution import (
    Contribution,
    ContributionKind,
    ContributionStatus,
    Draft,
)
from participation.document import Document, Version
from participation.paragraph import Paragraph, ParagraphRef
from participation.public_contributions import PublicContribution
from participation.refusals import UnknownContribution
from participation.said_on_paragraphs import Said, changed_because_of
from participation.taking import Given, take
from participation.window import WindowState


@dataclass(frozen=True, slots=True)
class Taken:
    """A contribution that was taken, and the code that proves it is one's own.

    ``newest`` is the number of the newest version of its document: a page may be stale.
    """

    contribution: Contribution
    receipt: str
    newest: int


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """A version at the moment ``now``, with its public contributions in the order of the text.

    ``state`` is None if the version never takes contributions.
    """

    version: Version
    state: WindowState | None
    contributions: Public
    now: datetime

    def on_paragraph(self, number: int) -> Public:
        """Return the public contributions on one paragraph, oldest first."""
        return tuple(entry for entry in self.contributions if entry.ref.number == number)


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """A document at one moment; all of its versions, or those that were asked for.

    ``contributions`` are all public ones by their ordinals, on whatever version.
    """

    document: Document
    versions: tuple[VersionSeen, ...]
    contributions: Public

    @property
    def counts(self) -> dict[int, int]:
        """The number of public contributions on each version, asked for or not."""
        counted = Counter(entry.ref.version for entry in self.contributions)
        return {version.number: counted[version.number] for version in self.document.versions}

    @property
    def count(self) -> int:
        """The number of public contributions on all versions, each counted once."""
        return len(self.contributions)

    def earlier(self, version: int) -> tuple[Said, ...]:
        """Return what was said on the versions before, with its places in this one."""
        return carried(self.document, self.contributions, version)

    def because(self, version: int) -> dict[int, list[PublicContribution]]:
        """Return those on whose answers a paragraph of the version was changed, by its number."""
        return changed_because_of(self.contributions, self.document.slug, version)


@dataclass(frozen=True, slots=True)
class ParagraphSeen:
    """One paragraph at the moment ``now``, with its public contributions, oldest first.

    ``earlier`` is what was said on what it was in the versions before; ``because`` are those on
    whose answers it was changed.
    """

    document: Document
    version: Version
    paragraph: Paragraph
    state: WindowState | None
    contributions: Public
    earlier: tuple[Said, ...]
    because: Public
    now: datetime


@dataclass(frozen=True, slots=True)
class Commenting:
    """The use cases of commenting, with all they lean on handed in."""

    published: Callable[[], Catalogue]
    store: Store
    public: MakingPublic
    secret: Callable[[], bytes]
    marks: Marks
    judging: Judging
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def contribute(
        self, draft: Draft, *, key: str | None = None, sent: Sent | None = None
    ) -> Taken:
        """Take a resident's draft; with an idempotency key, only once.

        A request that is repeated gets the first answer, even if the window has closed
        in between: whoever lost the answer on the way has not come too late.

        Raises:
            IdempotencyKeyReused: If the key was used for another draft.
            UnknownDocument, UnknownVersion, UnknownParagraph: If there is no such paragraph.
            WindowNotOpen: If the version takes no contributions now.
            InvalidInput: If a field cannot be taken.
            UnknownContribution: If a reply answers what is not public.
            TooMany: If nothing more is taken from there for a while.
        """
        once = None if key is None else _once(key, draft)
        before = self.store.taken(once) if once else None
        if before is not None:
            return self._again(before)
        sent, slug = sent or Sent(), draft.ref.document
        self.published().paragraph(draft.ref)
        with self.judging.judged(sent, slug, self.clock()) as doubts:
            new = self._take(draft, sent, doubts)
            kept = self.store.add(new.contribution, once=once)
        self.marks.forget(slug)
        return new if kept.id == new.contribution.id else self._again(kept)

    def document(self, slug: str, version: int | None = None) -> DocumentSeen:
        """Return a document with all of its versions, or with one.

        Raises:
            UnknownDocument, UnknownVersion: If there is no such one.
        """
        document = self.published().document(slug)
        wanted = None if version is None else document.version(version)
        return self._see(document, self.public(document), wanted)

    def see(self, document: Document, only: Version | None = None) -> DocumentSeen:
        """Return a document of the catalogue, read anew, with all of its versions or with one."""
        return self._see(document, self.public.anew(document), only)

    def paragraph(self, ref: ParagraphRef) -> ParagraphSeen:
        """Return a paragraph and the contributions on it.

        Raises:
            UnknownDocument, UnknownVersion, UnknownParagraph: If there is no such one.
        """
        paragraph = self.published().paragraph(ref)
        seen = self.document(ref.document, ref.version)
        version = seen.versions[0]
        return ParagraphSeen(
            document=seen.document,
            version=version.version,
            paragraph=paragraph,
            state=version.state,
            contributions=version.on_paragraph(ref.number),
            earlier=tuple(one for one in seen.earlier(ref.version) if ref.number in one.here),
            because=tuple(seen.because(ref.version).get(ref.number, ())),
            now=version.now,
        )

    def contribution(self, contribution_id: str) -> PublicContribution:
        """Return a public contribution.

        Raises:
            UnknownContribution: If there is none, or it is not public.
        """
        slug = self.store.get(contribution_id).ref.document
        document = self.published().documents.get(slug)
        for one in () if document is None else self.public(document):
            if one.id == contribution_id:
                return one
        raise UnknownContribution(contribution_id)

    def confirmed(self, contribution_id: str, ref: ParagraphRef) -> ContributionStatus | None:
        """Return the status of a contribution on that paragraph, None if there is none."""
        try:
            contribution = self.store.get(contribution_id)
        except UnknownContribution:
            return None
        return contribution.status if contribution.ref == ref else None

    def check(self) -> None:
        """Return if contributions could be taken now.

        Raises:
            UnreadableCatalogue: If it is not known what is published.
            StoreUnavailable: If the store could not take one.
        """
        self.published()
        self.store.check()

    def _take(self, draft: Draft, sent: Sent, doubts: Doubts) -> Taken:
        document, contribution_id = self.published().document(draft.ref.document), self.new_id()
        code = receipt_code(self.secret(), contribution_id)
        contribution = take(
            draft,
            document.version(draft.ref.version),
            Given(
                contribution_id,
                receipt_digest(code),
                author_mark=self._mark(contribution_id, sent.browser_token),
                doubts=doubts,
            ),
            now=self.clock(),
            answered=self._answered(draft),
        )
        return Taken(contribution, code, document.newest.number)

    def _again(self, contribution: Contribution) -> Taken:
        """Return what was taken before with the same code as then."""
        document = self.published().documents.get(contribution.ref.document)
        newest = contribution.ref.version if document is None else document.newest.number
        return Taken(contribution, receipt_code(self.secret(), contribution.id), newest)

    def _mark(self, contribution_id: str, token: str | None) -> str | None:
        # A token that is none of ours costs nobody their text.
        if token is None or not is_token(self.secret(), token):
            return None
        return mark_on(contribution_id, token, self.secret())

    def _answered(self, draft: Draft) -> Contribution | None:
        """Return what a reply answers, None if there is no such contribution."""
        if draft.kind != ContributionKind.REPLY or not draft.in_reply_to:
            return None
        try:
            return self.store.get(draft.in_reply_to)
        except UnknownContribution:
            return None

    def _see(self, document: Document, public: Public, only: Version | None) -> DocumentSeen:
        now = self.clock()
        versions = document.versions if only is None else (only,)
        return DocumentSeen(
            document, tuple(_see_version(version, public, now) for version in versions), public
        )


def _see_version(version: Version, public: Public, now: datetime) -> VersionSeen:
    on_it = [entry for entry in public if entry.ref.version == version.number]
    return VersionSeen(
        version,
        None if version.window is None else version.window.state(now),
        tuple(sorted(on_it, key=lambda entry: entry.ref.number)),  # stable: oldest first
        now,
    )


def _once(key: str, draft: Draft) -> Once:
    # JSON in ASCII: a draft that was not yet looked at may hold what no UTF-8 can.
    said = [str(draft.ref), draft.kind, draft.text, draft.name]
    rare = [draft.proposed_wording, draft.in_reply_to]
    asked = json.dumps(said + (rare if any(rare) else []))
    return Once(_digest(key), _digest(asked))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
