"""The JSON that goes in and out; the OpenAPI document is generated from these types."""

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from participation.contribution import (
    NAME_LIMIT,
    TEXT_LIMIT,
    WORDING_LIMIT,
    Channel,
    ContributionKind,
    ContributionStatus,
    HidingReason,
)
from participation.decision import Outcome
from participation.document import Moderation, VersionStatus
from participation.window import WindowState
from participation.word_diff import Change


def _told(description: str, *examples: Any, **schema: Any) -> Meta:
    return Meta(
        description=description, examples=list(examples) or None, extra_json_schema=schema or None
    )


Slug = Annotated[str, _told("Name of a document in addresses.", "leitlinien")]
VersionNumber = Annotated[int, _told("Number of a version, counted from 1.", 1)]
ParagraphNumber = Annotated[int, _told("Number of a paragraph (Rn.), counted from 1.", 14)]
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, _told("Number of public contributions.", 2)]
AllVersions = Annotated[
    int, _told("Number of public contributions on all versions, removed paragraphs included.", 12)
]
Answers = Annotated[
    date | None, _told("Day by which the working group answers; null: not known.", "2024-04-22")
]


class NewContribution(Struct, forbid_unknown_fields=True):
    """What a resident hands in. The rules look at the values; here are only their types."""

    kind: Annotated[
        str,
        _told(
            "What the contribution wants.", "comment", enum=[str(kind) for kind in ContributionKind]
        ),
    ]
    text: Annotated[
        str,
        _told(
            "Plain text. Line breaks are kept, other control characters refused.",
            "Bitte mehr Bänke.",
            minLength=1,
            maxLength=TEXT_LIMIT,
        ),
    ]
    name: Annotated[
        str | None,
        _told("Shown beside the text; without it the contribution is anonymous.", "Ada"),
        Meta(extra_json_schema={"maxLength": NAME_LIMIT}),
    ] = None
    proposed_wording: Annotated[
        str | None,
        _told(
            "Of a proposal, which needs it: the whole new wording of the paragraph; `text` is the "
            "reason.",
            "Es gibt mehr Bänke.",
        ),
        Meta(extra_json_schema={"maxLength": WORDING_LIMIT}),
    ] = None
    in_reply_to: Annotated[
        str | None,
        _told(
            "Of a reply, which needs it: id of the public contribution on the same paragraph "
            "that it answers, no reply itself.",
            "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
        ),
    ] = None
    proof: Annotated[
        str | None,
        _told(
            "A solved challenge, as `/api/challenge` tells. Ordinary amounts need none; beyond "
            "them, what comes without is `pending` until somebody has read it.",
            "eyJjaGFsbGVuZ2UiOnt9LCJzb2x1dGlvbiI6e319",
        ),
    ] = None


class Window(Struct):
    """When a version takes contributions: from ``opens`` until just before ``closes``."""

    opens: Moment
    closes: Annotated[Moment | None, _told("null: open until further notice.")]
    state: Annotated[WindowState, _told("Where the present moment lies.")]


class Version(Struct):
    """A published state of a document."""

    version: VersionNumber
    status: VersionStatus
    published: date
    changes: Annotated[str, _told("What is new in it, in one sentence.")]
    window: Annotated[Window | None, _told("null: takes no contributions.")]
    moderation: Moderation
    answers: Answers
    count: Count


class Document(Struct):
    """A document and its versions, oldest first."""

    slug: Slug
    title: str
    newest: VersionNumber
    count: AllVersions
    versions: list[Version]


class Documents(Struct):
    """All published documents."""

    documents: list[Document]


class _SaidAt(Struct):
    id: Annotated[str, _told("A UUID of version 7.", "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e")]
    document: Slug
    version: VersionNumber
    number: ParagraphNumber
    kind: ContributionKind
    text: Annotated[str, _told("Plain text; to be shown as text, never as HTML.")]
    name: str | None
    channel: Annotated[Channel, _told("How it came in.")]
    received_at: Moment
    proposed_wording: Annotated[
        str | None,
        _told("Of a proposal: the whole new wording of the paragraph.", "Es gibt mehr Bänke."),
    ]
    in_reply_to: Annotated[
        str | None,
        _told(
            "Of a reply: id of the contribution that it answers, which may be gone.",
            "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
        ),
    ]


class TakenContribution(_SaidAt):
    """The contribution that was taken, for its author alone."""

    newest: Annotated[
        int, _told("Number of the document's newest version: the page may be stale.", 1)
    ]
    status: Annotated[ContributionStatus, _told("`pending`: public only after a review.")]
    receipt: Annotated[
        str,
        _told("Code that proves, later, that it is one's own.", "7Q4M-0K2X-9T3V-W8HA-5CZE"),
    ]


class NamedParagraph(Struct):
    """A paragraph, by its reference."""

    document: Slug
    version: VersionNumber
    number: ParagraphNumber


class Answer(Struct):
    """What the working group answered, and where the text changed because of it."""

    outcome: Outcome
    reason: str
    meeting: Annotated[date | None, _told("Day of the meeting that decided.", "2024-03-21")]
    published_at: Moment
    changes: list[NamedParagraph]


class HandedIn(Struct):
    """How a contribution came in that was handed in on paper or by word of mouth."""

    event: Annotated[str | None, _told("Such as a workshop.", "Bürgerwerkstatt")]
    came_on: Annotated[date | None, _told("Day of the event or of the letter.", "2024-03-13")]
    people: Annotated[int, _told("How many stand behind it together.", 1)]
    late: Annotated[bool, _told("Whether it came in after the window.")]


class Piece(Struct):
    """A run of words: kept, deleted from the old wording, or inserted into the new one."""

    change: Change
    text: str


class Contribution(_SaidAt):
    """A public contribution on the paragraph ``document``/``version``/``number``."""

    ordinal: Annotated[int, _told("Its number among those on the document; stays the same.", 12)]
    transcribed: Annotated[HandedIn | None, _told("null: it was written online.")]
    answer: Annotated[Answer | None, _told("null: not yet answered.")]
    blacked_out: Annotated[bool, _told("Runs of █ stand in the text for personal data.")]
    erased: Annotated[bool, _told("Text and name are gone at the wish of a person.")]
    difference: Annotated[
        list[Piece], _told("From the paragraph to the proposed wording; empty: no proposal.")
    ]
    supports: Annotated[int, _told("How many support it.", 3)]
    edited_at: Annotated[Moment | None, _told("When its author last corrected it; null: never.")]


class BrowserToken(Struct):
    """What tells one browser from another, to be kept by it and sent with what it does."""

    token: Annotated[
        str,
        _told("Nothing is stored of it.", "hGJ8k0sYV3m2QyPz1r5w7t9xB4nC6dE8fA0iL2oK3uM"),
    ]


class Backing(Struct):
    """How many support a contribution."""

    id: Annotated[str, _told("Id of the contribution.", "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e")]
    supports: Annotated[int, _told("How many support it.", 3)]
    supported: Annotated[bool, _told("Whether the browser that asks is among them.")]


class ContributionName(Struct):
    """A contribution, and where it stands."""

    id: str
    ordinal: int
    version: VersionNumber
    number: ParagraphNumber


class EarlierParagraph(Struct):
    """What was said on a paragraph of an earlier version, with its wording of then."""

    version: VersionNumber
    number: ParagraphNumber
    wording: Annotated[str, _told("The paragraph as it stood then.", "Es gibt Bänke.")]
    difference: Annotated[
        list[Piece],
        _told("From that wording to the one of this paragraph; empty: it was removed."),
    ]
    contributions: list[Contribution]


class Paragraph(Struct):
    """The public contributions on one paragraph, oldest first; then those on what it was before."""

    number: ParagraphNumber
    count: Count
    contributions: list[Contribution]
    earlier: list[EarlierParagraph]
    changed_because_of: Annotated[
        list[ContributionName], _told("Those on whose answers this paragraph was changed.")
    ]


class _VersionSaidOn(Struct):
    version: VersionNumber
    window: Annotated[Window | None, _told("null: takes no contributions.")]
    moderation: Moderation
    answers: Answers
    count: Count


class CommentedVersion(_VersionSaidOn):
    """The public contributions on one version; only paragraphs that have any, or had before.

    ``removed`` are paragraphs of earlier versions that this one has no more.
    """

    paragraphs: list[Paragraph]
    removed: list[EarlierParagraph]


class Contributions(Struct):
    """The public contributions on a document."""

    document: Slug
    title: str
    count: AllVersions
    versions: list[CommentedVersion]


class CountedBefore(Struct):
    """How many public contributions were made on an earlier version."""

    version: VersionNumber
    count: Count


class CountedParagraph(Struct):
    """How many public contributions there are on one paragraph."""

    number: ParagraphNumber
    count: Count
    earlier: Annotated[list[CountedBefore], _told("On what it was in earlier versions.")]
    changed_because_of: Annotated[
        list[ContributionName], _told("Those on whose answers this paragraph was changed.")
    ]


class CountedVersion(_VersionSaidOn):
    """How many public contributions there are on one version; paragraphs that have any."""

    paragraphs: list[CountedParagraph]
    removed: Annotated[list[CountedBefore], _told("On paragraphs that it has no more.")]


class Counts(Struct):
    """How many public contributions there are on a document, without their words."""

    document: Slug
    count: AllVersions
    versions: list[CountedVersion]


class ExportedContribution(Contribution):
    """A public contribution with the paragraph that it is on."""

    wording: Annotated[str, _told("The paragraph as it stood.", "Es gibt Bänke.")]


class Export(Struct):
    """All public contributions on a document, by their numbers."""

    document: Slug
    title: str
    count: AllVersions
    contributions: list[ExportedContribution]


class Figures(Struct):
    """What became of contributions; `erased` and `answered` are counted in the others, too."""

    received: Annotated[int, _told("All that came in.", 12)]
    pending: Annotated[int, _told("Those that wait for a review.", 1)]
    published: int
    hidden: Annotated[
        dict[str, int],
        _told(f"By reason: {', '.join(HidingReason)}.", {"insult": 1}),
    ]
    withdrawn: int
    erased: Annotated[int, _told("Those whose text and name are gone.", 0)]
    answered: int
    median_days: Annotated[
        float | None, _told("From receipt to the first answer; null: none is answered.", 12.5)
    ]


class VersionFigures(Figures):
    """The figures of one version."""

    version: VersionNumber


class DocumentFigures(Struct):
    """The figures of a document, and of each of its versions."""

    document: Slug
    title: str
    total: Figures
    versions: list[VersionFigures]


class ChallengeParameters(Struct, rename="camel"):
    """What is to be solved, in the words of ALTCHA's protocol (version 2)."""

    algorithm: Annotated[str, _told("How a key is derived.", "PBKDF2/SHA-256")]
    cost: Annotated[int, _told("Iterations of each derivation.", 2000)]
    key_length: Annotated[int, _told("Length of a key in bytes.", 32)]
    key_prefix: Annotated[
        str, _told("How the key begins, hexadecimal.", "9a5f0c7cf3bb3a8e4c2b1d0e9f8a7b6c")
    ]
    key_signature: str
    nonce: Annotated[str, _told("The password is the nonce with the counter (32 bits) behind it.")]
    salt: str
    data: dict[str, int]


class Challenge(Struct):
    """A challenge to prove work with.

    The first counter from 0 whose key begins as it should is the solution. `proof` is then the
    Base64 of `{"challenge": …, "solution": {"counter": …, "derivedKey": …}}`.
    """

    parameters: ChallengeParameters
    signature: str


class FieldError(Struct, omit_defaults=True):
    """What is wrong with one field."""

    code: Annotated[str, _told("For programs; stays the same.", "too-long")]
    message: Annotated[str, _told("For people, in their language.")]
    limit: Annotated[int | None, _told("The limit that was passed, where there is one.", 4000)] = (
        None
    )


class Problem(Struct):
    """Why a request was not carried out (RFC 9457)."""

    type: Annotated[str, _told("Where the code is explained.", "/api/#window-not-open")]
    title: Annotated[str, _told("What happened, for people, in their language.")]
    status: int
    detail: Annotated[str, _told("What to do about it, for people, in their language.")]
    code: Annotated[str, _told("For programs; stays the same.", "window-not-open")]
    errors: Annotated[
        dict[str, FieldError] | UnsetType, _told("By field; with `invalid-input` only.")
    ] = UNSET
    opens: Annotated[
        Moment | UnsetType | None, _told("With `window-not-open` only; null: never.")
    ] = UNSET
    closes: Annotated[
        Moment | UnsetType | None, _told("With `window-not-open` only; null: not known.")
    ] = UNSET
    until: Annotated[
        Moment | UnsetType, _told("With `too-many` only: when it may be sent again.")
    ] = UNSET


class Health(Struct):
    """The service is well."""

    status: Annotated[str, _told("Always `ok`.", "ok")] = "ok"
