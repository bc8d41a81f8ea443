"""When meetings and dates were announced and changed, told from the history of their files."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from participation.window import opening
from site_src.event_keys import key_of_meeting, keys_of_dates
from site_src.front_matter import split
from site_src.history import History
from site_src.problems import BrokenSource
from site_src.revisions import Revision, revisions
from site_src.source_files import SourceFile
from site_src.sources import Sources
from site_src.yaml_text import ReadYaml

ANNOUNCED = ("title", "date", "time", "ends", "place")  # what whoever noted a meeting must know

Said = Mapping[str, object]  # what was announced, by keys


def revisions_of_sources(
    sources: Sources, history: History, read: ReadYaml, *, today: date
) -> dict[str, Revision]:
    """Return revisions, as far as there is a history.

    Those of meetings and dates stand under the keys of their events, those of minutes under
    the paths of their files.
    """

    def told(file: SourceFile, tell: Callable[[SourceFile], Said]) -> dict[str, Revision]:
        states = list(_states(file.path, history, read, tell))
        now = [(opening(today), tell(file))] if states else []
        return revisions([*states, *now])

    found = told(sources.schedule, said_of_dates)
    for source in sources.meetings:
        found |= told(source.file, said_of_meeting)
    return found


def said_of_meeting(file: SourceFile) -> Said:
    """Return what minutes announce, and all that they tell."""
    announced = [file.front.get(name) for name in ANNOUNCED]
    return {
        key_of_meeting(file.front.get("number")): announced,
        file.path: (file.front, file.body),
    }


def said_of_dates(file: SourceFile) -> Said:
    """Return what a schedule announces."""
    entries = file.front.get("dates", [])
    keys = keys_of_dates([(str(one["title"]), str(one["date"])) for one in entries])
    return dict(zip(keys, entries, strict=True))


def _states(
    path: str, history: History, read: ReadYaml, tell: Callable[[SourceFile], Said]
) -> Iterator[tuple[datetime, Said]]:
    """Yield what each commit announced; what could not be read announced nothing."""
    for stage in history.of(path):
        try:
            yield stage.moment, tell(_file(path, stage.text or "", read))
        except (BrokenSource, AttributeError, KeyError, TypeError):  # a later commit mended it
            continue


def _file(path: str, text: str, read: ReadYaml) -> SourceFile:
    if not path.endswith(".md"):
        return SourceFile(path, _values(read(path, text).value))
    parts = split(path, text)
    return SourceFile(path, _values(read(path, parts.front).value), body=parts.body)


def _values(plain: Any) -> Mapping[str, Any]:
    return plain if isinstance(plain, Mapping) else {}
