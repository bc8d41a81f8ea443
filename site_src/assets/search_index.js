// Finds records: says which terms a query means, fetches where they stand, and lets MiniSearch
// (vendor/minisearch.js) weigh and combine them.

import MiniSearch from "./vendor/minisearch.js";
import { folded, wordsOf } from "./search_words.js";

const FIELDS = ["text", "parts", "headings", "number", "title"];
const BOOST = { text: 3, parts: 1.5, headings: 1, number: 6, title: 0.5 };
const TEXT_BOOST = 1.5; // the texts come before minutes and schedule, which name them all the time
const LONG = 4; // letters of what is looked for anywhere in a word
const SIMILAR = 30; // terms at most that stand for a word the index does not know
const SPREAD = 4; // files of terms at most that are fetched for one such word
const NUMBER = /^(?:rn|randnummer|randnummern|randnr)$/;

/**
 * Find what bears all words of a query; if nothing does, what bears any.
 * Returns { hits: [{ id }], partly, words }, the best hit first.
 */
export async function find(files, query, stem) {
  const words = await understood(files, query, stem);
  if (!words.length) return { hits: [], words };
  const index = loaded(files, words);
  const all = searched(index, files, words, "AND");
  if (all.length || words.length < 2) return { hits: all, words };
  return { hits: searched(index, files, words, "OR"), partly: true, words };
}

/** The words of a query, each with its terms and where they stand. */
async function understood(files, query, stem) {
  const stop = new Set(files.stop);
  const said = wordsOf(query);
  const telling = said.filter((word) => !stop.has(word) && (word.length > 1 || /\d/.test(word)));
  const words = [];
  for (const [place, word] of telling.entries()) {
    if (NUMBER.test(word) && /^\d+$/.test(telling[place + 1] ?? "")) continue;
    words.push(await wordOf(files, word, stem, { isNumber: NUMBER.test(telling[place - 1] ?? "") }));
  }
  if (words.length > 1) addTitles(files, words, stem);
  return words;
}

async function wordOf(files, word, stem, { isNumber }) {
  const term = stem(word);
  const found = { word, term, terms: new Map() };
  if (/^\d+$/.test(word)) {
    const places = numberPlaces(files, Number(word));
    if (places.length) found.terms.set(`#${word}`, { number: places });
    if (isNumber) return found;
  }
  const places = await files.placesOf(term);
  if (places) found.terms.set(term, fielded(places));
  else if (!/^\d+$/.test(word)) await addSimilar(files, found);
  return found;
}

function fielded([text, parts, headings]) {
  return { text, parts, headings };
}

/** Paragraph 14 of each text that has so many. */
function numberPlaces(files, number) {
  return files.pages.flatMap((page, place) => (page.numbered && number > 0 && number < page.records ? [place, [number]] : []));
}

/** The word is unknown: take terms that it begins, stands in, or is a longer form of. */
async function addSimilar(files, found) {
  const { word, term } = found;
  const beginning = word.slice(0, Math.max(term.length, LONG));
  const fits = (known) => known.startsWith(beginning) || (beginning.length >= LONG && known.includes(beginning))
    || (word.length === LONG - 1 && known.length > 6 && known.endsWith(word))
    || (known.length > LONG && word.length - known.length < LONG && word.startsWith(known));
  const similar = (await files.vocabulary()).filter(fits).sort((one, other) => one.length - other.length).slice(0, SIMILAR);
  const shards = new Set();
  for (const known of similar) {
    const shard = files.shardOf(known);
    if (shards.size === SPREAD && !shards.has(shard)) continue;
    shards.add(shard);
    found.terms.set(known, fielded(await files.placesOf(known)));
  }
}

/** In a query of several words, one may be of the title: "Leitlinien Rn. 14". */
function addTitles(files, words, stem) {
  for (const [place, page] of files.pages.entries()) {
    const title = folded(page.title);
    const terms = new Set(wordsOf(page.title).map(stem));
    for (const { word, term, terms: known } of words) {
      if (!terms.has(term) && !(word.length > LONG && title.includes(word))) continue;
      const held = known.get(term) ?? {};
      (held.title ??= []).push(place, Array.from({ length: page.records }, (_, number) => number));
      known.set(term, held);
    }
  }
}

/** MiniSearch's index of nothing but the terms of these words. */
function loaded(files, words) {
  const ids = new Set();
  const index = new Map();
  for (const { terms } of words) {
    for (const [term, held] of terms) index.set(term, fieldsOf(files, held, ids));
  }
  const lengths = FIELDS.map(() => 1);
  const plain = {
    index: [...index].map(([term, fields]) => [term, fields]),
    documentCount: files.total,
    nextId: files.total,
    documentIds: Object.fromEntries([...ids].map((id) => [id, id])),
    fieldIds: Object.fromEntries(FIELDS.map((name, number) => [name, number])),
    fieldLength: Object.fromEntries([...ids].map((id) => [id, lengths])),
    averageFieldLength: lengths,
    storedFields: {},
    serializationVersion: 2,
  };
  return MiniSearch.loadJS(plain, { fields: FIELDS, tokenize: (term) => [term], processTerm: (term) => term });
}

function fieldsOf(files, held, ids) {
  return Object.fromEntries(Object.entries(held).map(([field, places]) => [FIELDS.indexOf(field), countsOf(files, places, ids)]));
}

/** How often each record bears a term, of places such as [page, [record, record], page, …]. */
function countsOf(files, places, ids) {
  const counts = {};
  for (let at = 0; at < places.length; at += 2) {
    for (const record of places[at + 1]) {
      const id = files.first[places[at]] + record;
      counts[id] = (counts[id] ?? 0) + 1;
      ids.add(id);
    }
  }
  return counts;
}

function searched(index, files, words, combineWith) {
  const queries = words.map(({ terms }) => ({ combineWith: "OR", queries: [...terms.keys()] }));
  const ofTexts = textsOf(files);
  return index.search({ combineWith, queries }, {
    boost: BOOST,
    bm25: { k: 1.2, b: 0, d: 0.5 }, // paragraphs: their length tells nothing
    boostDocument: (id) => (ofTexts(id) ? TEXT_BOOST : 1),
    filter: ({ match }) => Object.values(match).flat().some((field) => field !== "title"),
  }).sort((one, other) => other.score - one.score || one.id - other.id);
}

/** Say of a record whether it is of a numbered text; these come first in the index. */
function textsOf(files) {
  const other = files.pages.findIndex((page) => !page.numbered);
  return (id) => other < 0 || id < files.first[other];
}
