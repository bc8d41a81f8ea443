"""Serves site and comment service on one address, and rebuilds when a source changes."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Never
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from watchfiles import watch

from site_src.cache_keys import CODE
from site_src.catalogue_file import NAME
from site_src.messages import Message, message
from site_src.places import Places
from site_src.sources import SCHEDULE

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
HOST = "127.0.0.1"
SERVICE = "comment_service.wsgi:app"
THREADS = 8  # one process: the embedded store has one writer
LOOK_AGAIN = 1000  # milliseconds after which the sources are looked at without a notice
ANSWERS_WITHIN = 60.0  # seconds that the service may take to start
GRACE = 5  # seconds that the service may take to answer what it has begun
ENDS_WITHIN = 10.0  # seconds after which it is ended by force


class PortIsBusy(Exception):
    """Something else listens on that port."""


class ServiceEnded(Exception):
    """The comment service ended on its own, or never answered."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is to be served; ``build`` builds once and says what is wrong by itself.

    ``fingerprint`` names the state of all that is built from; when it changes, it is
    built again. ``service`` is the WSGI application that granian runs.
    """

    places: Places
    port: int
    environment: Mapping[str, str]
    build: Callable[[], bool]
    say: Callable[[Message], None]
    fingerprint: Callable[[], object]
    service: str = SERVICE


def serve(serving: Serving) -> None:
    """Build, serve and rebuild until Ctrl-C or SIGTERM.

    Raises:
        PortIsBusy: If the port is taken.
        ServiceEnded: If the comment service ends on its own.
    """
    refuse_busy_port(serving.port)
    with _signals_stop():
        try:
            _serve(serving)
        except KeyboardInterrupt:
            serving.say(message("Stopped."))


def _serve(serving: Serving) -> None:
    seen = serving.fingerprint()
    built = serving.build()
    if not built and not (serving.places.output / NAME).exists():
        serving.say(message("There is no site yet. It is built once the problems are mended."))
        seen = _build_until_it_works(serving, seen)
    with _service(serving) as process:
        _wait_for_answer(serving, process)
        serving.say(
            message("Open http://{host}:{port}/ – stop with Ctrl-C", host=HOST, port=serving.port)
        )
        for _ in _looks(serving.places):
            _refuse_ended(process)
            seen = _rebuild_if_changed(serving, seen)


def _build_until_it_works(serving: Serving, seen: object) -> object:
    for _ in _looks(serving.places):
        now = serving.fingerprint()
        if now != seen:
            seen = now
            if serving.build():
                break
    return seen


def _rebuild_if_changed(serving: Serving, seen: object) -> object:
    now = serving.fingerprint()
    if now != seen:
        serving.say(message("Something changed."))
        serving.build()
    return now


def _looks(places: Places) -> Iterator[None]:
    """Yield whenever a source may have changed, and at least every second."""
    while True:
        watched = [path for path in sources(places) if path.exists()]
        for _ in watch(
            *watched, yield_on_timeout=True, rust_timeout=LOOK_AGAIN, debounce=400, step=50
        ):
            yield
            if {path for path in sources(places) if path.exists()} != set(watched):
                break  # a folder came or went: watch anew


def sources(places: Places) -> list[Path]:
    """Return the folders and files that a build reads."""
    return [
        places.content / "guidelines",
        places.content / "minutes",
        places.content / SCHEDULE,
        places.settings,
        places.pages,
        places.assets,
        places.house / "site_src" / "theme",
    ]


def state_of(paths: list[Path]) -> frozenset[tuple[str, int, int]]:
    """Return name, time and size of every file below the paths."""
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    return frozenset(_state(file) for file in files if file.is_file())


def _state(file: Path) -> tuple[str, int, int]:
    try:
        status = file.stat()
    except FileNotFoundError:  # deleted since it was listed
        return str(file), 0, 0
    return str(file), status.st_mtime_ns, status.st_size


def refuse_busy_port(port: int) -> None:
    """Raise PortIsBusy if something listens there already."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise PortIsBusy(str(port)) from error


@contextmanager
def _service(serving: Serving) -> Iterator[subprocess.Popen[bytes]]:
    """Run the comment service as a process that never outlives us."""
    process = subprocess.Popen(  # noqa: S603  # our own Python; no shell
        _command(serving),
        cwd=CODE,
        env={**_defaults(serving.places), **serving.environment},
        start_new_session=True,  # Ctrl-C reaches us alone, and we end it in order
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(serving: Serving) -> list[str]:
    bind = ["--host", HOST, "--port", str(serving.port)]
    workers = ["--workers", "1", "--blocking-threads", str(THREADS)]
    quiet = ["--log-level", "error", "--workers-kill-timeout", str(GRACE)]
    program = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    return [*program, *bind, *workers, *quiet, serving.service]


def _defaults(places: Places) -> dict[str, str]:
    return {
        "RANDNOTIZ_SITE": str(places.output.resolve()),
        "RANDNOTIZ_CATALOGUE": str((places.output / NAME).resolve()),
        "RANDNOTIZ_STORE": f"embedded:{(places.content / 'data').resolve()}",
        "RANDNOTIZ_LOG_LEVEL": "warning",  # a line for every request would hide our own
    }


def _wait_for_answer(serving: Serving, process: subprocess.Popen[bytes]) -> None:
    """Return once anything is answered at all."""
    address, tries = f"http://{HOST}:{serving.port}/", int(ANSWERS_WITHIN * 10)
    for _ in range(tries):
        _refuse_ended(process)
        try:
            urlopen(address, timeout=ANSWERS_WITHIN).close()
        except HTTPError:
            return
        except (URLError, OSError):
            _pause(process, 0.1)
        else:
            return
    raise ServiceEnded(f"no answer within {ANSWERS_WITHIN:.0f} seconds")


def _pause(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait, but not longer than the process lives."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _refuse_ended(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        raise ServiceEnded(f"exit code {process.returncode}")


@contextmanager
def _signals_stop() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end us as Ctrl-C does."""
    before = {name: signal.signal(name, _stop) for name in SIGNALS}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _stop(number: int, frame: FrameType | None) -> Never:
    del number, frame
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)  # a second Ctrl-C must not leave the service behind
    raise KeyboardInterrupt
