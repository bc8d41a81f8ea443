// What changed between two wordings, word by word. The rule is participation/word_diff.py with
// Python's difflib; tests/data/word_diffs.json holds both to it.

const WORD = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu; // a word, a gap, or a single mark
const ALL_WORD = /^[\p{L}\p{N}]+$/u;
const SHORT_GAP = 3; // characters; what is the same between two changes and shorter joins them

/** The pieces of both wordings in order, as the service tells them: [{change, text}]. */
export function wordDiff(old, now) {
  const before = old.match(WORD) ?? [];
  const after = now.match(WORD) ?? [];
  return joined(steps(before, after)).flatMap(([gone, come, same]) => {
    if (same) return [{ change: "kept", text: gone }];
    return [{ change: "deleted", text: gone }, { change: "inserted", text: come }].filter(({ text }) => text);
  });
}

/** Join changes that only a gap or a mark parts: people read runs, not confetti. */
function joined(all) {
  const result = [];
  all.forEach(([gone, come, equal], place) => {
    const inner = place > 0 && place < all.length - 1;
    const same = equal && !(inner && [...gone].length < SHORT_GAP && !ALL_WORD.test(gone));
    const last = result.at(-1);
    if (last && !last[2] && !same) result[result.length - 1] = [last[0] + gone, last[1] + come, false];
    else result.push([gone, come, same]);
  });
  return result;
}

/** What turns one list of words into the other: [old words, new words, whether they are equal]. */
function steps(before, after) {
  const found = [];
  let [i, j] = [0, 0];
  for (const { a, b, size } of [...matches(before, after), { a: before.length, b: after.length, size: 0 }]) {
    if (i < a || j < b) found.push([before.slice(i, a).join(""), after.slice(j, b).join(""), false]);
    [i, j] = [a + size, b + size];
    if (size) found.push([before.slice(a, i).join(""), after.slice(b, j).join(""), true]);
  }
  return found;
}

/** The runs that both have, in order: the longest first, then what lies left and right of it. */
function matches(before, after) {
  const places = new Map();
  after.forEach((word, place) => places.set(word, [...(places.get(word) ?? []), place]));
  const found = [];
  const open = [[0, before.length, 0, after.length]];
  while (open.length) {
    const [aLow, aHigh, bLow, bHigh] = open.pop();
    const { a, b, size } = longest(before, places, aLow, aHigh, bLow, bHigh);
    if (!size) continue;
    found.push({ a, b, size });
    open.push([aLow, a, bLow, b], [a + size, aHigh, b + size, bHigh]);
  }
  return adjacent(found.sort((one, other) => one.a - other.a));
}

function longest(before, places, aLow, aHigh, bLow, bHigh) {
  let best = { a: aLow, b: bLow, size: 0 };
  let lengths = new Map(); // of the run that ends at each place of the new words
  for (let i = aLow; i < aHigh; i += 1) {
    const next = new Map();
    for (const j of places.get(before[i]) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  return best;
}

function adjacent(runs) {
  const result = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && last.a + last.size === run.a && last.b + last.size === run.b) last.size += run.size;
    else result.push({ ...run });
  }
  return result;
}
