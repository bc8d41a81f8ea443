"""Ways between versions, beyond the computed ones: over several versions, or as an editor says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from participation.order import Link, in_order
from participation.way import Way, WayKind

Targets = tuple[int, ...]  # numbers of new paragraphs, ascending


def compose(
    first: Sequence[Way], then: Sequence[Way], old: Sequence[str], new: Sequence[str]
) -> tuple[Way, ...]:
    """Return the ways over two steps; ``old`` and ``new`` are the texts at their outer ends."""
    onward = {way.old: way for way in then}
    composed = []
    for way in first:
        steps = [onward[number] for number in way.new if number in onward]
        new_numbers = tuple(sorted({number for step in steps for number in step.new}))
        confidence = min((way.confidence, *(step.confidence for step in steps)))
        composed.append(Way(way.old, new_numbers, WayKind.REMOVED, confidence))
    return with_kinds(composed, old, new)


def overrule(
    ways: Sequence[Way], settled: Mapping[int, Targets], old: Sequence[str], new: Sequence[str]
) -> tuple[Way, ...]:
    """Return the ways with those replaced that an editor has settled: these are certain.

    ``settled`` holds numbers of old and new paragraphs; each of them must exist.
    """
    mixed = [
        replace(way, new=tuple(sorted(settled[way.old])), confidence=1.0)
        if way.old in settled
        else way
        for way in ways
    ]
    named = with_kinds(mixed, old, new)
    return tuple(
        after if _is_touched(before, after, settled) else before
        for before, after in zip(ways, named, strict=True)
    )


def with_kinds(ways: Sequence[Way], old: Sequence[str], new: Sequence[str]) -> tuple[Way, ...]:
    """Return the ways, each with the kind that its ends and their texts tell."""
    shared = Counter(number for way in ways for number in way.new)
    steady = in_order(
        [
            Link(way.old, way.new[0], len(old[way.old - 1]))
            for way in ways
            if len(way.new) == 1 and shared[way.new[0]] == 1
        ]
    )

    def kind(way: Way) -> WayKind:
        if len(way.new) != 1:
            return WayKind.SPLIT if way.new else WayKind.REMOVED
        if shared[way.new[0]] > 1:
            return WayKind.MERGED
        if way.old not in steady:
            return WayKind.MOVED
        same = old[way.old - 1] == new[way.new[0] - 1]
        return WayKind.UNCHANGED if same else WayKind.EDITED

    return tuple(replace(way, kind=kind(way)) for way in ways)


def _is_touched(before: Way, after: Way, settled: Mapping[int, Targets]) -> bool:
    """A way is another if it was settled, or began or ceased to share its target."""
    merged = (before.kind is WayKind.MERGED, after.kind is WayKind.MERGED)
    return before.old in settled or (len(set(merged)) > 1 and WayKind.SPLIT is not before.kind)
