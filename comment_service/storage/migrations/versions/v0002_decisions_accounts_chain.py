"""Decisions and accounts; how contributions came in and what was hidden; the chain of the log."""

import hashlib
import json
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

BY_CODE_POINT = sa.Text(collation="C")
JSONB = postgresql.JSONB
MOMENT = sa.DateTime(timezone=True)
ROLE = postgresql.ENUM(
    "author", "moderator", "editor", "administrator", name="log_role", create_type=False
)
BEGINNING = "0" * 64


def upgrade() -> None:
    """Make and widen the tables, and chain the entries that are there."""
    _widen_contributions()
    _make_decisions()
    _make_accounts()
    _chain_log()


def _widen_contributions() -> None:
    for column in (
        sa.Column("transcribed", JSONB),
        sa.Column("hidden", JSONB),
        sa.Column("is_blacked_out", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("erased_at", MOMENT),
    ):
        op.add_column("contributions", column)


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", BY_CODE_POINT, nullable=False),
        sa.Column("document", BY_CODE_POINT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("contributions", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("answer", JSONB, nullable=False),
        sa.Column(
            "status",
            sa.Enum("draft", "published", "discarded", name="decision_status"),
            nullable=False,
        ),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("revisions", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="decisions_key"),
        sa.CheckConstraint("version >= 1 AND isfinite(at)", name="within_limits"),
    )
    op.create_index("decisions_document", "decisions", ["document"])


def _make_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", BY_CODE_POINT, nullable=False),
        sa.Column("name", BY_CODE_POINT, nullable=False),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("subject", BY_CODE_POINT),
        sa.Column("totp_secret", sa.Text),
        sa.Column("totp_step", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_try_at", MOMENT),
        sa.Column("is_locked", sa.Boolean, nullable=False),
        sa.Column("sessions", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="accounts_key"),
        sa.UniqueConstraint("name", name="accounts_name_once"),
        sa.UniqueConstraint("subject", name="accounts_subject_once"),
    )


def _chain_log() -> None:
    op.execute("ALTER TYPE log_changed ADD VALUE 'account'")
    op.alter_column("log", "contribution_id", new_column_name="subject")
    op.add_column("log", sa.Column("digest", sa.Text, nullable=False, server_default=""))
    tip = op.create_table(
        "log_tip",
        sa.Column("sole", sa.Boolean, nullable=False, server_default="true"),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sole", name="log_tip_key"),
        sa.CheckConstraint("sole", name="sole_row"),
    )
    op.execute(tip.insert().values(digest=_chain_entries()))
    op.alter_column("log", "digest", server_default=None)


def _chain_entries() -> str:
    """Give each entry its digest and return the last one."""
    connection, digest = op.get_bind(), BEGINNING
    put = sa.text("UPDATE log SET digest = :digest WHERE position = :position")
    entries = sa.text(
        "SELECT position, id, at, role, subject, changed, old, new, reason "
        "FROM log ORDER BY position"
    )
    for row in connection.execute(entries).mappings().all():
        digest = _digest(digest, dict(row))
        connection.execute(put, {"digest": digest, "position": row["position"]})
    return digest


def _digest(previous: str, entry: dict[str, Any]) -> str:
    # As participation/log_chain.py does it, but as it was when these entries were written.
    del entry["position"]
    at = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
    plain = json.dumps({**entry, "at": at}, sort_keys=True, separators=(",", ":"))
    content = hashlib.sha256(plain.encode()).hexdigest()
    return hashlib.sha256((previous + content).encode()).hexdigest()
