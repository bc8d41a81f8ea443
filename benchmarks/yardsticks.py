"""Other ways to find paragraphs again, as yardsticks. All give the places of the successors."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import sphinx.versioning
from docutils import nodes
from docutils.utils import new_document
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein
from scipy.optimize import linear_sum_assignment

ALIKE = 0.6  # ratio from which two texts count as one; difflib's own advice for close matches

# Sphinx takes the C extension "Levenshtein" where it is installed; rapidfuzz has the same one.
sphinx.versioning.Levenshtein = Levenshtein
sphinx.versioning.IS_SPEEDUP = True


def difflib_with_ratio(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """Link equal blocks, and inside replaced blocks the pairs with the best ratio."""
    links: list[list[int]] = [[] for _ in old]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            for place in range(old_end - old_start):
                links[old_start + place] = [new_start + place]
        elif tag == "replace":
            pairs = _ratios(old, new, range(old_start, old_end), range(new_start, new_end))
            _take_best(pairs, links)
    return links


def sphinx_merge(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """Let Sphinx's ``merge_doctrees`` give the nodes of the new text the ids of the old ones."""
    old_tree, new_tree = _doctree(old), _doctree(new)
    list(sphinx.versioning.add_uids(old_tree, _is_paragraph))
    list(sphinx.versioning.merge_doctrees(old_tree, new_tree, _is_paragraph))
    places: dict[str, list[int]] = {}
    for place, node in enumerate(new_tree.findall(_is_paragraph)):
        places.setdefault(node.uid, []).append(place)
    return [places.get(node.uid, []) for node in old_tree.findall(_is_paragraph)]


def rapidfuzz_assigned(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """Assign all old to all new paragraphs so that the ratios have the greatest sum."""
    links: list[list[int]] = [[] for _ in old]
    ratios = process.cdist(old, new, scorer=fuzz.ratio)
    for old_place, new_place in zip(*linear_sum_assignment(ratios, maximize=True), strict=True):
        if ratios[old_place, new_place] >= 100 * ALIKE:
            links[old_place] = [int(new_place)]
    return links


def _ratios(
    old: Sequence[str], new: Sequence[str], old_places: range, new_places: range
) -> list[tuple[float, int, int]]:
    pairs = []
    matcher = SequenceMatcher(autojunk=False)
    for new_place in new_places:
        matcher.set_seq2(new[new_place])
        for old_place in old_places:
            matcher.set_seq1(old[old_place])
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                pairs.append((-matcher.ratio(), old_place, new_place))
    return sorted(pairs)


def _take_best(pairs: list[tuple[float, int, int]], links: list[list[int]]) -> None:
    taken: set[int] = set()
    for negative, old_place, new_place in pairs:
        if -negative >= ALIKE and not links[old_place] and new_place not in taken:
            links[old_place] = [new_place]
            taken.add(new_place)


def _doctree(texts: Sequence[str]) -> nodes.document:
    tree = new_document("text")
    tree += [nodes.paragraph(text, text) for text in texts]
    return tree


def _is_paragraph(node: nodes.Node) -> bool:
    return isinstance(node, nodes.paragraph)
