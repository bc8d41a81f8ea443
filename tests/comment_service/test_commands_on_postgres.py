"""The operators' commands on a real PostgreSQL server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from comment_service.commands import main
from comment_service.storage.opening import open_store
from tests.comment_service.storage.test_copying import hide
from tests.factories import make_contribution
from tests.servers.postgres import Cluster, free_port

pytestmark = pytest.mark.postgres
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command and returns its exit code, its output, and its complaint."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments], {})
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def fresh(cluster: Cluster) -> Iterator[str]:
    """The address of a database without tables."""
    cluster.create_database("fresh")
    yield cluster.tcp_url("fresh")
    cluster.execute("DROP DATABASE fresh WITH (FORCE)")


def test_from_a_folder_to_a_database_and_back(run: Run, fresh: str, tmp_path: Path):
    folder, back = f"embedded:{tmp_path / 'data'}", f"embedded:{tmp_path / 'back'}"
    store = open_store(folder)
    for number in range(30):
        store.add(make_contribution(f"00000000-0000-7000-8000-{number:012d}"))
    hide(store, "00000000-0000-7000-8000-000000000007", "00000000-0000-7000-8000-100000000001")
    for _ in range(2):
        assert run("init", "--store", fresh) == (0, "Ready.\n", "")
    said = "Copied and compared: 30 contributions and 1 log entry.\n"
    assert run("copy", "--from", folder, "--to", fresh) == (0, said, "")
    assert run("copy", "--from", fresh, "--to", back) == (0, said, "")
    assert list(open_store(back).stock()) == list(store.stock())
    assert open_store(back).secret() == store.secret()
    assert run("verify", "--store", fresh)[0] == 0
    assert run("compact", "--store", fresh)[0] == 0
    file = tmp_path / "backup.gz"
    assert run("backup", "--store", fresh, file)[0] == 0
    assert run("restore", "--store", f"embedded:{tmp_path / 'restored'}", file)[0] == 0
    code, _, err = run("restore", "--store", fresh, file)
    assert (code, err.count("\n")) == (1, 1)


COMMANDS = [
    ["verify", "--store", "URL"],
    ["backup", "--store", "URL", "backup.gz"],
    ["copy", "--from", "URL", "--to", "embedded:data"],
    ["copy", "--from", "embedded:data", "--to", "URL"],
]


@pytest.fixture(
    params=["wrong password", "unreachable host", "unknown database", "unknown user", "no tables"]
)
def broken(request: pytest.FixtureRequest, cluster: Cluster) -> tuple[str, str]:
    """The address of a database that cannot be used, and what is said of it."""
    match request.param:
        case "wrong password":
            return cluster.tcp_url("randnotiz", password="falsch-geheim"), "password"
        case "unreachable host":
            return f"postgresql://u:falsch-geheim@127.0.0.1:{free_port()}/d", "refused"
        case "unknown database":
            return cluster.tcp_url("nirgends"), "nirgends"
        case "unknown user":
            return cluster.tcp_url("randnotiz", user="niemand"), "password"
    return request.getfixturevalue("fresh"), "python comments.py init"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_that_cannot_be_used_is_told_in_one_line(
    run: Run,
    broken: tuple[str, str],
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.chdir(tmp_path)
    url, reason = broken
    code, out, err = run(*(url if word == "URL" else word for word in command))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert reason in err
    assert "Traceback" not in err
    assert "geheim" not in err
    assert not Path("backup.gz").exists()
