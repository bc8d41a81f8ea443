"""The way in for operators: ``python -m comment_service.server``.

It looks at the settings first, so that a broken one is one line and exit code 2, whichever server
program runs; then it becomes the server program. That is loaded while a second process looks: a
start need not take longer for it.
"""

import argparse
import os
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from comment_service.platforms import platform, refuse_passing_store
from comment_service.settings import BrokenSetting, Settings
from comment_service.storage.opening import open_store
from participation.faults import Fault, StoreUnavailable

WRONG_SETTING = 2  # exit code
APPLICATION = "comment_service.wsgi:app"
LOGS = Path(__file__).with_name("server_logs.json")
GRACE = 10  # seconds in which a worker answers what it has begun; a contribution takes milliseconds
LAST_PORT = 65535
SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"  # where the workers of one server count together


class CannotListen(Fault):
    """The address to listen at is taken, not of this machine, or not allowed."""


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> NoReturn:
    """Become the server.

    Raises:
        SystemExit: With exit code 2 if the call or a setting is wrong.
    """
    chosen = parser(environ).parse_args(arguments)
    looking = os.fork()
    if not looking:
        os._exit(look(chosen, environ))
    cli = import_module("granian.cli").cli  # meanwhile
    load(environ)

    _, ended = os.waitpid(looking, 0)
    if ended:
        sys.exit(os.waitstatus_to_exitcode(ended))
    os.environ.update(counting(Settings.read(environ), environ))  # the workers inherit it
    options = server_options(chosen.host, chosen.port, chosen.workers, chosen.threads)
    sys.exit(cli(options, prog_name="granian"))


def load(environ: Mapping[str, str]) -> None:
    """Load what the workers need: they are forked, and have it then."""
    import_module("comment_service.app")
    with suppress(BrokenSetting):  # said by whoever looks
        open_store(Settings.read(environ).store).close()


def look(chosen: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Return the exit code: 0 if the server could begin, else it is said why not."""
    try:
        settings = Settings.read(environ)
        refuse_passing_store(settings.store, platform(environ))
        look_at(settings)
        look_at_address(chosen.host, chosen.port)
    except (BrokenSetting, CannotListen, StoreUnavailable) as broken:
        sys.stderr.write(f"{broken}\n")
        return WRONG_SETTING
    return 0


def parser(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    """Return the parser of the call; platforms set ``PORT`` and ``WEB_CONCURRENCY``."""
    top = argparse.ArgumentParser(
        prog="python -m comment_service.server", description="Run the comment service."
    )
    top.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    top.add_argument(
        "--port", type=_port, default=environ.get("PORT") or 8001, help="port (PORT, else 8001)"
    )
    top.add_argument(
        "--workers",
        type=int,
        default=environ.get("WEB_CONCURRENCY") or 2,
        help="processes (WEB_CONCURRENCY, else 2)",
    )
    top.add_argument("--threads", type=int, default=8, help="threads of each process (8)")
    return top


def look_at(settings: Settings) -> None:
    """Return if the service could begin its work.

    Raises:
        BrokenSetting: If a setting names what is not there.
        StoreUnavailable: If the store could not take a contribution.
    """
    with closing(open_store(settings.store)) as store:
        store.check()
    if settings.publish_dir is not None:
        _look_at_folder(settings.publish_dir)


def look_at_address(host: str, port: int) -> None:
    """Return if the server could listen there.

    Raises:
        CannotListen: If it could not.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address[:2], family=family).close()
    except (OSError, OverflowError) as error:
        raise CannotListen(
            f"cannot listen at {host}, port {port}: {error}; choose others with --host and --port"
        ) from error


def server_options(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return what the server program is told; why this one: docs/decisions."""
    return [
        *("--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(GRACE)),
        *("--log-config", str(LOGS), APPLICATION),
    ]


def counting(settings: Settings, environ: Mapping[str, str]) -> dict[str, str]:
    """Return what lets the workers count together, if somebody fetches the counts."""
    if settings.metrics_token is None or environ.get(SHARED_COUNTS):
        return {}
    return {SHARED_COUNTS: tempfile.mkdtemp(prefix="randnotiz-counts-")}


def _port(stated: str) -> int:
    number = int(stated)
    if not 0 < number <= LAST_PORT:
        raise ValueError(stated)
    return number


def _look_at_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise BrokenSetting(
            "RANDNOTIZ_PUBLISH_DIR",
            f"{folder} cannot be written: {error.strerror}",
            "let the service's user write there",
        ) from error


if __name__ == "__main__":
    main(sys.argv[1:], os.environ)
