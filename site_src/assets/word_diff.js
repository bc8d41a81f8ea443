// What changed between two wordings, word by word. The rule is participation/word_diff.py with
// Python's difflib; tests/data/word_diffs.json holds both to it.

const WORD = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu; // a word, a gap, or a single mark
const ALL_WORD = /^[\p{L}\p{N}]+$/u;
const GAP = /^\s+$/u;
const EFFORT = 50_000_000; // steps at most; as a rule a small part of them is taken
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
  const kept = within(before, after);
  if (!kept) return [[before.join(""), after.join(""), false]];
  const found = [];
  let [i, j] = [0, 0];
  for (const { a, b, size } of [...matches(before, after, kept), { a: before.length, b: after.length, size: 0 }]) {
    if (i < a || j < b) found.push([before.slice(i, a).join(""), after.slice(j, b).join(""), false]);
    [i, j] = [a + size, b + size];
    if (size) found.push([before.slice(a, i).join(""), after.slice(b, j).join(""), true]);
  }
  return found;
}

/**
 * Which words may hold a run together: all; or all but gaps, where there are very many equal
 * ones; or null, where even that would take too long.
 */
function within(before, after) {
  if (effort(before, after) <= EFFORT) return () => true;
  const noGap = (word) => !GAP.test(word);
  return effort(before.filter(noGap), after.filter(noGap)) <= EFFORT ? noGap : null;
}

/** How many steps are taken at most: all pairs of equal words, for each run. */
function effort(before, after) {
  const there = new Map();
  for (const word of after) there.set(word, (there.get(word) ?? 0) + 1);
  return Math.min(before.length, after.length) * before.reduce((sum, word) => sum + (there.get(word) ?? 0), 0);
}

/** The runs that both have, in order: the longest first, then what lies left and right of it. */
function matches(before, after, kept) {
  const places = new Map();
  after.forEach((word, place) => {
    if (!kept(word)) return;
    if (places.has(word)) places.get(word).push(place);
    else places.set(word, [place]);
  });
  const found = [];
  const open = [[0, before.length, 0, after.length]];
  while (open.length) {
    const range = open.pop();
    const [aLow, aHigh, bLow, bHigh] = range;
    const { a, b, size } = widened(longest(before, places, range), before, after, kept, range);
    if (!size) continue;
    found.push({ a, b, size });
    open.push([aLow, a, bLow, b], [a + size, aHigh, b + size, bHigh]);
  }
  return adjacent(found.sort((one, other) => one.a - other.a));
}

function longest(before, places, [aLow, aHigh, bLow, bHigh]) {
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

/** The run with what is equal on either side: words first, then the gap beside them. */
function widened({ a, b, size }, before, after, kept, [aLow, aHigh, bLow, bHigh]) {
  let [start, other, length] = [a, b, size];
  for (const fits of [kept, (word) => !kept(word)]) {
    const same = (i, j) => i >= aLow && j >= bLow && i < aHigh && j < bHigh && fits(after[j]) && before[i] === after[j];
    while (same(start - 1, other - 1)) [start, other, length] = [start - 1, other - 1, length + 1];
    while (same(start + length, other + length)) length += 1;
  }
  return { a: start, b: other, size: length };
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
