"""The tables of mail, the same in SQLite and PostgreSQL; nothing refers to a contribution's row."""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

MAIL = MetaData(
    naming_convention={
        "pk": "%(table_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment; SQLite, which knows none, holds it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is kept."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it was given."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


WISHES = Table(
    "mail_wishes",
    MAIL,
    Column("id", Text, primary_key=True),
    Column("contribution", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("sent_at", Moment),
    Column("letter", Text),
    Column("letter_at", Moment),
    Column("due_at", Moment, index=True),
    Column("tries", Integer, nullable=False),
    UniqueConstraint("contribution", "address"),
)

COUNTS = Table(
    "mail_counts",
    MAIL,
    Column("key", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("number", Integer, nullable=False),
)

GIVEN_UP = Table(
    "mail_given_up",
    MAIL,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("letter", Text, nullable=False),
    Column("reply", Text, nullable=False),
)

TROUBLE = Table(
    "mail_trouble",
    MAIL,
    Column("sole", Boolean, primary_key=True, server_default="true"),
    Column("since", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
