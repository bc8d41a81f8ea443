"""Throw-away PostgreSQL servers, on a socket and on a free port of 127.0.0.1."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
PASSWORD = "geheim"
ACCESS = """\
local all all trust
host all all 127.0.0.1/32 scram-sha-256
local replication all trust
"""
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def program(name: str) -> str | None:
    """Where a program of the server is: Debian keeps it beside its version, not in the PATH."""
    versions = DEBIAN.glob(f"*/bin/{name}")
    newest = sorted(versions, key=lambda path: int(path.parts[-3]))
    return str(newest[-1]) if newest else shutil.which(name, path=PATH)


def free_port() -> int:
    """A port that nobody listens to at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> dict[str, Any]:
    """How to start what refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder with a short name, as sockets need it, that the servers' user may write to."""
    folder = Path(tempfile.mkdtemp(prefix="randnotiz-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        yield folder
    finally:
        shutil.rmtree(folder)


class Cluster:
    """One server with its data; ``folder`` is where its socket lies."""

    def __init__(self, folder: Path, name: str = "data") -> None:
        self.folder = folder
        self.port = free_port()
        self._data = folder / name
        self._running = False

    def create(self, settings: Mapping[str, str]) -> None:
        """Make a server in the German order of letters, to see that none leans on Python's."""
        self._run(
            "initdb", "--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=de",
            f"--pgdata={self._data}",
        )  # fmt: skip
        (self._data / "pg_hba.conf").write_text(ACCESS)
        self.configure(settings)

    def create_standby_of(self, primary: "Cluster", name: str) -> None:
        """Copy a running server, as one that follows it under a name."""
        self._run(
            "pg_basebackup", f"--host={primary.folder}", f"--port={primary.port}",
            "--username=postgres", f"--pgdata={self._data}", "--checkpoint=fast", "--no-sync",
            "--write-recovery-conf", "--wal-method=stream",
            f"--dbname=application_name={name}",
        )  # fmt: skip
        self.configure({})

    def configure(self, settings: Mapping[str, str]) -> None:
        """Write settings that hold from the next start, or reload, on."""
        own = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "max_connections": "60",
            "shared_buffers": "32MB",
            "logging_collector": "off",
        }
        lines = [f"{name} = '{value}'\n" for name, value in (own | dict(settings)).items()]
        with (self._data / "postgresql.conf").open("a") as file:
            file.writelines(lines)

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._control("start", "--log", str(self.folder / f"{self._data.name}.log"))
        self._running = True

    def stop(self, mode: str = "immediate") -> None:
        """Stop: ``immediate`` is a crash, ``fast`` hangs up on everybody."""
        if self._running:
            self._running = False
            self._control("stop", "--mode", mode)

    def reload(self) -> None:
        """Read the settings again."""
        self._control("reload")

    def promote(self) -> None:
        """Make a standby the primary."""
        self._control("promote")

    def url(self, database: str, user: str = "postgres") -> str:
        """The address of a database through the socket, without a password."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def tcp_url(self, database: str, *, user: str = "randnotiz", password: str = PASSWORD) -> str:
        """The address of a database over TCP."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def ask(self, question: str) -> object:
        """The first value of an answer, asked as the administrator."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            row = connection.execute(question.encode()).fetchone()
            return row and row[0]

    def execute(self, *commands: str, database: str = "postgres") -> None:
        """Carry out commands as the administrator."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for command in commands:
                connection.execute(command.encode())

    def create_database(self, name: str, options: str = "") -> None:
        """Make a database that belongs to the user of the service."""
        self.execute(f"CREATE DATABASE {name} OWNER randnotiz {options}")

    def create_user(self) -> None:
        """Make the user of the service."""
        self.execute(f"CREATE ROLE randnotiz LOGIN PASSWORD '{PASSWORD}'")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", *words, "--wait", "--silent", "--pgdata", str(self._data))

    def _run(self, name: str, *words: str) -> None:
        path = program(name)
        assert path is not None
        with (self.folder / "programs.log").open("a") as log:
            subprocess.run(
                [path, *words], check=True, cwd=self.folder, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, **unprivileged(),
            )  # fmt: skip  # type: ignore[call-overload]


@contextmanager
def running_cluster(settings: Mapping[str, str]) -> Iterator[Cluster]:
    """A server with the user of the service, gone afterwards."""
    with own_folder() as folder:
        cluster = Cluster(folder)
        cluster.create(settings)
        cluster.start()
        try:
            cluster.create_user()
            yield cluster
        finally:
            cluster.stop()
