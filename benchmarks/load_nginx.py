"""nginx with the sample configuration: a public read from a file, beside any static file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.load_figures import Way, read
from benchmarks.load_subjects import Running, Subject, running
from tests.comment_service.servers.web_servers import nginx

STATIC = "same-size.json"


@dataclass(frozen=True, slots=True)
class Fronted:
    """What nginx answers: from PUBLISH_DIR, and of the site, the same bytes."""

    published: Way
    static: Way


@contextmanager
def fronted(subject: Subject, folder: Path) -> Iterator[Fronted]:
    """Start the service, and nginx before it, and wait until the public files are there."""
    site, public = folder / "site", folder / "public"
    site.mkdir()
    kept = replace(
        subject,
        environ=lambda place: {
            **subject.environ(place),
            "RANDNOTIZ_PUBLISH_DIR": str(public),
        },
    )
    with running(kept, folder / "service") as service, nginx(service.port, site, public) as front:
        name = f"{subject.read.removeprefix('/')}.json"
        front.wait_for(name)
        (site / STATIC).write_bytes((public / name).read_bytes())
        yield Fronted(
            read(_behind(service, front.port, subject.read)),
            read(_behind(service, front.port, f"/{STATIC}")),
        )


def _behind(service: Running, port: int, path: str) -> Running:
    return replace(service, port=port, subject=replace(service.subject, read=path))
