"""A database on its way to the tables of this release, from nothing or from older ones."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine

from comment_service.storage.mail.store import MailStore
from comment_service.storage.mail.tables import MAIL
from comment_service.storage.mail.wish import Allowance, GivenUp, Letter, Trouble
from comment_service.storage.opening import open_store
from comment_service.storage.postgres.connecting import connect, connection_parts
from comment_service.storage.postgres.migrating import LIMITS, MIGRATIONS, migrate
from comment_service.storage.postgres.tables import METADATA, REVISION
from comment_service.storage.preparing import prepare
from comment_service.storage.protocol import Change, Kept, Once, Stock
from participation.contribution import Channel, ContributionKind, ContributionStatus
from participation.decision import DecisionStatus
from participation.faults import StoreUnavailable
from participation.log_entry import Changed, Role
from tests.comment_service.storage.logs import chain
from tests.factories import NOON, make_contribution, make_log_entry, make_wish
from tests.servers.postgres import Cluster

pytestmark = pytest.mark.postgres
NewDatabase = Callable[..., str]
RELEASES = Path(__file__).parent / "releases"  # a dump of each revision's tables, with data
MANUAL = Path(__file__).parents[3] / "docs" / "manual.md"
WORDS = (ContributionKind, Channel, ContributionStatus, Role, Changed, DecisionStatus)
SCRIPTS = ScriptDirectory(str(MIGRATIONS))
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()]


@pytest.fixture
def new_database(cluster: Cluster) -> Iterator[NewDatabase]:
    """Makes databases of the service's user that nobody has migrated."""
    names = (f"fresh_{number}" for number in count())
    made = []

    def new_database(options: str = "") -> str:
        made.append(next(names))
        cluster.create_database(made[-1], options)
        return cluster.tcp_url(made[-1])

    yield new_database
    for name in made:
        cluster.execute(f"DROP DATABASE {name}")


def execute(url: str, command: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(command.encode())
        return cursor.fetchall() if cursor.description else []


def tables(url: str) -> set[object]:
    found = execute(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name for (name,) in found}


def test_a_new_database_gets_its_tables_and_takes_a_contribution(new_database: NewDatabase):
    url = new_database()
    assert migrate(url)
    with closing(open_store(url)) as store:
        assert store.add(make_contribution()) == store.get("c1")


def test_a_database_that_is_up_to_date_stays_as_it_is(new_database: NewDatabase):
    url = new_database()
    migrate(url)
    with closing(open_store(url)) as store:
        store.add(make_contribution())
        assert not migrate(url)
        assert store.get("c1") == make_contribution()


def test_the_newest_migration_is_the_one_that_the_store_knows():
    assert SCRIPTS.get_current_head() == REVISION


def test_the_migrations_make_the_tables_that_the_store_knows(new_database: NewDatabase):
    url = new_database()
    migrate(url)
    parts = connection_parts(url)
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: connect(parts), poolclass=NullPool
    )
    both: Any = [METADATA, MAIL]  # Alembic takes several, its types do not say so
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), both) == []


def test_the_checks_of_the_database_are_those_that_the_store_knows(new_database: NewDatabase):
    migrated, made = new_database(), new_database()
    migrate(migrated)
    parts = connection_parts(made)
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: connect(parts), poolclass=NullPool
    )
    METADATA.create_all(engine)
    MAIL.create_all(engine)
    checks = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace
        AND conrelid::regclass::text <> 'alembic_version' ORDER BY 1, 2
    """
    words = """
        SELECT enumtypid::regtype::text, enumlabel FROM pg_enum ORDER BY enumtypid::regtype::text,
        enumsortorder
    """
    for question in (checks, words):
        assert execute(migrated, question) == execute(made, question)
    assert len(execute(made, checks)) == len(METADATA.tables) + 10 + len(MAIL.tables) + 1
    assert len(execute(made, words)) == sum(map(len, WORDS))


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_a_release_kept_is_there_after_the_migration(new_database: NewDatabase, revision: str):
    url = new_database()
    execute(url, (RELEASES / f"{revision}.sql").read_text("utf-8"))
    migrate(url)
    shown = make_contribution("c1", text="Mehr Bänke\n& 'Bäume' 👩‍👩‍👧", name=None)
    hidden = make_contribution("c2", status=ContributionStatus.HIDDEN)
    with closing(open_store(url)) as store:
        assert list(store.stock()) == [
            Stock((Kept(shown, Once("k1", "f1")), Kept(hidden, None))),
            Stock(log=chain(make_log_entry(subject="c2"))),
        ]
        assert store.state("leitlinien") == "42"
        assert store.secret() == b"s" * 32
        store.add(make_contribution("c3"), once=Once("k2", "f2"))
        store.change([Change(shown, shown)], [make_log_entry("l2")])
        assert [one.entry.id for one in store.log()] == ["l1", "l2"]


def test_a_migration_is_done_whole_or_not_at_all(new_database: NewDatabase):
    url = new_database()
    execute(url, "CREATE TABLE secret (of_somebody_else int)")  # the last that is to be made
    with pytest.raises(StoreUnavailable, match="already exists"):
        migrate(url)
    assert tables(url) == {"secret"}


def test_two_that_migrate_at_once_do_it_once(new_database: NewDatabase):
    url = new_database()
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(migrate, [url, url])) == [False, True]


def test_init_prepares_a_database(new_database: NewDatabase):
    url = new_database()
    prepare(url)
    with closing(open_store(url)) as store:
        store.check()


def test_a_service_waits_for_nothing_for_long_once_its_database_is_migrated(
    new_database: NewDatabase,
):
    url = new_database()
    migrate(url)
    assert {name: execute(url, f"SHOW {name}")[0][0] for name in LIMITS} == LIMITS


def test_limits_that_somebody_has_set_are_left_alone(new_database: NewDatabase):
    url = new_database()
    execute(url, "ALTER ROLE CURRENT_USER IN DATABASE fresh_0 SET lock_timeout = '1min'")
    migrate(url)
    assert execute(url, "SHOW lock_timeout") == [("1min",)]


def test_a_database_that_is_not_migrated_is_named_with_the_command(new_database: NewDatabase):
    with (
        closing(open_store(new_database())) as store,
        pytest.raises(StoreUnavailable, match=r"not migrated; run: python comments\.py init$"),
    ):
        store.check()


def test_mail_names_the_command_too_and_quotes_no_address(new_database: NewDatabase):
    with (
        closing(MailStore(new_database())) as kept,
        pytest.raises(
            StoreUnavailable, match=r"^mail: it is not migrated; run: python comments\.py init$"
        ),
    ):
        kept.ask(make_wish(), [], "2024-03-20")


@pytest.mark.parametrize(
    ("renamed", "cure"),
    [
        ("UPDATE alembic_version SET version_num = '0000'", r"run: python comments\.py init$"),
        ("UPDATE alembic_version SET version_num = '9999'", "newer release .9999.; update"),
        ("DELETE FROM alembic_version", r"run: python comments\.py init$"),
    ],
)
def test_tables_of_another_release_are_not_touched(
    new_database: NewDatabase, renamed: str, cure: str
):
    url = new_database()
    migrate(url)
    execute(url, renamed)
    with (
        closing(open_store(url)) as store,
        pytest.raises(StoreUnavailable, match=cure),
    ):
        store.add(make_contribution())
    assert execute(url, "SELECT * FROM contributions") == []


def test_tables_of_a_newer_release_are_not_migrated(new_database: NewDatabase):
    url = new_database()
    migrate(url)
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match=r"newer release .9999.; update Randnotiz$"):
        migrate(url)


def test_a_database_that_cannot_hold_every_character_is_refused(new_database: NewDatabase):
    url = new_database("ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreUnavailable, match=r"encoding is SQL_ASCII; .*--encoding=UTF8"):
        migrate(url)
    assert tables(url) == set()


def test_a_user_with_the_rights_that_the_manual_names_can_serve(
    new_database: NewDatabase, cluster: Cluster
):
    url = new_database()
    migrate(url)
    grants = MANUAL.read_text("utf-8").partition("```sql\n")[2].partition("```")[0]
    cluster.execute("CREATE ROLE service LOGIN PASSWORD 'geheim'")
    cluster.execute(grants.replace("DATABASE randnotiz", "DATABASE fresh_0"), database="fresh_0")
    with closing(open_store(url.replace("//randnotiz:", "//service:"))) as store:
        store.adopt(b"s" * 32)
        store.check()
        first = store.add(make_contribution())
        store.change([Change(first, first)], [make_log_entry()])
        store.take_over(
            Stock((Kept(make_contribution("c2"), None),), log=chain(make_log_entry("l2")))
        )
        assert len(store.of_document("leitlinien")) == len(store.log()) == 2
    with closing(MailStore(url.replace("//randnotiz:", "//service:"))) as kept:
        kept.ask(make_wish(), [Allowance("key", 1)], "2024-03-20")
        kept.note_trouble(Trouble(NOON, 1, NOON, "connection refused"))
        kept.give_up(make_wish(), GivenUp("w1", NOON, Letter.ANSWER, "550"))
        assert kept.forget(["w1"]) == 0
    cluster.execute("DROP OWNED BY service", database="fresh_0")
    cluster.execute("DROP ROLE service")


def test_a_user_who_may_not_make_tables_is_told_so(new_database: NewDatabase, cluster: Cluster):
    url = new_database()
    cluster.execute(
        "REVOKE ALL ON SCHEMA public FROM PUBLIC, pg_database_owner", database="fresh_0"
    )
    with pytest.raises(StoreUnavailable, match=r"permission denied|no schema has been selected"):
        migrate(url)
