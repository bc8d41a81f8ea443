"""Change proposals, replies, supports; what stood in a contribution before it was corrected."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

BY_CODE_POINT = sa.Text(collation="C")
MOMENT = sa.DateTime(timezone=True)
LIMITS = (
    "version >= 1 AND number >= 1 AND isfinite(received_at) "
    "AND char_length(text) <= 4000 AND char_length(name) <= 80 "
    "AND char_length(proposed_wording) <= 8000 "
    "AND (once_key IS NULL) = (once_fingerprint IS NULL)"
)


def upgrade() -> None:
    """Widen the contributions, and make the table of supports."""
    _widen_contributions()
    op.create_table(
        "supports",
        sa.Column("id", BY_CODE_POINT, nullable=False),
        sa.Column("document", BY_CODE_POINT, nullable=False),
        sa.Column("contribution", BY_CODE_POINT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="supports_key"),
        sa.CheckConstraint("isfinite(at)", name="at_finite"),
    )
    op.create_index("supports_document_contribution", "supports", ["document", "contribution"])


def _widen_contributions() -> None:
    for kind in ("proposal", "reply"):
        op.execute(f"ALTER TYPE contribution_kind ADD VALUE '{kind}'")
    for column in (
        sa.Column("proposed_wording", sa.Text),
        sa.Column("in_reply_to", BY_CODE_POINT),
        sa.Column("edited_at", MOMENT),
        sa.Column("earlier_texts", JSONB, nullable=False, server_default="[]"),
        sa.Column("author_mark", sa.Text),
    ):
        op.add_column("contributions", column)
    op.drop_constraint("contributions_within_limits", "contributions")
    op.create_check_constraint("within_limits", "contributions", LIMITS)
