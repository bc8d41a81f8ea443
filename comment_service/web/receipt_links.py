"""The link by which people find back to their own contribution, and a mail to themselves."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import request, url_for

from comment_service.web.service import service
from comment_service.web.spoken import spoken


@dataclass(frozen=True, slots=True)
class Keep:
    """What is worth keeping: the code as it is read, the link, and the link of an empty mail."""

    code: str
    link: str
    mail: str


def links_to_keep(code: str) -> Keep:
    """Return what its author may keep of a receipt, in the language of the page."""
    base = (service().settings.service_url or request.url_root).rstrip("/")
    link = f"{base}{url_for('own.receipt', code=code)}"
    language = spoken()
    subject = language.gettext("Receipt of my contribution")
    told = language.gettext("Receipt code: %(code)s") % {"code": code}
    body = f"{told}\r\n{link}"
    return Keep(code, link, f"mailto:?subject={quote(subject)}&body={quote(body)}")
