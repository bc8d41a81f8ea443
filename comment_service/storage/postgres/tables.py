"""The tables, as the newest migration leaves them; checks mirror the domain's types."""

from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from participation.contribution import (
    NAME_LIMIT,
    TEXT_LIMIT,
    WORDING_LIMIT,
    Channel,
    ContributionKind,
    ContributionStatus,
)
from participation.decision import DecisionStatus
from participation.log_entry import Changed, Role

REVISION = "0006"  # of the migration that made these tables
SHARDS = 16  # rows that share the mark of a document, so that writers seldom wait for each other

# Ids and slugs are put in order as Python does it, by code point, whatever language the database
# speaks.
BY_CODE_POINT = Text(collation="C")

METADATA = MetaData(
    naming_convention={
        "ck": "%(table_name)s_%(constraint_name)s",
        "pk": "%(table_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
    }
)


def one_of(words: type[StrEnum], name: str) -> Enum:
    """Return the type of a column that holds one of these words."""
    return Enum(*(word.value for word in words), name=name)


CONTRIBUTIONS = Table(
    "contributions",
    METADATA,
    Column("id", BY_CODE_POINT, primary_key=True),
    Column("document", BY_CODE_POINT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", one_of(ContributionKind, "contribution_kind"), nullable=False),
    Column("text", Text, nullable=False),
    Column("name", Text),
    Column("channel", one_of(Channel, "contribution_channel"), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("status", one_of(ContributionStatus, "contribution_status"), nullable=False),
    Column("receipt_digest", Text, nullable=False),
    Column("once_key", BY_CODE_POINT),
    Column("once_fingerprint", BY_CODE_POINT),
    Column("transcribed", JSONB),
    Column("hidden", JSONB),
    Column("is_blacked_out", Boolean, nullable=False, server_default="false"),
    Column("erased_at", DateTime(timezone=True)),
    Column("proposed_wording", Text),
    Column("in_reply_to", BY_CODE_POINT),
    Column("edited_at", DateTime(timezone=True)),
    Column("earlier_texts", JSONB, nullable=False, server_default="[]"),
    Column("author_mark", Text),
    Column("waiting_because", JSONB, nullable=False, server_default="[]"),
    # One check of all: the server reads each anew whenever something is added.
    CheckConstraint(
        "version >= 1 AND number >= 1 AND isfinite(received_at) "
        f"AND char_length(text) <= {TEXT_LIMIT} AND char_length(name) <= {NAME_LIMIT} "
        f"AND char_length(proposed_wording) <= {WORDING_LIMIT} "
        "AND (once_key IS NULL) = (once_fingerprint IS NULL)",
        name="within_limits",
    ),
)
Index(None, CONTRIBUTIONS.c.document, CONTRIBUTIONS.c.version, CONTRIBUTIONS.c.number)
Index(None, CONTRIBUTIONS.c.document, CONTRIBUTIONS.c.received_at)
Index(None, CONTRIBUTIONS.c.receipt_digest)
Index(
    None,
    CONTRIBUTIONS.c.once_key,
    unique=True,
    postgresql_where=CONTRIBUTIONS.c.once_key.is_not(None),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", BY_CODE_POINT, primary_key=True),
    Column("document", BY_CODE_POINT, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("contributions", ARRAY(Text), nullable=False),
    Column("answer", JSONB, nullable=False),
    Column("status", one_of(DecisionStatus, "decision_status"), nullable=False),
    Column("role", one_of(Role, "log_role"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("revisions", JSONB, nullable=False),
    CheckConstraint("version >= 1 AND isfinite(at)", name="within_limits"),
)

SUPPORTS = Table(
    "supports",
    METADATA,
    Column("id", BY_CODE_POINT, primary_key=True),
    Column("document", BY_CODE_POINT, nullable=False),
    Column("contribution", BY_CODE_POINT, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    CheckConstraint("isfinite(at)", name="at_finite"),
)
Index(None, SUPPORTS.c.document, SUPPORTS.c.contribution)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", BY_CODE_POINT, primary_key=True),
    Column("name", BY_CODE_POINT, nullable=False, unique=True),
    Column("role", one_of(Role, "log_role"), nullable=False),
    Column("password_hash", Text),
    Column("subject", BY_CODE_POINT, unique=True),
    Column("totp_secret", Text),
    Column("totp_step", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("next_try_at", DateTime(timezone=True)),
    Column("is_locked", Boolean, nullable=False),
    Column("sessions", JSONB, nullable=False),
)

# No foreign key to what was changed: a copy takes over what is changed meanwhile in two runs, and
# an entry may come one run before its contribution.
LOG = Table(
    "log",
    METADATA,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("id", BY_CODE_POINT, nullable=False, unique=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("role", one_of(Role, "log_role"), nullable=False),
    Column("subject", BY_CODE_POINT, nullable=False),
    Column("changed", one_of(Changed, "log_changed"), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("reason", Text),
    Column("digest", Text, nullable=False),
    CheckConstraint("isfinite(at)", name="at_finite"),
)

# The digest of the last entry, in a row of its own: whoever appends an entry locks it, and finds
# there what was committed last, however old the view of the log is that the statement has.
TIP = Table(
    "log_tip",
    METADATA,
    Column("sole", Boolean, primary_key=True, server_default="true"),
    Column("digest", Text, nullable=False),
    CheckConstraint("sole", name="sole_row"),
)

MARKS = Table(
    "marks",
    METADATA,
    Column("document", BY_CODE_POINT, primary_key=True),
    Column("shard", SmallInteger, primary_key=True),
    Column("mark", BigInteger, nullable=False),
    # Rows are rewritten in place as long as their page has room.
    postgresql_with={"fillfactor": "50"},
)

SECRETS = Table(
    "secret",
    METADATA,
    Column("sole", Boolean, primary_key=True, server_default="true"),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("sole", name="sole_row"),
    CheckConstraint("octet_length(content) = 32", name="content_length"),
)
