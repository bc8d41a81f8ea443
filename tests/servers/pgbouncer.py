"""A pooler in transaction mode before a throw-away server."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from tests.servers.postgres import PASSWORD, Cluster, free_port, own_folder, program, unprivileged

READY = "process up"


class Pooler:
    """A running pgbouncer: few connections to the server for many clients."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self._port = free_port()
        (folder / "users.txt").write_text(f'"randnotiz" "{PASSWORD}"\n')
        (folder / "pgbouncer.ini").write_text(_configuration(folder, cluster, self._port))
        path = program("pgbouncer")
        assert path is not None
        self._process = subprocess.Popen(
            [path, str(folder / "pgbouncer.ini")],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **unprivileged(),
        )
        assert self._process.stderr is not None
        assert any(READY in line for line in self._process.stderr)
        # What it says later is read too: with a full pipe it would stand still.
        self._reader = Thread(target=self._process.stderr.read, daemon=True)
        self._reader.start()

    def url(self, database: str) -> str:
        """The address of a database through the pooler."""
        return f"postgresql://randnotiz:{PASSWORD}@127.0.0.1:{self._port}/{database}"

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._reader.join()
        self._process.communicate()


@contextmanager
def running_pooler(cluster: Cluster) -> Iterator[Pooler]:
    """A pooler before a server, gone afterwards."""
    with own_folder() as folder:
        pooler = Pooler(folder, cluster)
        try:
            yield pooler
        finally:
            pooler.stop()


def _configuration(folder: Path, cluster: Cluster, port: int) -> str:
    return f"""\
[databases]
* = host={cluster.folder} port={cluster.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 3
"""
