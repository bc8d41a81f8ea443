import os
import subprocess
import sys

import pytest

from comment_service.platforms import SIGNS, platform, refuse_passing_store
from comment_service.settings import BrokenSetting


def test_a_machine_of_ones_own_is_no_platform():
    assert platform({"PATH": "/bin", "K_SERVICE": ""}) is None


@pytest.mark.parametrize(("sign", "name"), SIGNS.items())
def test_a_platform_is_known_by_what_it_tells_its_processes(sign: str, name: str):
    assert platform({"PATH": "/bin", sign: "randnotiz"}) == name


@pytest.mark.parametrize("store", ["embedded:data", "memory:"])
def test_a_store_that_goes_with_the_machine_is_refused_where_machines_go(store: str):
    with pytest.raises(BrokenSetting) as broken:
        refuse_passing_store(store, "AWS Lambda")
    message = str(broken.value)
    assert message.startswith(f"RANDNOTIZ_STORE: {store.partition(':')[0]}: keeps contributions")
    assert message.endswith("write postgresql://USER@HOST/DATABASE")
    assert "AWS Lambda" in message
    refuse_passing_store(store, None)


def test_a_database_elsewhere_is_fine_everywhere():
    refuse_passing_store("postgresql://db.example/randnotiz", "AWS Lambda")


def test_a_server_on_such_a_platform_does_not_start_with_such_a_store():
    environ = {
        **os.environ,  # noqa: TID251  # a process needs a PATH
        "RANDNOTIZ_STORE": "embedded:data",
        "K_SERVICE": "randnotiz",
    }
    ended = subprocess.run(
        [sys.executable, "-c", "import comment_service.wsgi"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    assert "on Google Cloud Run or Knative machines come and go" in ended.stderr
    assert ended.stderr.count("\n") == 1
