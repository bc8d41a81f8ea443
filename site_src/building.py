"""Builds the site: reads, checks, lays out, lets the engine run, and swaps the result in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from participation.catalogue import Catalogue
from site_src.catalogue_file import NAME, catalogue_of, write_catalogue
from site_src.checks import check
from site_src.checks_of_address import check_address
from site_src.checks_of_answers import check_answers
from site_src.checks_of_publication import check_publication, is_new
from site_src.content import Content, read_content
from site_src.engine import Run, make_sites
from site_src.laying_out import LaidOut, lay_out, write_out
from site_src.messages import Message, message
from site_src.one_at_a_time import alone_in
from site_src.places import Places
from site_src.previewing import keep_robots_out, without_comments, without_windows
from site_src.problems import Level, Problem, errors, in_order
from site_src.safety_headers import write_headers
from site_src.searching import write_search
from site_src.swapping import aside, clear, prepare, swap_in

PATIENCE = 120.0  # seconds that a build waits for another one on the same content
STEPS = 4


class ContentRefused(Exception):
    """The content has errors; ``problems`` are all that were found, hints included."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(errors(problems))} errors in the content")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built; ``say`` takes the lines of progress.

    A ``preview`` shows drafts, takes no comments and keeps search engines out. A ``gate``
    refuses a version while somebody waits for an answer to the one before. With ``pdf``, or where
    the settings wish it, each version is there as a PDF file, too.
    """

    places: Places
    service: str
    today: date
    environment: Mapping[str, str]
    say: Callable[[Message], None]
    patience: float = PATIENCE
    preview: bool = False
    gate: bool = False
    pdf: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built, and what somebody should know about it."""

    problems: list[Problem]
    pages: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Content that was read and checked, and the pages that it makes, by language."""

    content: Content
    sites: Mapping[str, LaidOut]
    problems: list[Problem]

    @property
    def laid_out(self) -> LaidOut:
        """The pages in the language that comes first."""
        return next(iter(self.sites.values()))


def check_content(order: Order) -> Checked:
    """Read and check everything; writes nothing but the cache.

    Raises:
        UnreadableSettings: If ``mkdocs.yml`` is missing or broken.
    """
    content = read_content(order.places, today=order.today, drafts=order.preview)
    sites = {language: _laid_out(order, content, language) for language in _languages(content)}
    problems = [*check(content, sites), *_check_publication(order, content)]
    content.shelf.save()
    return Checked(content, sites, in_order(problems))


def _languages(content: Content) -> tuple[str, ...]:
    return content.settings.languages


def _laid_out(order: Order, content: Content, language: str) -> LaidOut:
    spoken = content.spoken_in(language)
    laid_out = lay_out(spoken, today=order.today, service=order.service)
    return without_comments(laid_out) if order.preview else laid_out


def _check_publication(order: Order, content: Content) -> Iterator[Problem]:
    """Check against the site that is public; what is only built here may be tried out."""
    if order.preview:
        return
    published = order.places.published
    catalogue = (published or order.places.output) / NAME
    if published is not None:
        yield from check_address(content.settings)
    yield from check_publication(content, catalogue, refuse=published is not None)
    for slug, document in content.documents.items():
        archive = content.archives.get(slug)
        if order.gate:
            yield from check_answers(document, archive, order.service, unasked=Level.ERROR)
        elif published is not None and is_new(document, catalogue):
            yield from check_answers(document, archive, order.service, unasked=Level.WARNING)


def build(order: Order) -> Built:
    """Build the site and swap it in; if that fails, the old one stays as it is.

    Raises:
        ContentRefused: If the content has errors.
        EngineFailed: If the generator fails.
        CannotPrint, PictureMissing: If it is asked for PDF files, and they cannot be made.
        SenselessCatalogue: If our own catalogue does not fit its schema.
        BuildIsRunning: If another build does not come to an end.
        NotOurFolder: If the output folder holds something else.
        UnreadableSettings: If ``mkdocs.yml`` is missing or broken.
    """
    with alone_in(order.places.work, say=order.say, patience=order.patience):
        new = prepare(order.places.output)
        try:
            return _build(order, new)
        finally:
            clear(order.places.output)


def _build(order: Order, new: Path) -> Built:
    _step(order, 1, message("read and check the texts"))
    checked = check_content(order)
    if errors(checked.problems):
        raise ContentRefused(checked.problems)
    _step(order, 2, message("lay out the pages"))
    checked = _with_pdfs(order, checked)
    runs = list(_runs(order, checked, new))
    for run in runs:
        write_out(run.laid_out, order.places, order.places.laid_out_in(run.further))
    _step(order, 3, message("make the site (this takes the longest)"))
    make_sites(runs)
    for run in runs[1:]:
        run.site.rename(new / run.settings.language)
    _step(order, 4, message("write the catalogue and put the site in its place"))
    write_headers(new, order.service)
    for run in runs:
        place = new / run.settings.language if run.further else new
        write_search(checked.content.spoken_in(run.settings.language), run.laid_out, place)
    write_catalogue(_catalogue(order, checked), new)
    if order.preview:
        keep_robots_out(new)
    swap_in(new, order.places.output)
    checked.content.cache.prune()
    return Built(checked.problems, sum(len(one.pages) for one in checked.sites.values()))


def _with_pdfs(order: Order, checked: Checked) -> Checked:
    if order.preview or not (order.pdf or checked.content.settings.pdf):
        return checked
    # Not loaded by builds that print nothing.
    from site_src.printing_files import with_pdfs  # noqa: PLC0415

    content = checked.content
    sites = {
        language: with_pdfs(laid_out, content.spoken_in(language))
        for language, laid_out in checked.sites.items()
    }
    return replace(checked, sites=sites)


def _catalogue(order: Order, checked: Checked) -> Catalogue:
    content = checked.content
    catalogue = catalogue_of(content.documents.values(), content.meetings, _languages(content)[1:])
    return without_windows(catalogue) if order.preview else catalogue


def _runs(order: Order, checked: Checked, new: Path) -> Iterator[Run]:
    """Yield what the engine is to make: a site for each language, the first one at the root."""
    languages = _languages(checked.content)
    for language in languages:
        yield Run(
            settings=checked.content.settings.spoken_in(language),
            laid_out=checked.sites[language],
            places=order.places,
            site=new if language == languages[0] else aside(new, language),
            service=order.service,
            environment=order.environment,
            preview=order.preview,
            languages=languages,
        )


def _step(order: Order, number: int, what: Message) -> None:
    order.say(message("Step {number} of {steps}: {what}", number=number, steps=STEPS, what=what))
