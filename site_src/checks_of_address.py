"""The check of the site's own address, which feeds and calendars hand out."""

from collections.abc import Iterator

from site_src.messages import message
from site_src.problems import Problem, warning
from site_src.site_settings import SiteSettings


def check_address(settings: SiteSettings) -> Iterator[Problem]:
    """Yield what is missing once people are going to read this site."""
    if not settings.plain.get("site_url"):
        yield warning(
            "mkdocs.yml",
            None,
            message("“site_url” is empty, so feeds and calendars cannot name the site's address"),
            message("write there where people find the site, such as https://texte.example.org/"),
        )
