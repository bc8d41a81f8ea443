"""The feed of a document's contributions, for feed readers: what is public now, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from flask import Blueprint, Response, request, url_for
from markupsafe import escape

from comment_service.web.api import rendered
from comment_service.web.forms import read_language, wants_fresh
from comment_service.web.messages import Language, gettext_noop, language
from comment_service.web.rendering import FOREVER, Rendering
from comment_service.web.service import commenting, service
from comment_service.web.table_of_contributions import ERASED
from comment_service.web.words_of_contributions import KINDS, OUTCOMES
from participation.document import Document
from participation.public_contributions import PublicContribution
from participation.window import opening

if TYPE_CHECKING:
    from feedgenerator import Atom1Feed

bp = Blueprint("feeds", __name__)

ADDRESS = "/beitrag/<slug>/feed.atom"
ATOM = "application/atom+xml; charset=utf-8"
NEWEST = 100  # entries of a feed; readers keep what they have seen, and all is told elsewhere

TITLE = gettext_noop("%(title)s: contributions")
ENTRY = gettext_noop("%(kind)s no. %(ordinal)s on paragraph %(number)s, version %(version)s")
NOBODY = gettext_noop("without a name")
WORDING = gettext_noop("Proposed wording:")
ANSWER = gettext_noop("Answer of the working group: %(outcome)s")
EDITED = gettext_noop("Edited by its author.")


@bp.get(ADDRESS)
def of_document(slug: str) -> Response:
    """Answer the public contributions on a document that are new, edited or answered."""
    settings = service().settings
    base = settings.service_url or request.url_root
    asked = read_language(request)
    code = asked or settings.language
    own = urljoin(base, url_for(f"{bp.name}.of_document", slug=slug, lang=asked))

    def render(document: Document) -> Rendering:
        public = commenting().public.anew(document)
        site = urljoin(base, settings.site_url)
        written = _Feed(document, own, site, language(code)).written(public)
        return Rendering(written, FOREVER, ATOM)

    form = f"atom {own} {code}"
    return rendered(service().reading.export(slug, form, render, fresh=wants_fresh(request)))


@dataclass(frozen=True, slots=True)
class _Feed:
    """What writes the feed at the address ``own``, beside the site at the address ``site``."""

    document: Document
    own: str
    site: str
    words: Language

    def written(self, public: Sequence[PublicContribution]) -> bytes:
        # Loaded only where a feed is asked for.
        from feedgenerator import Atom1Feed  # noqa: PLC0415

        say, document = self.words.gettext, self.document
        feed = Atom1Feed(
            title=say(TITLE) % {"title": document.title},
            link=f"{self.site}{document.slug}/",
            description="",
            language=self.words.code,
            feed_url=self.own,
            feed_guid=self.own,
        )
        newest = sorted(public, key=lambda one: (changed_at(one), one.ordinal), reverse=True)
        for one in newest[:NEWEST]:
            self._add(feed, one)
        # The library would take this moment for the date of a feed in which there is nothing.
        feed.latest_post_date = lambda: self._changed_at(newest)
        text = StringIO()
        feed.write(text, "utf-8")
        return text.getvalue().encode()

    def _changed_at(self, newest: Sequence[PublicContribution]) -> datetime:
        published = opening(self.document.newest.published)
        return (changed_at(newest[0]) if newest else published).astimezone(UTC)

    def _add(self, feed: "Atom1Feed", one: PublicContribution) -> None:
        ref, say = one.ref, self.words.gettext
        told = {"ordinal": one.ordinal, "number": ref.number, "version": ref.version}
        feed.add_item(
            say(ENTRY) % {"kind": say(KINDS[one.kind]), **told},
            f"{self.site}{ref.document}/{ref.version}/#rn-{ref.number}",
            description=None,
            content="".join(self._told(one)),
            author_name=one.name or say(NOBODY),
            unique_id=f"urn:uuid:{one.id}",
            pubdate=one.received_at.astimezone(UTC),
            updateddate=changed_at(one).astimezone(UTC),
        )

    def _told(self, one: PublicContribution) -> Iterator[str]:
        say = self.words.gettext
        wording = self.document.paragraph(one.ref.version, one.ref.number).text
        yield f"<blockquote>{escape(wording)}</blockquote>"
        if one.is_erased:
            yield _paragraphs(say(ERASED))
            return
        yield _paragraphs(one.text)
        if one.proposed_wording is not None:
            yield _paragraphs(say(WORDING))
            yield f"<blockquote>{_paragraphs(one.proposed_wording)}</blockquote>"
        if one.edited_at is not None:
            yield _paragraphs(say(EDITED))
        if one.answer is not None:
            outcome = say(OUTCOMES[one.answer.outcome])
            yield _paragraphs(say(ANSWER) % {"outcome": outcome})
            yield _paragraphs(one.answer.reason)


def changed_at(one: PublicContribution) -> datetime:
    """Return when anything of a contribution that a reader is told changed last."""
    moments = (one.received_at, one.edited_at, one.answered_at)
    return max(moment for moment in moments if moment is not None)


def _paragraphs(text: str) -> str:
    """Return a plain text as HTML; empty lines part paragraphs, line ends stay."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    lines = [str(escape(part)).replace("\n", "<br>") for part in parts if part]
    return "".join(f'<p dir="auto">{line}</p>' for line in lines)
