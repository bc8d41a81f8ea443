import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from site_src.building import build
from site_src.messages import Message
from site_src.places import Places
from site_src.serving import (
    PortIsBusy,
    ServiceEnded,
    Serving,
    refuse_busy_port,
    serve,
    sources,
    state_of,
)
from tests.site_src.conftest import ENVIRONMENT, Edit, Write, order_for

HOUSE = Path(__file__).parents[2]
OPEN = "Open http://{host}:{port}/ – stop with Ctrl-C"


@pytest.fixture
def port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        number: int = attempt.getsockname()[1]
    return number


class Terminal:
    """Takes the lines of progress, and does what a person does at some of them."""

    def __init__(self, **on: Callable[[], None]) -> None:
        self.said: list[str] = []
        self._on = on

    def __call__(self, line: Message) -> None:
        self.said.append(line.english)
        for word, act in self._on.items():
            if line.english.startswith(word):
                act()


def ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def term() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def serving(tiny: Places, port: int, terminal: Terminal, **changed: object) -> Serving:
    def building() -> bool:
        build(order_for(tiny))
        return True

    given: dict[str, object] = {
        "places": tiny,
        "port": port,
        "environment": ENVIRONMENT,
        "build": building,
        "say": terminal,
        "fingerprint": lambda: state_of(sources(tiny)),
    }
    return Serving(**{**given, **changed})  # type: ignore[arg-type]  # given above


def is_free(port: int) -> bool:
    try:
        refuse_busy_port(port)
    except PortIsBusy:
        return False
    return True


def test_site_and_service_answer_on_one_address_until_ctrl_c(tiny: Places, port: int):
    answers: list[bytes] = []

    def read() -> None:
        for path in ("leitlinien/", "api/documents"):
            with urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
                answers.append(answer.read())
        ctrl_c()

    serve(serving(tiny, port, terminal := Terminal(Open=read)))
    assert b'id="rn-4"' in answers[0]
    assert b"Leitlinien" in answers[1]
    assert terminal.said == [OPEN, "Stopped."]
    assert is_free(port)


def test_sigterm_stops_it_as_well(tiny: Places, port: int):
    serve(serving(tiny, port, terminal := Terminal(Open=term)))
    assert terminal.said[-1] == "Stopped."
    assert is_free(port)


def test_a_changed_source_is_built_again(tiny: Places, edit: Edit, port: int):
    builds: list[bool] = []

    def building() -> bool:
        builds.append(True)
        if len(builds) == 1:
            build(order_for(tiny))
        else:
            ctrl_c()
        return True

    terminal = Terminal(Open=lambda: edit("schedule.yml", "Auswertung", "Rückblick"))
    serve(serving(tiny, port, terminal, build=building))
    assert terminal.said == [OPEN, "Something changed.", "Stopped."]


def test_without_a_site_it_waits_until_the_problems_are_mended(
    tiny: Places, write: Write, port: int
):
    def building() -> bool:
        if not (tiny.content / "guidelines" / "neu.md").exists():
            return False
        build(order_for(tiny))
        return True

    text = "---\ntitle: Neu\nversion: 1\nstatus: adopted\n---\n\nText\n"
    terminal = Terminal(There=lambda: write("guidelines/neu.md", text), Open=ctrl_c)
    serve(serving(tiny, port, terminal, build=building))
    assert terminal.said[1:] == [OPEN, "Stopped."]
    assert (tiny.output / "neu" / "index.html").exists()


def test_ctrl_c_while_it_waits_stops_it(tiny: Places, port: int):
    terminal = Terminal(There=ctrl_c)
    serve(serving(tiny, port, terminal, build=lambda: False))
    assert terminal.said[-1] == "Stopped."


def test_a_busy_port_is_refused(tiny: Places):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortIsBusy):
            serve(serving(tiny, other.getsockname()[1], Terminal()))


def test_a_service_that_ends_on_its_own_is_a_fault(tiny: Places, port: int):
    with pytest.raises(ServiceEnded, match="exit code"):
        serve(serving(tiny, port, Terminal(), service="kein.modul:app"))
    assert is_free(port)


def test_the_state_changes_with_every_file(tiny: Places, write: Write):
    states = {state_of(sources(tiny))}
    write("minutes/neu.md", "a")
    states.add(state_of(sources(tiny)))
    write("minutes/neu.md", "ab")
    states.add(state_of(sources(tiny)))
    (tiny.content / "minutes" / "neu.md").unlink()
    states.add(state_of(sources(tiny)))
    assert len(states) == 3


@pytest.fixture
def process(tiny: Places, port: int) -> Iterator[subprocess.Popen[str]]:
    """``build.py serve`` on the tiny site, ended at the latest with the test."""
    folders = ["--content", str(tiny.content), "--output", str(tiny.output)]
    command = [sys.executable, "build.py", "serve", "--language", "en", "--port", str(port)]
    with subprocess.Popen(
        [*command, *folders], cwd=HOUSE, env=ENVIRONMENT, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
    ) as running:  # fmt: skip
        yield running
        running.kill()


def read_until(process: subprocess.Popen[str], word: str) -> str:
    """Return what the process says up to a line with that word."""
    said = ""
    for line in process.stdout or ():
        said += line
        if word in line:
            return said
    raise AssertionError(said)


def test_a_broken_edit_keeps_the_old_site_and_sigterm_ends_all(
    edit: Edit, port: int, process: subprocess.Popen[str]
):
    read_until(process, "Open http://")
    edit("guidelines/leitlinien.md", "version: 1", "version: eins")
    assert "leitlinien.md:3: “version” must be a whole number" in read_until(process, "1 problem.")
    with urlopen(f"http://127.0.0.1:{port}/leitlinien/") as answer:
        assert b'id="rn-4"' in answer.read()
    edit("guidelines/leitlinien.md", "version: eins", "version: 1")
    read_until(process, "Done: ")
    process.send_signal(signal.SIGTERM)
    assert "Stopped." in read_until(process, "Stopped.")
    assert process.wait(20) == 0
    assert is_free(port)


def test_an_unknown_page_is_answered_too(tiny: Places, port: int):
    def read() -> None:
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/gibt-es-nicht/").close()
        ctrl_c()

    serve(serving(tiny, port, Terminal(Open=read)))
