"""Why a contribution waits for a review; an index to count what came in within some minutes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Widen the contributions."""
    op.add_column(
        "contributions", sa.Column("waiting_because", JSONB, nullable=False, server_default="[]")
    )
    op.create_index(
        "contributions_document_received_at", "contributions", ["document", "received_at"]
    )
