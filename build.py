#!/usr/bin/env python3
"""The editors' one command: build the site, serve it here, check the texts, publish them."""

import argparse
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from participation.refusals import UnknownDocument, UnknownVersion
from participation.window import HOME
from site_src.archives import BrokenArchive
from site_src.archiving import archive
from site_src.asking_service import ServiceNotAsked
from site_src.building import ContentRefused, Order, build, check_content
from site_src.catalogue_file import SenselessCatalogue
from site_src.collecting_rarely import collect_rarely
from site_src.command_line import WRONG_CALL, Parser, describe, port, releases
from site_src.content import read_content
from site_src.engine import EngineFailed
from site_src.exporting import NoRepository, ShallowRepository, UnknownRevision
from site_src.messages import LANGUAGES, Message, Translator, message, translator
from site_src.one_at_a_time import BuildIsRunning
from site_src.pdf_writer import CannotPrint, PictureMissing
from site_src.places import Places
from site_src.problems import Level, Problem, errors
from site_src.publishing import KEEP, Publication, places_in, publish
from site_src.serving import PortIsBusy, ServiceEnded, Serving, serve, sources, state_of
from site_src.settling import settle
from site_src.site_settings import UnreadableSettings
from site_src.swapping import NotOurFolder

HOUSE = Path(__file__).resolve().parent
FINE, PROBLEMS, OUR_FAULT = 0, 1, 3  # 2: WRONG_CALL
INTERRUPTED = 130  # as shells say after Ctrl-C

HELP = {
    "program": message("Makes the site from the texts in guidelines/, minutes/ and schedule.yml."),
    "codes": message(
        "Exit codes: 0 all is well, 1 the texts have problems, "
        "2 the call or the surroundings are wrong, 3 the fault is ours."
    ),
    "build": message("build the site into the folder “site”; if it fails, the old one stays"),
    "serve": message("show the site on this computer and renew it at every change"),
    "check": message("only look for problems, change nothing"),
    "archive": message(
        "keep the public contributions and answers beside the text, once they are complete"
    ),
    "publication": message(
        "check whether the newest version may appear: all contributions to the last one answered"
    ),
    "settle": message("write down which paragraphs of a version came from which, to freeze that"),
    "preview": message(
        "build what is not published yet, with drafts and without comments, to be looked at"
    ),
    "pdf": message("make PDF files of texts, or booklets with cards for workshops"),
    "publish": message("publish a commit of a repository; if it fails, the old site stays"),
    "content": message("folder with guidelines/, minutes/ and schedule.yml (default: this one)"),
    "output": message("folder for the finished site (default: site)"),
    "service": message("address of the comment service, if it is not that of the site"),
    "port": message("number of the port (default: 8000)"),
    "slug": message("the document: its file's name without .md"),
    "version": message("the version whose paragraphs have come from the one before it"),
    "preview_output": message("folder for the finished preview (default: build/preview)"),
    "repository": message("git repository with the texts and their whole history"),
    "revision": message("commit or branch to be published (default: HEAD)"),
    "target": message("folder of the releases; “current” in it is the site"),
    "printed": message("documents (default: all): their files' names without .md"),
    "printed_version": message("the version to be printed (default: the newest)"),
    "booklet": message("a booklet with a card for remarks behind each chapter"),
    "pdf_output": message("folder for the PDF files (default: build/pdf)"),
    "with_pdf": message("make a PDF file of each version, too"),
    "keep": message("number of releases that are kept (default: 5)"),
}
PDF = "build/pdf"
PREVIEW = "build/preview"  # where nobody serves it by mistake
OUTPUTS = {"preview": (PREVIEW, "preview_output"), "pdf": (PDF, "pdf_output")}
FAULTS: Mapping[type[Exception], tuple[int, Message]] = {
    BuildIsRunning: (WRONG_CALL, message("Another build does not come to an end: {detail}")),
    NotOurFolder: (
        WRONG_CALL,
        message("“{detail}” holds something else than a site; name another folder by --output."),
    ),
    NoRepository: (
        WRONG_CALL,
        message("There is no readable git repository; name another one by --repository: {detail}"),
    ),
    ShallowRepository: (
        WRONG_CALL,
        message(
            "{detail} holds only a part of the history (shallow clone), so it cannot tell the "
            "versions. Fetch the rest with “git fetch --unshallow”."
        ),
    ),
    UnknownRevision: (
        WRONG_CALL,
        message(
            "The repository has no commit “{detail}”. Commit the texts, or name another commit or "
            "branch by --revision."
        ),
    ),
    PortIsBusy: (
        WRONG_CALL,
        message("Port {detail} is taken. Choose another, for example --port 8001."),
    ),
    UnreadableSettings: (WRONG_CALL, message("The settings cannot be read: {detail}")),
    PermissionError: (WRONG_CALL, message("That is not allowed here: {detail}")),
    ServiceEnded: (OUR_FAULT, message("The comment service has ended: {detail}")),
    SenselessCatalogue: (OUR_FAULT, message("The catalogue makes no sense: {detail}")),
    ServiceNotAsked: (
        WRONG_CALL,
        message("The comment service does not answer; start it, or name it by --service: {detail}"),
    ),
    CannotPrint: (
        WRONG_CALL,
        message("Nothing can be printed here; install what is missing: {detail}"),
    ),
    PictureMissing: (PROBLEMS, message("A picture in a text is missing here: {detail}")),
    UnknownDocument: (WRONG_CALL, message("There is no such published document. ({detail})")),
    UnknownVersion: (
        WRONG_CALL,
        message("There is no such version, or none before it. ({detail})"),
    ),
}


def main(arguments: Sequence[str], environment: Mapping[str, str], *, house: Path = HOUSE) -> int:
    """Do what the arguments say and return the exit code; ``house`` has the site's own parts."""
    collect_rarely()
    words = translator(language_of(arguments, environment))
    chosen = parser(words).parse_args(arguments)
    source = Path(chosen.repository if chosen.command == "publish" else chosen.content)
    if not source.is_dir():
        missing = message("There is no folder “{name}”.", name=source)
        return refused(words, WRONG_CALL, missing)
    order = Order(
        places=places_of(chosen, source.resolve(), house),
        service=service_of(chosen, environment),
        today=today(),
        environment=environment,
        say=lambda line: tell(line.in_words(words)),
        pdf=getattr(chosen, "pdf", False),
    )
    try:
        return COMMANDS[chosen.command](order, chosen, words)
    except EngineFailed as failure:
        return generator_failed(words, failure)
    except tuple(FAULTS) as fault:
        code, sentence = FAULTS[next(kind for kind in FAULTS if isinstance(fault, kind))]
        return refused(words, code, message(sentence.english, detail=str(fault)))


def guarded(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Do what the arguments say; what nobody foresaw is our fault, never that of a text."""
    try:
        return main(arguments, environment)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the last flush
        return FINE  # whoever reads our lines has seen enough, as with `| head`
    except Exception:  # noqa: BLE001  # the last guard; Python's own exit code would be PROBLEMS
        traceback.print_exc()
        return OUR_FAULT


def run_build(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Build once."""
    del chosen
    try:
        built = build(order)
    except ContentRefused as refusal:
        show(refusal.problems, words)
        return PROBLEMS
    show(built.problems, words)
    done = message("Done: {pages} pages in {folder}", pages=built.pages, folder=order.places.output)
    order.say(done)
    return FINE


def run_preview(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Build once, for the eyes of editors only."""
    return run_build(replace(order, preview=True), chosen, words)


def run_publish(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Publish a commit."""
    moment, target = now(), Path(chosen.target).resolve()
    try:
        published = publish(Publication(order, target, moment, chosen.keep))
    except ContentRefused as refusal:
        show(refusal.problems, words)
        return PROBLEMS
    show(published.built.problems, words)
    pages, release = published.built.pages, published.release.name
    order.say(message("Published: {pages} pages, release {name}", pages=pages, name=release))
    return FINE


def run_check(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Look for problems and name them all."""
    problems = check_content(replace(order, gate=chosen.publication)).problems
    show(problems, words, hints=True)
    return PROBLEMS if errors(problems) else FINE


def run_archive(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Keep what was said on a document, and say what of it is not complete yet."""
    content = read_content(order.places, today=order.today)
    try:
        kept = archive(content, order.places.content, chosen.slug, order.service)
    except BrokenArchive as broken:
        for what in broken.what:
            refused(words, PROBLEMS, message("Nothing is archived: {what}", what=what))
        return PROBLEMS
    order.say(
        message("Archived: {count} contributions in {file}", count=kept.count, file=kept.file)
    )
    if kept.unanswered:
        order.say(message("{count} of them have no answer yet.", count=kept.unanswered))
    for number in kept.left:
        order.say(message("Version {number} is left out: something can still come.", number=number))
    return FINE


def run_settle(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Write the computed ways to a version into the file that overrules them."""
    checked = check_content(order)
    if errors(checked.problems):
        show(checked.problems, words)
        return PROBLEMS
    file, added = settle(checked.content, order.places.content, chosen.slug, chosen.version)
    order.say(message("Settled: {added} entries are new in {file}", added=added, file=file))
    return FINE


def run_pdf(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Print what is asked for."""
    # Not loaded by commands that print nothing.
    from site_src.printing_files import Wanted, print_versions  # noqa: PLC0415

    checked = check_content(order)
    if errors(checked.problems):
        show(checked.problems, words)
        return PROBLEMS
    wanted = Wanted(chosen.slugs, chosen.version, chosen.booklet)
    for file in print_versions(checked.content, wanted, order.places.output):
        order.say(message("Printed: {file}", file=file))
    return FINE


def run_serve(order: Order, chosen: argparse.Namespace, words: Translator) -> int:
    """Serve until somebody stops it."""
    serving = Serving(
        places=order.places,
        port=chosen.port,
        environment=order.environment,
        build=lambda: rebuilt(replace(order, today=today()), words),
        say=order.say,
        fingerprint=lambda: (today(), state_of(sources(order.places))),
    )
    serve(serving)
    return FINE


def rebuilt(order: Order, words: Translator) -> bool:
    """Build and say whether it worked; a failing generator keeps nobody from mending a text."""
    try:
        return run_build(order, argparse.Namespace(), words) == FINE
    except EngineFailed as failure:
        generator_failed(words, failure)
    except tuple(FAULTS) as fault:
        refused(words, OUR_FAULT, message("The site stays as it is: {detail}", detail=str(fault)))
    return False


def show(problems: Sequence[Problem], words: Translator, *, hints: bool = False) -> None:
    """Print the problems, and their number at the end; hints only if they are wanted."""
    for problem in problems:
        if hints or problem.level is not Level.HINT:
            tell(problem.in_words(words))
    found = len(errors(list(problems)))
    hinted = sum(problem.level is Level.HINT for problem in problems)
    if found:
        tell(words.ngettext("{count} problem.", "{count} problems.", found))
    elif hints:
        tell(words.gettext("No problems."))
    if hinted and not hints:
        tell(
            words.ngettext(
                "{count} hint: “python build.py check” shows it.",
                "{count} hints: “python build.py check” shows them.",
                hinted,
            )
        )


def tell(text: str) -> None:
    """Print a line at once, whatever reads it."""
    print(text, flush=True)


def generator_failed(words: Translator, failure: EngineFailed) -> int:
    """Say what the generator complains of; without a known complaint, all that it says."""
    show(failure.problems, words)
    if not failure.problems:
        print(failure.output, file=sys.stderr)
    stays = message("The generator has failed. The site stays as it is.")
    return refused(words, OUR_FAULT, stays)


def refused(words: Translator, code: int, sentence: Message) -> int:
    """Print why nothing was done and return the exit code."""
    print(sentence.in_words(words), file=sys.stderr)
    return code


def places_of(chosen: argparse.Namespace, source: Path, house: Path) -> Places:
    """Return where the command reads, works and writes."""
    if chosen.command == "publish":
        target, revision = Path(chosen.target).resolve(), chosen.revision
        return places_in(target, house, repository=source, revision=revision)
    return Places(source, house, Path(chosen.output).resolve())


def service_of(chosen: argparse.Namespace, environment: Mapping[str, str]) -> str:
    """Return the origin of the comment service, without a slash at its end."""
    if chosen.command in OUTPUTS:
        return ""
    given: str | None = chosen.service
    return (environment.get("RANDNOTIZ_SERVICE", "") if given is None else given).rstrip("/")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for by --language, or by LANG if that is a known one."""
    stated = " ".join(arguments)
    asked = re.search(r"--language[ =](\w\w)", stated)
    language = asked[1] if asked else environment.get("LANG", "")[:2]
    return language if language in LANGUAGES else "de"


def now() -> datetime:
    """Return this moment at the city's place."""
    return datetime.now(HOME)


def today() -> date:
    """Return the day at the city's place."""
    return now().date()


def parser(words: Translator) -> Parser:
    """Return the parser of the whole command line, in the words of its reader."""

    def told(key: str) -> str:
        return HELP[key].in_words(words)

    top = Parser(prog="python build.py", description=told("program"), add_help=False)
    top.words, top.epilog = words, told("codes")
    describe(top, words)
    title = words.gettext("Commands")
    commands = top.add_subparsers(
        dest="command", required=True, title=title, metavar=words.gettext("COMMAND")
    )
    for name in COMMANDS:
        command = commands.add_parser(
            name, help=told(name), description=told(name), epilog=told("codes"), add_help=False
        )
        command.words = words
        describe(command, words)
        add_options(command, name, told)
    commands.choices["serve"].add_argument("--port", type=port, default=8000, help=told("port"))
    add_printing(commands.choices["pdf"], told)
    for name in ("build", "publish"):
        commands.choices[name].add_argument("--pdf", action="store_true", help=told("with_pdf"))
    for name in ("settle", "archive"):
        commands.choices[name].add_argument("slug", metavar="SLUG", help=told("slug"))
    commands.choices["check"].add_argument(
        "--publication", action="store_true", help=told("publication")
    )
    commands.choices["settle"].add_argument(
        "version", metavar="VERSION", type=int, help=told("version")
    )
    return top


def add_options(command: Parser, name: str, told: Callable[[str], str]) -> None:
    """Add where a command reads and writes, and whom the site asks for contributions."""
    if name == "publish":
        add_publishing(command, told)
    else:
        output, help_key = OUTPUTS.get(name, ("site", "output"))
        command.add_argument("--content", metavar="DIR", default=".", help=told("content"))
        command.add_argument("--output", metavar="DIR", default=output, help=told(help_key))
    if name not in OUTPUTS:
        command.add_argument("--service", metavar="URL", help=told("service"))


def add_printing(command: Parser, told: Callable[[str], str]) -> None:
    """Add what is printed."""
    command.add_argument("slugs", metavar="SLUG", nargs="*", help=told("printed"))
    command.add_argument("--version", metavar="N", type=int, help=told("printed_version"))
    command.add_argument("--booklet", action="store_true", help=told("booklet"))


def add_publishing(command: Parser, told: Callable[[str], str]) -> None:
    """Add what is published, and where to."""
    for name in ("repository", "target"):
        command.add_argument(f"--{name}", metavar="DIR", required=True, help=told(name))
    command.add_argument("--revision", metavar="REV", default="HEAD", help=told("revision"))
    command.add_argument("--keep", metavar="N", type=releases, default=KEEP, help=told("keep"))


COMMANDS: Mapping[str, Callable[[Order, argparse.Namespace, Translator], int]] = {
    "build": run_build,
    "serve": run_serve,
    "check": run_check,
    "settle": run_settle,
    "archive": run_archive,
    "pdf": run_pdf,
    "preview": run_preview,
    "publish": run_publish,
}

if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1:], os.environ))
