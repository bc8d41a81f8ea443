"""All checks: everything that is wrong with the content, each with its place and its cure."""

from collections.abc import Collection, Iterator, Mapping

from site_src.cache_keys import digest
from site_src.checks_of_dates import check_dates
from site_src.checks_of_footnotes import check_footnotes
from site_src.checks_of_links import check_links, check_links_of
from site_src.checks_of_markdown import check_markdown
from site_src.checks_of_minutes import check_minutes
from site_src.checks_of_twins import check_twins
from site_src.checks_of_versions import check_versions
from site_src.checks_of_ways import check_ways
from site_src.checks_of_windows import check_windows
from site_src.content import Content
from site_src.laying_out import LaidOut, anchors_of
from site_src.messages import message
from site_src.page_addresses import document_page
from site_src.problems import Problem, in_order
from site_src.source_files import SourceFile
from site_src.sources import PAGES


def check(content: Content, sites: Mapping[str, LaidOut]) -> list[Problem]:
    """Return all problems of the content in the order of files and lines.

    ``sites`` are its pages in each language, that of the texts first.
    """
    first, *further = sites
    ids = _ids(content, sites[first])
    problems = [
        *content.problems,
        *check_dates(content.sources, content.editions),
        *check_versions(content.documents.values()),
        *check_windows(content.documents.values()),
        *check_ways(content),
        *check_twins(content),
        *check_minutes(content),
        *check_links(content, ids),
        *(problem for one in further for problem in _check_language(content, one, sites[one])),
        *_check_pages(content),
        *_check_numbers(content),
    ]
    for source in content.sources.files:
        if not _is_sound(source, content):
            problems += _traps(source)
    return in_order(problems)


def _ids(content: Content, laid_out: LaidOut) -> dict[str, Collection[str]]:
    return {path: anchors_of(page, content.markdown) for path, page in laid_out.pages.items()}


def _check_language(content: Content, language: str, laid_out: LaidOut) -> Iterator[Problem]:
    """Check the links of the pages that were written in a further language."""
    written = [page.file for page in content.sources.pages if page.language == language]
    known = {page.page for page in content.sources.pages if page.language is None}
    if written:
        ids = _ids(content, laid_out)
        for source in written:
            yield from check_links_of(source, content, ids)
    for page in content.sources.pages:
        if page.language == language and page.page not in known:
            yield Problem(
                page.file.path,
                1,
                message("there is no page that this one translates"),
                message("write {page}, or name the file after another page", page=page.page),
            )


def _is_sound(source: SourceFile, content: Content) -> bool:
    """Say whether the Markdown was checked before, and nothing was found."""
    key = digest("sound", source.body)
    return content.shelf.kept(key, bool, lambda: not _traps(source))


def _traps(source: SourceFile) -> list[Problem]:
    return [*check_markdown(source), *check_footnotes(source)]


def _check_pages(content: Content) -> Iterator[Problem]:
    """Check that no hand-written page stands where another page is made."""
    made = {page for source, page in content.addresses.page_of.items() if PAGES not in source}
    made |= {"texte.md", "sitzungen/index.md"}
    made |= {f"{slug}.md" for slug in content.documents}
    for page in content.sources.pages:
        if page.name in made:
            yield Problem(
                page.file.path,
                1,
                message("this page would stand in the place of one that is made"),
                message("give the file another name"),
            )


def _check_numbers(content: Content) -> Iterator[Problem]:
    for edition in content.editions:
        if not edition.version.paragraphs:
            yield Problem(
                edition.source.file.path,
                edition.source.file.body_line,
                message("{page} would have no paragraph", page=document_page(edition.slug)),
                message("write its text; an HTML block that does not end swallows all below it"),
            )
