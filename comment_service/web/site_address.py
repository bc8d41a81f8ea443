"""Where the site lies, in the language in which a page of the service is read."""

from comment_service.web.service import service
from comment_service.web.spoken import spoken
from participation.faults import Fault


def site_url() -> str:
    """Return the address of the site in the language that is spoken, with a slash at its end."""
    address, language = service().settings.site_url, spoken().code
    return f"{address}{language}/" if language in _further() else address


def _further() -> tuple[str, ...]:
    """Return the languages that have a site below the one at the root."""
    try:
        return service().commenting.published().languages
    except Fault:  # what tells of it has a page to show, too
        return ()
