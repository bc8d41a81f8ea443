"""How well a follower does on the alignment corpus, counted by the scorer that lies beside it."""

import importlib.util
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus" / "alignment"
SCORER = SHARED / "tools" / "align_score.py"

Follower = Callable[[Sequence[str], Sequence[str]], list[list[int]]]


def tally(follower: Follower) -> dict[str, Any]:
    """Count right, wrong and missed links, by kind, with the scorer's own counters."""
    scorer = load_scorer()
    names = ["all", "changed", "changed real", *scorer.KINDS]
    tallies = {name: scorer.Tally() for name in names}
    for path in sorted(CORPUS.glob("*.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        gold = [set(targets) for _, targets in sorted(pair["gold"])]
        optional = {place: set(targets) for place, targets in pair.get("optional", [])}
        kinds = scorer.kinds_of(pair["old"], pair["new"], [sorted(targets) for targets in gold])
        found = follower(pair["old"], pair["new"])
        for place, (targets, kind) in enumerate(zip(found, kinds, strict=True)):
            for name in _counted_as(kind, pair["kind"]):
                tallies[name].add(gold[place], set(targets), optional.get(place, set()))
    return tallies


def _counted_as(kind: str, kind_of_pair: str) -> list[str]:
    names = ["all", kind]
    if kind != "unchanged":
        names.append("changed")
        if kind_of_pair == "real":
            names.append("changed real")
    return names


def load_scorer() -> ModuleType:
    """Load align_score.py by its path."""
    spec = importlib.util.spec_from_file_location("align_score", SCORER)
    if spec is None or spec.loader is None:
        raise ImportError(str(SCORER))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
