"""Public contributions: what everybody may see, in the one form of service, archive and site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Never

from participation.contribution import Channel, ContributionKind
from participation.decision import Answer, Outcome
from participation.faults import UnreadableContributions
from participation.paragraph import ParagraphRef
from participation.window import HOME, Window, WindowState
from participation.word_diff import Change, Piece


@dataclass(frozen=True, slots=True)
class HandedIn:
    """How a transcribed contribution came in, as far as it is public.

    ``came_on`` is the day of the event or of the letter; ``people`` stand behind it together.
    """

    event: str | None = None
    came_on: date | None = None
    people: int = 1
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class PublicContribution:
    """A contribution as everybody may see it.

    ``ordinal`` is its number among those on its document, by which people name it; with an
    ``answer`` comes ``answered_at``, the moment when it was published first. ``difference`` is
    from the paragraph to the ``proposed_wording`` of a change proposal; what stands
    ``in_reply_to`` another may answer one that is no longer public.
    """

    id: str
    ordinal: int
    ref: ParagraphRef
    kind: ContributionKind
    text: str
    name: str | None
    channel: Channel
    received_at: datetime
    transcribed: HandedIn | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None
    is_blacked_out: bool = False
    is_erased: bool = False
    proposed_wording: str | None = None
    difference: tuple[Piece, ...] = ()
    in_reply_to: str | None = None
    supports: int = 0
    edited_at: datetime | None = None

    @property
    def lacks_answer(self) -> bool:
        """Whether it waits for an answer: that to a contribution stands for its replies, too."""
        return self.answer is None and self.kind is not ContributionKind.REPLY


@dataclass(frozen=True, slots=True)
class WindowSeen:
    """A version's window, and where the moment lay at which it was looked at."""

    window: Window
    state: WindowState


@dataclass(frozen=True, slots=True)
class PublicContributions:
    """All public contributions on a document, by their ordinals.

    ``windows`` has the window of each version by its number; none: it takes no contributions.
    """

    document: str
    title: str
    windows: Mapping[int, WindowSeen | None] = field(default_factory=dict)
    contributions: tuple[PublicContribution, ...] = ()

    def on_version(self, number: int) -> tuple[PublicContribution, ...]:
        """Return those on one version."""
        return tuple(one for one in self.contributions if one.ref.version == number)


def plain_contribution(one: PublicContribution) -> dict[str, Any]:
    """Return a contribution as plain data for JSON."""
    return {
        "id": one.id,
        "ordinal": one.ordinal,
        "document": one.ref.document,
        "version": one.ref.version,
        "number": one.ref.number,
        "kind": one.kind.value,
        "text": one.text,
        "name": one.name,
        "channel": one.channel.value,
        "received_at": _at_home(one.received_at),
        "transcribed": None if one.transcribed is None else _plain_handed_in(one.transcribed),
        "answer": _plain_answer(one),
        "blacked_out": one.is_blacked_out,
        "erased": one.is_erased,
        "proposed_wording": one.proposed_wording,
        "difference": plain_pieces(one.difference),
        "in_reply_to": one.in_reply_to,
        "supports": one.supports,
        "edited_at": None if one.edited_at is None else _at_home(one.edited_at),
    }


def plain_pieces(pieces: Iterable[Piece]) -> list[dict[str, str]]:
    """Return the pieces of two wordings as plain data for JSON."""
    return [{"change": piece.change.value, "text": piece.text} for piece in pieces]


def read_contributions(plain: Mapping[str, Any]) -> PublicContributions:
    """Read what ``GET /api/documents/{slug}/contributions`` tells; see contributions.schema.json.

    What is told twice for those who show it (the contributions on earlier versions beside a
    later one, counts, differences) is left out: it follows from the rest.

    Raises:
        UnreadableContributions: If a part is missing or makes no sense.
    """
    try:
        found = sorted(_read_all(plain), key=lambda one: one.ordinal)
        windows = {one["version"]: _read_window(one["window"]) for one in plain["versions"]}
        _refuse_doubles(found)
        return PublicContributions(plain["document"], plain["title"], windows, tuple(found))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableContributions(f"the contributions make no sense: {error!r}") from error


def _read_all(plain: Mapping[str, Any]) -> Iterator[PublicContribution]:
    for version in plain["versions"]:
        for paragraph in version["paragraphs"]:
            ref = ParagraphRef(plain["document"], version["version"], paragraph["number"])
            for entry in paragraph["contributions"]:
                one = _read_contribution(entry)
                if one.ref != ref:
                    _senseless(f"{one.id} stands at {ref} and names {one.ref}")
                yield one


def _read_contribution(plain: Mapping[str, Any]) -> PublicContribution:
    answer, transcribed = plain["answer"], plain["transcribed"]
    edited_at = plain.get("edited_at")
    return PublicContribution(
        id=plain["id"],
        ordinal=plain["ordinal"],
        ref=_read_ref(plain),
        kind=ContributionKind(plain["kind"]),
        text=plain["text"],
        name=plain["name"],
        channel=Channel(plain["channel"]),
        received_at=_read_moment(plain["received_at"]),
        transcribed=None if transcribed is None else _read_handed_in(transcribed),
        answer=None if answer is None else _read_answer(answer),
        answered_at=None if answer is None else _read_moment(answer["published_at"]),
        is_blacked_out=plain["blacked_out"],
        is_erased=plain["erased"],
        # What archives of earlier releases do not tell was not there.
        proposed_wording=plain.get("proposed_wording"),
        difference=tuple(_read_piece(piece) for piece in plain.get("difference", ())),
        in_reply_to=plain.get("in_reply_to"),
        supports=plain.get("supports", 0),
        edited_at=None if edited_at is None else _read_moment(edited_at),
    )


def _read_piece(plain: Mapping[str, Any]) -> Piece:
    return Piece(Change(plain["change"]), plain["text"])


def _read_answer(plain: Mapping[str, Any]) -> Answer:
    return Answer(
        outcome=Outcome(plain["outcome"]),
        reason=plain["reason"],
        meeting=_read_day(plain["meeting"]),
        changes=tuple(_read_ref(change) for change in plain["changes"]),
    )


def _plain_answer(one: PublicContribution) -> dict[str, Any] | None:
    answer, answered_at = one.answer, one.answered_at
    if answer is None or answered_at is None:
        return None
    return {
        "outcome": answer.outcome.value,
        "reason": answer.reason,
        "meeting": None if answer.meeting is None else answer.meeting.isoformat(),
        "published_at": _at_home(answered_at),
        "changes": [
            {"document": ref.document, "version": ref.version, "number": ref.number}
            for ref in answer.changes
        ],
    }


def _read_handed_in(plain: Mapping[str, Any]) -> HandedIn:
    return HandedIn(plain["event"], _read_day(plain["came_on"]), plain["people"], plain["late"])


def _plain_handed_in(one: HandedIn) -> dict[str, Any]:
    came_on = None if one.came_on is None else one.came_on.isoformat()
    return {"event": one.event, "came_on": came_on, "people": one.people, "late": one.is_late}


def _read_window(plain: Mapping[str, Any] | None) -> WindowSeen | None:
    if plain is None:
        return None
    closes = plain["closes"]
    window = Window(_read_moment(plain["opens"]), None if closes is None else _read_moment(closes))
    return WindowSeen(window, WindowState(plain["state"]))


def _read_ref(plain: Mapping[str, Any]) -> ParagraphRef:
    return ParagraphRef(plain["document"], plain["version"], plain["number"])


def _read_day(plain: str | None) -> date | None:
    return None if plain is None else date.fromisoformat(plain)


def _read_moment(plain: str) -> datetime:
    moment = datetime.fromisoformat(plain)
    if moment.tzinfo is None:
        _senseless(f"{plain} has no offset")
    return moment.astimezone(HOME)


def _at_home(moment: datetime) -> str:
    return moment.astimezone(HOME).isoformat()


def _refuse_doubles(found: Sequence[PublicContribution]) -> None:
    for what in ({one.id for one in found}, {one.ordinal for one in found}):
        if len(what) != len(found):
            _senseless("an id or an ordinal is there twice")


def _senseless(what: str) -> Never:
    raise ValueError(what)
