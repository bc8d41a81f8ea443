"""Publishes a commit: exports its content, builds it aside, and shows it in one step."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from site_src.building import Built, ContentRefused, Order, build
from site_src.exporting import commit_of, export
from site_src.one_at_a_time import alone_in
from site_src.places import Places
from site_src.problems import errors
from site_src.releases import Releases

KEEP = 5  # releases: enough to go back, and for pages that are open


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be published: the places of the order name repository and revision.

    ``moment`` (aware) names the release; ``keep`` is the number of releases that stay.
    """

    order: Order
    target: Path
    moment: datetime
    keep: int = KEEP


@dataclass(frozen=True, slots=True)
class Published:
    """The folder of the release that is shown now, and what the build has to say."""

    release: Path
    built: Built


def places_in(target: Path, house: Path, *, repository: Path, revision: str) -> Places:
    """Return the places of a build for ``target``: beside the releases, out of sight."""
    work = Releases(target).work
    current = Releases(target).current
    return Places(work / "content", house, work / "site", repository, revision, current, keeps=work)


def publish(publication: Publication) -> Published:
    """Publish; if anything fails, the release that is shown stays as it is.

    Raises:
        NoRepository, ShallowRepository, UnknownRevision: If there is no such commit with
            its whole history.
        ContentRefused: If the content has errors.
        NotOurFolder: If ``target`` holds something else.
        BuildIsRunning: If another publication does not come to an end.
        EngineFailed, SenselessCatalogue, UnreadableSettings: As in ``building.build``.
    """
    order, releases = publication.order, Releases(publication.target)
    commit = commit_of(order.places.repository or order.places.content, order.places.revision)
    releases.refuse_foreign_folder()
    with alone_in(publication.target, say=order.say, patience=order.patience):
        built = _build(replace(order, places=replace(order.places, revision=commit)))
        release = releases.add(order.places.output, commit=commit, moment=publication.moment)
        releases.show(release)
        releases.prune(publication.keep)
    return Published(release, built)


def _build(order: Order) -> Built:
    problems = export(order.places)
    if errors(problems):
        raise ContentRefused(problems)
    return build(order)
