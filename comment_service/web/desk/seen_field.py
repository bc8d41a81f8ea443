"""What somebody saw when they decided: it goes along in the form, to be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from comment_service.changing_contributions import Seen, seen_digest
from comment_service.web.desk.wanted import read_number
from participation.contribution import Contribution
from participation.log_entry import LogEntry


@dataclass(frozen=True, slots=True)
class SeenField:
    """A contribution as it was seen; ``entries`` is how much the log said of it then."""

    seen: Seen
    entries: int = 0

    def since(self, history: Sequence[LogEntry]) -> tuple[LogEntry, ...]:
        """Return what the log has said since."""
        return tuple(history[self.entries :])


def seen_field(contribution: Contribution, entries: int = 0) -> str:
    """Return what stands in the form: ``digest.entries``."""
    return f"{seen_digest(contribution)}.{entries}"


def read_seen(contribution_id: str, text: str) -> SeenField:
    """Read what stands in the form; what makes no sense was never seen."""
    digest, _, entries = text.partition(".")
    return SeenField(Seen(contribution_id, digest), read_number(entries) or 0)


def read_chosen(values: Sequence[str]) -> list[Seen]:
    """Read the checkboxes of a list, ``id:digest`` each."""
    parted = (value.partition(":") for value in dict.fromkeys(values))
    return [read_seen(one, field).seen for one, _, field in parted]
