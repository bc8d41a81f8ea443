"""Contributions are found by the digest of their receipt code."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the index."""
    op.create_index("contributions_receipt_digest", "contributions", ["receipt_digest"])
