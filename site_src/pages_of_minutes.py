"""The pages of the meetings: the minutes of each, and the list of all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from participation.meeting import Meeting
from site_src.editions import PublishedDocument
from site_src.messages import Translator
from site_src.page_addresses import (
    ALL_MINUTES,
    MEETINGS,
    PageAddresses,
    document_page,
    link_to,
    meeting_page,
    version_page,
)
from site_src.pages import Page, facts, headings_meta, link, plain, with_heading
from site_src.source_values import SourceMeeting
from site_src.words_of_meetings import meeting_words, paragraphs_words, runs, when_words

INDEX = f"{MEETINGS}/index.md"


@dataclass(frozen=True, slots=True)
class MinutesPages:
    """Lays out minutes, with links to what they discussed."""

    addresses: PageAddresses
    documents: Mapping[str, PublishedDocument]
    translator: Translator

    def page(self, source: SourceMeeting) -> Page:
        """Return the page of one meeting: its facts, its decisions, its minutes."""
        meeting = source.meeting
        words = meeting_words(meeting, self.translator)
        body = self.addresses.rewritten(source.file.body, source.file.path)
        title = self.translator.quoted(meeting.title)
        heading, rest = with_heading(body, f"{words}: {title}")
        if not heading.endswith(title):
            heading = self._quoted_heading(heading)
        decisions = self._decisions(meeting)
        parts = [heading, self._facts(meeting), decisions, self._quoted_block(rest)]
        return Page(
            path=meeting_page(meeting.date),
            title=words,
            description=f"{words}: {meeting.title}",
            body="\n\n".join(part for part in parts if part),
            source=source.file.path,
            example=source.example,
            meta={
                "meeting": meeting.number,
                "date": meeting.date.isoformat(),
                **headings_meta(self.translator, self.translator.gettext("Decisions")),
            },
        )

    def _quoted_heading(self, heading: str) -> str:
        """Return a heading that an editor wrote; what stands in braces behind it is no word."""
        words, brace, attributes = heading.removeprefix("# ").partition(" {")
        return f"# {self.translator.quoted(words)}{brace}{attributes}"

    def _quoted_block(self, text: str) -> str:
        if not self.translator.texts or not text:
            return text
        return f"<div{self.translator.foreign} markdown>\n\n{text}\n\n</div>"

    def overview(self, sources: Sequence[SourceMeeting]) -> Page:
        """Return the list of all meetings by years, newest first."""
        meetings = [source.meeting for source in sources]
        say = self.translator.gettext
        heading, nothing = say("Meetings and minutes"), say("There are no minutes yet.")
        feed = link(say("New minutes as a feed (Atom)"), link_to(ALL_MINUTES, here=INDEX))
        newest_first = sorted(meetings, key=lambda meeting: meeting.date, reverse=True)
        years = [
            f"## {year}\n\n{self._list(list(group))}"
            for year, group in groupby(newest_first, key=lambda meeting: meeting.date.year)
        ]
        return Page(
            path=INDEX,
            title=say("Meetings"),
            description=say("What the working group discussed and decided, meeting by meeting."),
            body="\n\n".join([f"# {heading}", *([*years, feed] if years else [nothing])]),
            source="minutes",
            example=any(source.example for source in sources),
        )

    def _list(self, meetings: Sequence[Meeting]) -> str:
        return "\n".join(
            f"-   {link(meeting_words(meeting, self.translator), f'{meeting.date}.md')}<br>\n"
            f"    {plain(self.translator.quoted(meeting.title))}"
            for meeting in meetings
        )

    def _facts(self, meeting: Meeting) -> str:
        say, quoted = self.translator.gettext, self.translator.quoted
        public = say("public, guests are welcome") if meeting.public else say("not public")
        return facts(
            {
                say("When"): [when_words(meeting, self.translator)],
                say("Where"): [plain(quoted(meeting.place))],
                say("Who may come"): [public],
                say("Present"): [", ".join(plain(quoted(group)) for group in meeting.present)]
                if meeting.present
                else [],
                say("Discussed"): list(self._discussed(meeting)),
            }
        )

    def _decisions(self, meeting: Meeting) -> str:
        if not meeting.decisions:
            return ""
        heading = self.translator.gettext("Decisions")
        items = [f"-   {plain(self.translator.quoted(decision))}" for decision in meeting.decisions]
        return "\n".join([f"## {heading}", "", *items])

    def _discussed(self, meeting: Meeting) -> Iterator[str]:
        numbers: dict[tuple[str, int | None], list[int]] = {}
        for each in meeting.discussed:
            version = each.paragraphs[0].version if each.paragraphs else None
            places = numbers.setdefault((each.document, version), [])
            places += [ref.number for ref in each.paragraphs]
        for (slug, version), paragraphs in numbers.items():
            yield from self._places(slug, version, paragraphs)

    def _places(self, slug: str, version: int | None, numbers: list[int]) -> Iterator[str]:
        published = self.documents.get(slug)
        if published is None:
            return  # a draft, or unknown: the checks name it
        title = self.translator.quoted(published.newest.source.title)
        newest = published.newest.version.number
        page = document_page(slug)
        if version is not None and version != newest:
            page = version_page(slug, version)
        target = link_to(page, here=INDEX)
        if version is None:
            yield link(title, target)
        for first, last in runs(numbers):
            words = self.translator.gettext(
                "{title}, version {version}, {paragraphs}",
                title=title,
                version=version,
                paragraphs=paragraphs_words(first, last, self.translator),
            )
            yield link(words, f"{target}#rn-{first}")
