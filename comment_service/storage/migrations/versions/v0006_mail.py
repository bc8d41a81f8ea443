"""Addresses of those who want to be told of an answer, apart from contributions."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, Integer, Text

revision = "0006"
down_revision = "0005"

MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "mail_wishes",
        Column("id", Text, nullable=False),
        Column("contribution", Text, nullable=False),
        Column("document", Text, nullable=False),
        Column("address", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("asked_at", MOMENT, nullable=False),
        Column("confirmed_at", MOMENT),
        Column("sent_at", MOMENT),
        Column("letter", Text),
        Column("letter_at", MOMENT),
        Column("due_at", MOMENT),
        Column("tries", Integer, nullable=False),
    )
    op.create_primary_key("mail_wishes_key", "mail_wishes", ["id"])
    op.create_unique_constraint(
        "mail_wishes_contribution_address_once", "mail_wishes", ["contribution", "address"]
    )
    op.create_index("mail_wishes_due_at", "mail_wishes", ["due_at"])
    op.create_table(
        "mail_counts",
        Column("key", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("number", Integer, nullable=False),
    )
    op.create_primary_key("mail_counts_key", "mail_counts", ["key"])
    op.create_table(
        "mail_given_up",
        Column("id", Text, nullable=False),
        Column("at", MOMENT, nullable=False),
        Column("letter", Text, nullable=False),
        Column("reply", Text, nullable=False),
    )
    op.create_primary_key("mail_given_up_key", "mail_given_up", ["id"])
    op.create_table(
        "mail_trouble",
        Column("sole", Boolean, nullable=False, server_default="true"),
        Column("since", MOMENT, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("next_try_at", MOMENT, nullable=False),
        Column("reason", Text, nullable=False),
    )
    op.create_primary_key("mail_trouble_key", "mail_trouble", ["sole"])
