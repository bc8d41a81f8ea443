"""From what is kept on a document to what everybody may see of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from comment_service.marks import Marks
from comment_service.storage.protocol import Store
from participation.contribution import Contribution, ContributionStatus, Transcribed
from participation.deciding import public_answers
from participation.decision import Decision
from participation.document import Document
from participation.public_contributions import HandedIn, PublicContribution
from participation.support import Support
from participation.word_diff import Piece, word_diff

COMPARED = 1000  # proposals whose difference is remembered
Public = tuple[PublicContribution, ...]


class MakingPublic:
    """Makes public what is kept on a document; keeps what it made until something changes."""

    def __init__(self, store: Store, marks: Marks) -> None:
        """Lean on the store and on the marks by which changes are noticed."""
        self._store = store
        self._marks = marks
        self._made: dict[str, tuple[Document, str, Public]] = {}

    def __call__(self, document: Document) -> Public:
        """Return the public contributions on a document as they are at this moment.

        Raises:
            StoreUnavailable: If it is not known what is public.
        """
        mark = self._marks(document.slug, fresh=True)  # before the store is read
        made = self._made.get(document.slug)
        if made is not None and made[0] is document and made[1] == mark:
            return made[2]
        public = self.anew(document)
        self._made[document.slug] = (document, mark, public)
        return public

    def anew(self, document: Document) -> Public:
        """Return the same, made anew and not kept: for what keeps its own rendering of it.

        Raises:
            StoreUnavailable: If it is not known what is public.
        """
        slug, store = document.slug, self._store
        decisions, supports = store.decisions(slug), store.supports(slug)
        return made_public(document, store.of_document(slug), decisions, supports)


def made_public(
    document: Document,
    kept: Sequence[Contribution],
    decisions: Sequence[Decision] = (),
    supports: Sequence[Support] = (),
) -> Public:
    """Return the public contributions on the versions of a document, by their ordinals.

    ``kept`` is all that is kept on it, oldest first: what is not public is counted all the same,
    so that no number ever changes (docs/decisions/0024).
    """
    there = {version.number for version in document.versions}
    answers = public_answers(decisions)
    backed = Counter(one.contribution for one in supports if not one.is_withdrawn)
    return tuple(
        _public(one, document, ordinal, answers, backed[one.id])
        for ordinal, one in enumerate(kept, start=1)
        if one.status is ContributionStatus.PUBLISHED and one.ref.version in there
    )


def ordinals(kept: Sequence[Contribution]) -> dict[str, int]:
    """Return the number of each contribution on a document by its id; ``kept`` as above."""
    return {one.id: ordinal for ordinal, one in enumerate(kept, start=1)}


def _public(
    one: Contribution,
    document: Document,
    ordinal: int,
    answers: Mapping[str, Decision],
    supports: int,
) -> PublicContribution:
    shown = PublicContribution(
        id=one.id,
        ordinal=ordinal,
        ref=one.ref,
        kind=one.kind,
        text=one.text,
        name=one.name,
        channel=one.channel,
        received_at=one.received_at,
        transcribed=None if one.transcribed is None else _handed_in(one.transcribed),
        is_blacked_out=one.is_blacked_out,
        is_erased=one.erased_at is not None,
        proposed_wording=one.proposed_wording,
        difference=_difference(one, document),
        in_reply_to=one.in_reply_to,
        supports=supports,
        edited_at=one.edited_at,
    )
    decision = answers.get(one.id)
    if decision is None:
        return shown
    return replace(shown, answer=decision.answer, answered_at=decision.published_at)


def _difference(one: Contribution, document: Document) -> tuple[Piece, ...]:
    if one.proposed_wording is None:
        return ()
    paragraph = document.paragraph(one.ref.version, one.ref.number)
    return _compared(paragraph.text, one.proposed_wording)


@lru_cache(maxsize=COMPARED)
def _compared(old: str, new: str) -> tuple[Piece, ...]:
    # All is made public anew after every change, and to compare two wordings takes long.
    return word_diff(old, new)


def _handed_in(transcribed: Transcribed) -> HandedIn:
    return HandedIn(
        event=transcribed.event,
        came_on=transcribed.came_on,
        people=transcribed.people,
        is_late=transcribed.is_late,
    )
