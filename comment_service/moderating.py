"""What the desk does to contributions: let them appear, hide, restore and black them out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from comment_service.changing_contributions import Changing, Seen, Treated, tried
from participation.blacking_out import blacked_out
from participation.contribution import Contribution, Hiding
from participation.log_entry import Role
from participation.moderation import Act, hidden, published, restored

BLACKED_OUT = "blacked-out"  # why a text was changed, in the log


@dataclass(frozen=True, slots=True)
class Moderating:
    """The use cases of moderating, with all they lean on handed in."""

    changing: Changing

    def act(self, seen: Seen, act: Act, role: Role, why: Hiding | None = None) -> Contribution:
        """Publish, hide or restore a contribution, if it still is as it was seen.

        Raises:
            UnknownContribution: If there is none of that id.
            ChangedMeanwhile: If it is no longer as it was seen.
            StatusForbids: If its status does not let this be done.
            InvalidInput: If the note is too long.
        """
        before = self.changing.look(seen)
        after = _treatment(act, why)(before)
        # The note is for the author; it may name people, and what is logged stays for good.
        reason = after.hidden.reason.value if after.hidden else None
        return self.changing.put_status(before, after, role, reason)

    def act_on_all(
        self, seen: Iterable[Seen], act: Act, role: Role, why: Hiding | None = None
    ) -> list[Treated]:
        """Do the same to many, each on its own: what others changed meanwhile is told, and left."""
        return [tried(one.id, partial(self.act, one, act, role, why)) for one in seen]

    def preview(self, seen: Seen, words: str) -> Contribution:
        """Return what would be left of a contribution, and change nothing.

        Raises:
            UnknownContribution, ChangedMeanwhile: As above.
            InvalidInput: If nothing is named, or something that does not stand there.
        """
        return blacked_out(self.changing.look(seen), words)

    def black_out(self, seen: Seen, words: str, role: Role) -> Contribution:
        """Take words out of text and name for good; in the log stay digests only.

        Raises:
            UnknownContribution, ChangedMeanwhile, InvalidInput: As above.
        """
        before = self.changing.look(seen)
        return self.changing.put_text(before, blacked_out(before, words), role, BLACKED_OUT)


def _treatment(act: Act, why: Hiding | None) -> Callable[[Contribution], Contribution]:
    if act is Act.HIDE:
        if why is None:
            raise ValueError("hiding needs a reason: the author reads it")
        return partial(hidden, why=why)
    return {Act.PUBLISH: published, Act.RESTORE: restored}[act]
