"""The ways in for functions, in processes of their own as on their platforms."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("store", ["embedded:data", "memory:", ""])
def test_a_function_refuses_a_store_that_goes_with_its_machine(store: str):
    environ = {**os.environ, "RANDNOTIZ_STORE": store}  # noqa: TID251  # a process needs a PATH
    started = subprocess.run(
        [sys.executable, "-c", "import comment_service.serverless"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 2
    assert "keeps contributions on one machine" in started.stderr
    assert started.stderr.count("\n") == 1
