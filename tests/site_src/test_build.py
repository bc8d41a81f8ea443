"""The editors' command, called in process and as a process."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

import build
from site_src.building import Order
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import hint
from tests.site_src.conftest import ENVIRONMENT, Edit, order_for

HOUSE = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tiny: Places, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command on the tiny site; return exit code, output and error output."""

    def running(
        command: str, *arguments: str, environment: dict[str, str] = ENVIRONMENT
    ) -> tuple[int, str, str]:
        folders = ["--content", str(tiny.content), "--output", str(tiny.output)]
        code = build.main([command, *folders, *arguments], environment, house=tiny.house)
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def as_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build.py", *arguments],
        cwd=HOUSE, env={**ENVIRONMENT, **environment}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip


def test_build_makes_the_site_and_says_so(run: Run, tiny: Places):
    code, said, _ = run("build")
    assert code == 0
    assert said.splitlines()[0] == "Schritt 1 von 4: Texte lesen und prüfen"
    assert said.splitlines()[-1] == f"Fertig: 9 Seiten in {tiny.output}"
    assert (tiny.output / "catalogue.json").exists()


def test_check_says_that_all_is_well_and_writes_nothing(run: Run, tiny: Places):
    code, said, _ = run("check", "--language", "en")
    assert (code, said.splitlines()[-1]) == (0, "No problems.")
    assert not tiny.output.exists()


def test_check_names_problems_and_hints(run: Run, edit: Edit):
    edit("guidelines/leitlinien.md", "Erster", "<div>HTML</div>\n\nErster")
    edit("guidelines/leitlinien.md", "version: 1", "version: 0")
    code, said, _ = run("check")
    assert code == 1
    assert (
        "guidelines/leitlinien.md:3: „0“ passt nicht zu „version“; so schreiben: version: 1" in said
    )
    assert (
        "guidelines/leitlinien.md:17: Hinweis: einen HTML-Block kann niemand kommentieren" in said
    )
    assert said.splitlines()[-1] == "1 Problem."


def test_build_counts_hints_instead_of_naming_them(run: Run, edit: Edit):
    edit("guidelines/leitlinien.md", "Erster", "<div>HTML</div>\n\nErster")
    edit("guidelines/leitlinien.md", "version: 1", "version: 0")
    code, said, _ = run("build")
    assert code == 1
    assert said.splitlines()[-2:] == [
        "1 Problem.",
        "1 Hinweis: „python build.py check“ zeigt ihn.",
    ]


def test_the_address_of_the_service_is_the_options_then_the_environments(run: Run, tiny: Places):
    environment = {**ENVIRONMENT, "RANDNOTIZ_SERVICE": "https://a.example.org/"}
    page = tiny.laid_out / "leitlinien" / "index.md"
    run("build", environment=environment)
    assert "[rn]: https://a.example.org/beitrag/leitlinien/1/ " in page.read_text("utf-8")
    run("build", "--service", "https://b.example.org", environment=environment)
    assert "[rn]: https://b.example.org/beitrag/leitlinien/1/ " in page.read_text("utf-8")


def test_a_failing_generator_is_our_fault(run: Run, tiny: Places):
    settings = tiny.settings.read_text("utf-8")
    tiny.settings.write_text(
        settings.replace("- zeitplan.md", "- zeit.md").replace(": zeitplan.md", ": zeit.md"),
        "utf-8",
    )
    code, said, error = run("build")
    assert code == 3
    assert "mkdocs.yml:7: die Navigation nennt eine Seite, die es nicht gibt: zeit.md" in said
    assert error == "Der Generator ist gescheitert. Die Website bleibt, wie sie ist.\n"


def test_a_generator_that_breaks_tells_all_it_has_to_tell(run: Run, tiny: Places):
    (tiny.house / "haken.py").write_text("raise RuntimeError('kaputt')\n", "utf-8")
    settings = tiny.settings.read_text("utf-8")
    tiny.settings.write_text(f"{settings}hooks: [haken.py]\n", "utf-8")
    code, _, error = run("build")
    assert code == 3
    assert "kaputt" in error


def test_settings_that_cannot_be_read_are_named(run: Run, tiny: Places):
    tiny.settings.unlink()
    code, _, error = run("build")
    assert code == 2
    assert error.startswith("Die Einstellungen sind nicht lesbar: ")


def test_a_folder_that_holds_something_else_is_named(run: Run, tiny: Places):
    tiny.output.mkdir()
    (tiny.output / "brief.txt").write_text("wichtig", "utf-8")
    code, _, error = run("build")
    assert code == 2
    assert "liegt etwas anderes als eine Website" in error


def test_a_missing_folder_is_named(capsys: pytest.CaptureFixture[str]):
    assert build.main(["check", "--content", "/gibt/es/nicht"], ENVIRONMENT) == 2
    assert capsys.readouterr().err == "Es gibt keinen Ordner „/gibt/es/nicht“.\n"


def test_a_busy_port_is_named(run: Run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, _, error = run("serve", "--port", str(other.getsockname()[1]))
    assert code == 2
    assert "ist schon belegt" in error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Der Befehl fehlt."),
        (["bauen"], "Unbekannt: bauen."),
        (["build", "--prot", "1"], "Unbekannt: --prot 1."),
        (["build", "--output"], "--output braucht einen Wert."),
        (["serve", "--port", "viele"], "Der Wert von --port passt nicht."),
        (["serve", "--port", "0"], "Der Wert von --port passt nicht."),
        (["build", "--language", "fr"], "Unbekannt: fr."),
        (["build", "--help=x"], "argument -h/--help: ignored explicit argument 'x'"),
    ],
)
def test_a_wrong_call_is_named_in_plain_words(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
):
    with pytest.raises(SystemExit) as end:
        build.main(arguments, ENVIRONMENT)
    assert end.value.code == 2
    cure = "„python build.py --help“ zeigt, was möglich ist."
    assert capsys.readouterr().err == f"{said} {cure}\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "de"),
        ([], {"LANG": "C.UTF-8"}, "de"),
        ([], {"LANG": "fr_FR.UTF-8"}, "de"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        (["--language", "de"], {"LANG": "en_GB.UTF-8"}, "de"),
        (["check", "--language=en"], {}, "en"),
    ],
)
def test_the_language_is_the_options_then_the_environments(
    arguments: list[str], environment: dict[str, str], language: str
):
    assert build.language_of(arguments, environment) == language


@pytest.mark.parametrize(("found", "said"), [(0, ""), (1, "1 Hinweis:"), (2, "2 Hinweise:")])
def test_hints_are_counted(capsys: pytest.CaptureFixture[str], found: int, said: str):
    one = build.HELP["check"]
    build.show([hint("a.md", line, one, one) for line in range(found)], translator("de"))
    assert capsys.readouterr().out.startswith(said)


def test_a_rebuild_that_fails_is_said_and_nothing_ends(
    tiny: Places, edit: Edit, capsys: pytest.CaptureFixture[str]
):
    def rebuilt(**changed: object) -> bool:
        order: Order = order_for(tiny, **changed)
        return build.rebuilt(order, translator("de"))

    assert rebuilt()
    tiny.work.mkdir(exist_ok=True)
    with FileLock(tiny.work / ".lock"):
        assert not rebuilt(patience=0.01)
    assert "Die Website bleibt, wie sie ist: " in capsys.readouterr().err
    (tiny.house / "haken.py").write_text("raise RuntimeError('kaputt')\n", "utf-8")
    settings = tiny.settings.read_text("utf-8")
    tiny.settings.write_text(f"{settings}hooks: [haken.py]\n", "utf-8")
    assert not rebuilt()
    edit("guidelines/leitlinien.md", "version: 1", "version: 0")
    assert not rebuilt()


class Unreadable(dict[str, str]):
    """An environment that nobody can foresee."""

    def get(self, key: str, default: object = None) -> str:
        raise RuntimeError(f"kaputt: {key} {default}")


class Interrupted(dict[str, str]):
    """An environment in which somebody presses Ctrl-C."""

    def get(self, key: str, default: object = None) -> str:
        raise KeyboardInterrupt(key, default)


def test_what_nobody_foresaw_is_our_fault(capsys: pytest.CaptureFixture[str]):
    assert build.guarded(["check"], Unreadable()) == 3
    assert "kaputt: LANG" in capsys.readouterr().err


def test_ctrl_c_ends_without_a_traceback(capsys: pytest.CaptureFixture[str]):
    assert build.guarded(["check"], Interrupted()) == 130
    assert capsys.readouterr().err == ""


def test_the_help_is_in_german_and_names_commands_and_exit_codes():
    done = as_process("--help")
    assert done.returncode == 0
    for words in ("Aufruf: ", "Befehle:", "build", "serve", "check", "Rückgabewerte: 0 alles"):
        assert words in done.stdout
    assert "usage" not in done.stdout


def test_the_help_is_in_english_where_the_environment_is():
    done = as_process("serve", "--help", LANG="en_GB.UTF-8")
    assert done.returncode == 0
    assert "Exit codes: 0 all is well" in done.stdout
    assert "--port" in done.stdout


def test_problems_end_the_process_with_1(tiny: Places, edit: Edit):
    edit("guidelines/leitlinien.md", "version: 1", "version: 0")
    assert as_process("check", "--content", str(tiny.content)).returncode == 1


def test_a_wrong_call_ends_the_process_with_2():
    assert as_process("bauen").returncode == 2
