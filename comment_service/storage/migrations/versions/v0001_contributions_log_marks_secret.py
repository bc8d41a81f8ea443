"""The first tables: contributions, the log of their changes, marks of documents, the secret."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BY_CODE_POINT = sa.Text(collation="C")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contributions",
        sa.Column("id", BY_CODE_POINT, nullable=False),
        sa.Column("document", BY_CODE_POINT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Enum("comment", "question", name="contribution_kind"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column(
            "channel",
            sa.Enum("online", "workshop", "letter", "mail", "phone", name="contribution_channel"),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum("pending", "published", "hidden", "withdrawn", name="contribution_status"),
            nullable=False,
        ),
        sa.Column("receipt_digest", sa.Text, nullable=False),
        sa.Column("once_key", BY_CODE_POINT),
        sa.Column("once_fingerprint", BY_CODE_POINT),
        sa.PrimaryKeyConstraint("id", name="contributions_key"),
        sa.CheckConstraint(
            "version >= 1 AND number >= 1 AND isfinite(received_at) "
            "AND char_length(text) <= 4000 AND char_length(name) <= 80 "
            "AND (once_key IS NULL) = (once_fingerprint IS NULL)",
            name="within_limits",
        ),
    )
    op.create_index(
        "contributions_document_version_number", "contributions", ["document", "version", "number"]
    )
    op.create_index(
        "contributions_once_key",
        "contributions",
        ["once_key"],
        unique=True,
        postgresql_where=sa.text("once_key IS NOT NULL"),
    )
    op.create_table(
        "log",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("id", BY_CODE_POINT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "role",
            sa.Enum("author", "moderator", "editor", "administrator", name="log_role"),
            nullable=False,
        ),
        sa.Column("contribution_id", BY_CODE_POINT, nullable=False),
        sa.Column(
            "changed", sa.Enum("status", "text", "decision", name="log_changed"), nullable=False
        ),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("position", name="log_key"),
        sa.UniqueConstraint("id", name="log_id_once"),
        sa.CheckConstraint("isfinite(at)", name="at_finite"),
    )
    op.create_table(
        "marks",
        sa.Column("document", BY_CODE_POINT, nullable=False),
        sa.Column("shard", sa.SmallInteger, nullable=False),
        sa.Column("mark", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("document", "shard", name="marks_key"),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "secret",
        sa.Column("sole", sa.Boolean, nullable=False, server_default="true"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sole", name="secret_key"),
        sa.CheckConstraint("sole", name="sole_row"),
        sa.CheckConstraint("octet_length(content) = 32", name="content_length"),
    )
