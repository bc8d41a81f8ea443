"""The store of wishes to be told, and of their letters: one set of statements for all databases."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, replace
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, exc, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from comment_service.storage.mail.opening import make_tables, open_engine, reason
from comment_service.storage.mail.tables import COUNTS, GIVEN_UP, TROUBLE, WISHES
from comment_service.storage.mail.wish import Allowance, GivenUp, Letter, Limits, Trouble, Wish
from participation.faults import StoreUnavailable

NO_LETTER: dict[str, Any] = {"letter": None, "letter_at": None, "due_at": None, "tries": 0}


class MailStore:
    """Keeps addresses apart from contributions. Knows no rule, and what it deletes is gone.

    Each method is one transaction and raises StoreUnavailable if the database cannot do it.
    """

    def __init__(self, url: str) -> None:
        """Open the store beside the contributions' store of an address; touch nothing yet.

        Raises:
            BrokenSetting: If the address names no store that there is.
        """
        self._engine = open_engine(url)
        # In memory all threads share one connection; SQLite's own queue is not a fair one.
        is_sqlite = self._engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[Any] = Lock() if is_sqlite else nullcontext()
        self._is_ready = False

    def ask(self, wish: Wish, allowances: Sequence[Allowance], day: str) -> bool:
        """Keep a wish whose letter is due, unless the address is there or there were too many.

        If it is there and not confirmed, its letter is due again.

        Returns:
            Whether a letter will be sent.
        """
        with self._transaction() as connection:
            within = [self._is_within(connection, one, day) for one in allowances]
            return all(within) and connection.scalar(self._keeping(wish)) is not None

    def get(self, wish_id: str) -> Wish | None:
        """Return a wish, None if there is none of that id, or no more."""
        return next(iter(self._wishes(WISHES.c.id == wish_id)), None)

    def of_contribution(self, contribution_id: str) -> list[Wish]:
        """Return the wishes to be told of one contribution."""
        return self._wishes(WISHES.c.contribution == contribution_id)

    def wishes(self) -> list[Wish]:
        """Return all wishes, oldest first."""
        return self._wishes()

    def confirm(self, wish_id: str, now: datetime) -> bool:
        """Note that an address is confirmed; all others of its contribution are deleted.

        Returns:
            Whether there is such a wish.
        """
        this = WISHES.c.id == wish_id
        confirming = update(WISHES).where(this, WISHES.c.confirmed_at.is_(None))
        with self._transaction() as connection:
            connection.execute(confirming.values(confirmed_at=now, **NO_LETTER))
            of = connection.scalar(select(WISHES.c.contribution).where(this))
            connection.execute(delete(WISHES).where(WISHES.c.contribution == of, ~this))
            return of is not None

    def forget(self, wish_ids: Sequence[str]) -> int:
        """Delete wishes with their addresses and letters; return how many there were."""
        with self._transaction() as connection:
            deleting = delete(WISHES).where(WISHES.c.id.in_(wish_ids))
            return connection.execute(deleting).rowcount

    def call_for_answers(self, wish_ids: Sequence[str], now: datetime) -> None:
        """Have confirmed addresses be told, if that is not under way."""
        waiting = WISHES.c.confirmed_at.is_not(None) & WISHES.c.letter.is_(None)
        with self._transaction() as connection:
            connection.execute(
                update(WISHES)
                .where(WISHES.c.id.in_(wish_ids) & waiting)
                .values(letter=Letter.ANSWER.value, letter_at=now, due_at=now, tries=0)
            )

    def due(self, now: datetime, most: int) -> list[Wish]:
        """Return the wishes whose letters are to be tried now, the longest due first."""
        choosing = select(WISHES).where(WISHES.c.due_at <= now)
        ordered = choosing.order_by(WISHES.c.due_at, WISHES.c.id).limit(most)
        with self._transaction() as connection:
            return [_wish(row) for row in connection.execute(ordered).mappings()]

    def claim(self, seen: Wish, until: datetime) -> Wish | None:
        """Make a letter one's own until a moment; None if somebody else was first.

        Should the claimant vanish, the letter is due at that moment again.
        """
        claimed = replace(seen, due_at=until, tries=seen.tries + 1)
        return claimed if self._put(seen, claimed) else None

    def postpone(self, claimed: Wish, due_at: datetime, tries: int) -> None:
        """Have a claimed letter be tried at another moment."""
        self._put(claimed, replace(claimed, due_at=due_at, tries=tries))

    def take_back(self, claimed: Wish) -> None:
        """Note that there is nothing to be sent after all; the address waits on."""
        self._put(claimed, replace(claimed, **NO_LETTER))

    def sent(self, claimed: Wish, now: datetime) -> None:
        """Note that the mail server has taken a letter; after the answer the address is gone."""
        if claimed.letter is Letter.ANSWER:
            self.forget([claimed.id])
        else:
            self._put(claimed, replace(claimed, sent_at=now, **NO_LETTER))

    def give_up(self, claimed: Wish, given_up: GivenUp) -> None:
        """Delete a wish whose letter cannot be delivered, and keep a note for the operator."""
        with self._transaction() as connection:
            connection.execute(delete(WISHES).where(WISHES.c.id == claimed.id))
            note = self._insert(GIVEN_UP).values(asdict(given_up)).on_conflict_do_nothing()
            connection.execute(note)

    def given_up(self) -> list[GivenUp]:
        """Return the letters that were given up, oldest first."""
        with self._transaction() as connection:
            rows = connection.execute(select(GIVEN_UP).order_by(GIVEN_UP.c.at, GIVEN_UP.c.id))
            found = rows.mappings().all()
        return [GivenUp(**{**row, "letter": Letter(row["letter"])}) for row in found]

    def trouble(self) -> Trouble | None:
        """Return what keeps the mail server from taking letters, None if nothing does."""
        with self._transaction() as connection:
            row = connection.execute(select(TROUBLE)).mappings().one_or_none()
        if row is None:
            return None
        return Trouble(row["since"], row["tries"], row["next_try_at"], row["reason"])

    def note_trouble(self, trouble: Trouble) -> None:
        """Keep what is the matter with the mail server, in the place of what was before."""
        values = asdict(trouble)
        putting = self._insert(TROUBLE).values(sole=True, **values)
        with self._transaction() as connection:
            connection.execute(putting.on_conflict_do_update(index_elements=["sole"], set_=values))

    def clear_trouble(self) -> None:
        """Note that the mail server takes letters."""
        with self._transaction() as connection:
            connection.execute(delete(TROUBLE))

    def tidy(self, limits: Limits) -> int:
        """Delete what is too old to be kept; return how many addresses were among it."""
        with self._transaction() as connection:
            connection.execute(delete(COUNTS).where(COUNTS.c.day < limits.day))
            connection.execute(delete(GIVEN_UP).where(GIVEN_UP.c.at < limits.given_up))
            return connection.execute(delete(WISHES).where(_is_over(limits))).rowcount

    def take_over(self, wishes: Sequence[Wish]) -> int:
        """Keep another store's wishes as they are, but those that are here; return how many."""
        rows = [asdict(wish) for wish in wishes]
        with self._transaction() as connection:
            putting = self._insert(WISHES).on_conflict_do_nothing().returning(WISHES.c.id)
            return sum(connection.scalar(putting.values(row)) is not None for row in rows)

    def close(self) -> None:
        """Let go of all that is held open."""
        self._engine.dispose()

    def _wishes(self, *which: Any) -> list[Wish]:
        choosing = select(WISHES).where(*which).order_by(WISHES.c.asked_at, WISHES.c.id)
        with self._transaction() as connection:
            return [_wish(row) for row in connection.execute(choosing).mappings()]

    def _put(self, seen: Wish, changed: Wish) -> bool:
        """Change a wish if its letter still is as it was seen."""
        same = (
            (WISHES.c.id == seen.id)
            & (WISHES.c.letter == seen.letter)
            & (WISHES.c.due_at == seen.due_at)
            & (WISHES.c.tries == seen.tries)
        )
        with self._transaction() as connection:
            putting = update(WISHES).where(same).values(asdict(changed))
            return connection.execute(putting).rowcount == 1

    def _insert(self, table: Table) -> Any:
        # The same statement in both, but each knows only its own class of it.
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        return dialect.insert(table)

    def _keeping(self, wish: Wish) -> Any:
        """Return what adds a wish, or makes the letter of the one that is there due again."""
        values = asdict(wish)
        renewed = {name: values[name] for name in values if name not in {"id", "contribution"}}
        idle = WISHES.c.confirmed_at.is_(None) & WISHES.c.letter.is_(None)
        same = ["contribution", "address"]
        adding = self._insert(WISHES).values(values)
        put = adding.on_conflict_do_update(index_elements=same, set_=renewed, where=idle)
        return put.returning(WISHES.c.id)

    def _is_within(self, connection: Connection, allowance: Allowance, day: str) -> bool:
        """Count one more, and return whether that is not too many."""
        counting = self._insert(COUNTS).values(key=allowance.key, day=day, number=1)
        more = {"number": COUNTS.c.number + 1}
        counted = counting.on_conflict_do_update(index_elements=["key"], set_=more)
        return int(connection.scalar(counted.returning(COUNTS.c.number))) <= allowance.limit

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._turn, self._engine.begin() as connection:
                if not self._is_ready:
                    make_tables(connection)
                yield connection
            self._is_ready = True
        except exc.SQLAlchemyError as error:
            raise StoreUnavailable(f"mail: {reason(error)}") from None  # it may quote an address
        except OSError as error:
            raise StoreUnavailable(f"mail: {error.filename}: {error.strerror}") from error


def _wish(row: RowMapping) -> Wish:
    letter = row["letter"]
    return Wish(**{**row, "letter": None if letter is None else Letter(letter)})


def _is_over(limits: Limits) -> Any:
    unconfirmed = WISHES.c.confirmed_at.is_(None)
    return or_(
        WISHES.c.confirmed_at < limits.confirmed,
        unconfirmed & (WISHES.c.sent_at < limits.sent),
        unconfirmed & (WISHES.c.asked_at < limits.asked),
    )
