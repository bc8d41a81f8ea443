// The part of a text that is shown with a result, and the words in it that were looked for.

import { folded, writtenWords } from "./search_words.js";

const LENGTH = 220; // characters of an excerpt
const BEFORE = 60; // of them before the first marked word
const LONG = 5; // letters of what is marked wherever it stands in a word

/** Say of a written word whether it is one of those that were found. */
export function marker(words, stem) {
  const terms = new Set(words.flatMap((word) => [...word.terms.keys(), word.term]));
  const inside = words.map(({ word, term }) => word.slice(0, Math.max(term.length, LONG))).filter((part) => part.length >= LONG);
  const short = words.map(({ term }) => term).filter((term) => term.length > 2 && term.length < LONG && !/\d/.test(term));
  return (written) => {
    const word = folded(written);
    const whole = stem(word);
    return terms.has(whole) || inside.some((part) => word.includes(part))
      || short.some((part) => whole.startsWith(part) || whole.endsWith(part));
  };
}

/** Cut an excerpt where most marks stand: [{ text, marked }], the whole text if it is short. */
export function excerpt(text, isMarked) {
  const marks = writtenWords(text).filter(({ word }) => isMarked(word));
  const [start, end] = stretch(text, marks);
  const pieces = [];
  let at = start;
  for (const { index, end: after } of marks.filter((mark) => mark.index >= start && mark.end <= end)) {
    pieces.push({ text: text.slice(at, index) }, { text: text.slice(index, after), marked: true });
    at = after;
  }
  pieces.push({ text: text.slice(at, end) });
  return [{ text: start ? "… " : "" }, ...pieces, { text: end < text.length ? " …" : "" }].filter((piece) => piece.text);
}

function stretch(text, marks) {
  if (text.length <= LENGTH) return [0, text.length];
  const count = (from) => marks.filter(({ index }) => index >= from && index < from + LENGTH - BEFORE).length;
  const best = marks.reduce((one, other) => (one && count(one.index) >= count(other.index) ? one : other), undefined);
  const wanted = Math.max(0, (best?.index ?? 0) - BEFORE);
  const start = wanted && text.indexOf(" ", wanted) + 1;
  const end = text.lastIndexOf(" ", start + LENGTH);
  return [start, start + LENGTH >= text.length ? text.length : end > start ? end : start + LENGTH];
}
