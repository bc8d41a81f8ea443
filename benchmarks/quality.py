"""How well a follower does on the alignment corpus, counted by the scorer that lies beside it."""

import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus" / "alignment"
SCORER = SHARED / "tools" / "align_score.py"

Follower = Callable[[Sequence[str], Sequence[str]], list[list[int]]]


class Pair(NamedTuple):
    """Two versions of a text, with the ways between them; ``real``: as people revised it."""

    old: list[str]
    new: list[str]
    gold: list[list[int]]
    optional: dict[int, set[int]]
    real: bool


def corpus() -> Iterator[Pair]:
    """Return the pairs of the alignment corpus."""
    for path in sorted(CORPUS.glob("*.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        gold = [sorted(targets) for _, targets in sorted(pair["gold"])]
        optional = {place: set(targets) for place, targets in pair.get("optional", [])}
        yield Pair(pair["old"], pair["new"], gold, optional, pair["kind"] == "real")


def tally(follower: Follower, pairs: Iterable[Pair]) -> dict[str, Any]:
    """Count right, wrong and missed links, by kind, with the scorer's own counters."""
    scorer = load_scorer()
    names = ["all", "real", "changed", "changed real", *scorer.KINDS]
    tallies = {name: scorer.Tally() for name in names}
    for pair in pairs:
        kinds = scorer.kinds_of(pair.old, pair.new, pair.gold)
        found = follower(pair.old, pair.new)
        for place, (targets, kind) in enumerate(zip(found, kinds, strict=True)):
            for name in _counted_as(kind, real=pair.real):
                optional = pair.optional.get(place, set())
                tallies[name].add(set(pair.gold[place]), set(targets), optional)
    return tallies


def _counted_as(kind: str, *, real: bool) -> list[str]:
    names = ["all", kind] if kind == "unchanged" else ["all", kind, "changed"]
    counted_as_real = {"all": "real", "changed": "changed real"}
    return names + [counted_as_real[name] for name in names if real and name in counted_as_real]


def load_scorer() -> ModuleType:
    """Load align_score.py by its path."""
    spec = importlib.util.spec_from_file_location("align_score", SCORER)
    if spec is None or spec.loader is None:
        raise ImportError(str(SCORER))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
