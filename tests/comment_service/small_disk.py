"""A disk with little room."""

import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class SmallDisk:
    """A folder for which there is little room until some is made."""

    folder: Path
    make_room: Callable[[], object]


@contextmanager
def mounted(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 256 KiB; who must not mount one gets a limit for the size of files."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "randnotiz", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        (place / "ballast").write_bytes(bytes(100_000))
        yield SmallDisk(place, (place / "ballast").unlink)
        subprocess.run(["umount", "--lazy", str(place)], check=True)
        return
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, unlimited[1]))
    yield SmallDisk(
        place, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, unlimited[1]))
    )
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
