"""What roles are called."""

from comment_service.web.messages import gettext_noop
from comment_service.web.spoken import spoken
from participation.log_entry import Role

WORDS = {
    Role.AUTHOR: gettext_noop("author"),
    Role.MODERATOR: gettext_noop("moderator"),
    Role.EDITOR: gettext_noop("editor"),
    Role.ADMINISTRATOR: gettext_noop("administrator"),
}


def role_words(role: Role) -> str:
    """Return what a role is called in the language that is spoken."""
    return spoken().gettext(WORDS[role])
