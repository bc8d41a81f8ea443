"""Which versions are printed, and where to: for the command that prints."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from participation.refusals import UnknownDocument, UnknownVersion
from site_src.booklets import booklet_of
from site_src.content import Content
from site_src.editions import Edition
from site_src.laying_out import LaidOut
from site_src.messages import translator
from site_src.page_addresses import booklet_file, document_page, pdf_file, version_page
from site_src.printing import pdf_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed: no ``slugs`` mean all documents, no ``version`` the newest."""

    slugs: Sequence[str] = ()
    version: int | None = None
    booklet: bool = False


def print_versions(content: Content, wanted: Wanted, folder: Path) -> Iterator[Path]:
    """Write the PDF of each version that is wanted, and yield where it lies.

    Raises:
        UnknownDocument, UnknownVersion: If there is no such one; nothing is written then.
        CannotPrint: If what makes them is missing.
        PictureMissing: If a text shows a picture that is not there.
    """
    write, named = (booklet_of, booklet_file) if wanted.booklet else (pdf_of, pdf_file)
    for edition in list(_editions(content, wanted)):
        path = named(edition.slug, edition.version.number)
        yield _written(folder / PurePosixPath(path).name, write, edition, content)


def with_pdfs(laid_out: LaidOut, content: Content) -> LaidOut:
    """Return the pages with the PDF of each version beside its page, and links to it.

    The newest has its booklet, too, if it takes comments. Errors as above.
    """
    pages, made = dict(laid_out.pages), dict(laid_out.made)
    for published in content.documents.values():
        for edition in published.editions:
            files, linked = _beside_page(edition, content, with_booklet=edition is published.newest)
            made |= files
            shown = [version_page(edition.slug, edition.version.number)]
            shown += [document_page(edition.slug)] if edition is published.newest else []
            for page in shown:
                pages[page] = replace(pages[page], meta={**pages[page].meta, **linked})
    return replace(laid_out, pages=pages, made=made)


def _beside_page(
    edition: Edition, content: Content, *, with_booklet: bool
) -> tuple[dict[str, bytes], dict[str, dict[str, str]]]:
    """Return the files of a version by their paths, and what its page says of them."""
    say, number = translator(content.settings.language).gettext, edition.version.number
    path = pdf_file(edition.slug, number)
    files = {path: pdf_of(edition, content)}
    linked = {"pdf": {"words": say("This version as a PDF file"), "url": path}}
    if with_booklet and edition.version.window is not None:
        path = booklet_file(edition.slug, number)
        files[path] = booklet_of(edition, content)
        words = say("Booklet for workshops with cards for remarks (PDF)")
        linked["booklet"] = {"words": words, "url": path}
    return files, linked


def _editions(content: Content, wanted: Wanted) -> Iterator[Edition]:
    for slug in wanted.slugs or content.documents:
        if slug not in content.documents:
            raise UnknownDocument(slug)
        published = content.documents[slug]
        numbers = [edition.version.number for edition in published.editions]
        if wanted.version is not None and wanted.version not in numbers:
            raise UnknownVersion(slug, wanted.version)
        yield published.edition(wanted.version or numbers[-1])


def _written(
    file: Path, write: Callable[[Edition, Content], bytes], edition: Edition, content: Content
) -> Path:
    made = write(edition, content)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.new")
    aside.write_bytes(made)
    return aside.replace(file)
