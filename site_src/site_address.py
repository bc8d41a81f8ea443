"""Where the site is found, and the names that its versions, minutes and events bear for good."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from site_src.site_settings import SiteSettings


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """``url`` ends with a slash; empty: nobody has said where the site is found.

    ``identity`` is what all names are made of, and must stay when the site moves.
    """

    url: str
    identity: str

    def absolute(self, path: str, *, here: str = "") -> str:
        """Return the address of a path; without ``url`` relative to ``here``, a path as well."""
        if self.url:
            return urljoin(self.url, path)
        return "../" * here.count("/") + path or "./"

    def name(self, *parts: object) -> UUID:
        """Return the name of something of this site, the same for good."""
        return uuid5(NAMESPACE_URL, "/".join(["randnotiz:", self.identity, *map(str, parts)]))


def address_of_site(settings: SiteSettings) -> SiteAddress:
    """Read ``site_url``, and ``identity`` below ``extra``: the host of the first address."""
    url = str(settings.plain.get("site_url") or "")
    url = url if url.endswith("/") or not url else f"{url}/"
    extra = settings.plain.get("extra") or {}
    identity = extra.get("identity") or urlsplit(url).hostname or settings.plain.get("site_name")
    return SiteAddress(url, str(identity or "randnotiz"))
