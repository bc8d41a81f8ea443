// German words as the search compares them: folded, and reduced to their stem. The index was made
// by site_src/german_words.py, which does the same; a test holds both to it.

const WORD = /[\p{L}\p{N}]+/gu;
const WORD_AS_WRITTEN = /[\p{L}\p{N}\p{M}\u00ad]+/gu;

/** A text in small letters, without umlauts: Bürger, Buerger and Burger are one. */
export function folded(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "").replaceAll("ß", "ss");
  return plain.replace(/ae|oe|(?<![aeq])ue/g, (two) => two[0]);
}

/** The words and numbers of a text, folded. */
export function wordsOf(text) {
  return folded(text).match(WORD) ?? [];
}

/** The words of a text as they stand in it, each with its place. */
export function writtenWords(text) {
  return Array.from(text.matchAll(WORD_AS_WRITTEN), ({ 0: word, index }) => ({ word, index, end: index + word.length }));
}

/** Fetch the stemmer, a classic script of the Snowball project, and return what it does. */
export async function loadStemmer() {
  for (const name of ["base-stemmer", "german-stemmer"]) await loadScript(new URL(`vendor/${name}.js`, import.meta.url));
  const stemmer = new globalThis.GermanStemmer();
  const known = new Map();
  return (word) => {
    if (!known.has(word)) known.set(word, stemmer.stemWord(word).replace(/^(.{2,}[^a])um$|^(.{4,})a$/, "$1$2"));
    return known.get(word);
  };
}

function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`not loaded: ${address}`));
    document.head.append(script);
  });
}
