// The search: fetched at the first use of its field. What it shows is a region with a list of
// links, so that it is read and walked through like any other part of the page.

import { excerpt, marker } from "./search_excerpt.js";
import { SearchFiles } from "./search_files.js";
import { find } from "./search_index.js";
import { loadStemmer } from "./search_words.js";

const PAUSE = 150; // milliseconds without a key until what was typed is searched for
const SHOWN = 10; // results at a time

export class Search {
  constructor(root) {
    const part = (name) => root.querySelector(`.rn-search__${name}`);
    Object.assign(this, { root, form: part("form"), field: part("field"), found: part("found"), status: part("status"), list: part("list"), more: part("more"), earlier: part("earlier") });
    this.base = root.dataset.base;
    this.lang = document.documentElement.lang || "de";
    this.words = JSON.parse(part("words").textContent);
    this.opened = new Map(); // indexes by name
    this.turn = 0;
    this.listen();
    if (this.field.value.trim()) this.search();
  }

  listen() {
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE);
    });
    this.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      await this.search();
      this.list.querySelector("a")?.focus();
    });
    this.earlier.addEventListener("change", () => this.search());
    this.more.addEventListener("click", () => this.showMore());
    this.root.addEventListener("keydown", (event) => this.walk(event));
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.root.contains(relatedTarget)) this.close();
    });
    this.field.addEventListener("focus", () => this.list.childElementCount && this.open());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.root.contains(target)) this.close();
    });
    this.list.addEventListener("click", ({ target }) => target.closest("a") && this.close());
  }

  /** Arrows go from the field through the results and back; Escape closes. */
  walk(event) {
    const { key } = event;
    if (key === "Escape" && !this.found.hidden) {
      event.stopPropagation();
      clearTimeout(this.timer); // what was just typed must not open it again
      this.close();
      this.field.focus();
      this.close(); // the focus has opened it
    }
    if (key !== "ArrowDown" && key !== "ArrowUp") return;
    const stops = [this.field, ...this.list.querySelectorAll("a")];
    const place = stops.indexOf(document.activeElement);
    if (place < 0) return;
    event.preventDefault();
    stops[Math.min(Math.max(place + (key === "ArrowDown" ? 1 : -1), 0), stops.length - 1)].focus();
  }

  open() {
    this.found.hidden = false;
  }

  close() {
    this.found.hidden = true;
  }

  say(key, values = {}) {
    const message = this.words[key];
    const text = typeof message === "string" ? message : message[new Intl.PluralRules(this.lang).select(values.n)] ?? message.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? values[name].toLocaleString(this.lang) : values[name]));
  }

  /** Search for what stands in the field; what was asked before and comes late is not shown. */
  async search() {
    const query = this.field.value.trim();
    const turn = ++this.turn;
    if (!query) return this.clear();
    this.open();
    const asked = `${this.earlier.checked} ${query}`;
    if (asked === this.answered) return; // somebody may be walking through what is there
    this.status.textContent ||= this.say("searching");
    try {
      const answer = await this.answer(query).catch(() => {
        this.opened.clear(); // the site may have been published anew: its index has other files now
        return this.answer(query);
      });
      if (turn !== this.turn) return;
      await this.show(query, answer, turn);
      if (turn === this.turn) this.answered = asked;
    } catch {
      if (turn === this.turn) this.fail();
    }
  }

  async answer(query) {
    this.stemming ??= loadStemmer();
    this.stemming.catch(() => { this.stemming = undefined; });
    const stem = await this.stemming;
    const answer = { hits: [], partly: false };
    for (const name of this.earlier.checked ? ["newest", "earlier"] : ["newest"]) {
      const files = await this.index(name);
      const { hits, partly, words } = await find(files, query, stem);
      const isMarked = marker(words, stem);
      answer.hits.push(...hits.map(({ id }) => ({ files, id, isMarked })));
      answer.partly ||= hits.length > 0 && Boolean(partly);
    }
    return answer;
  }

  async index(name) {
    if (!this.opened.has(name)) this.opened.set(name, await SearchFiles.open(this.base, name));
    return this.opened.get(name);
  }

  clear() {
    this.answered = null;
    this.waiting = [];
    this.status.textContent = "";
    this.list.replaceChildren();
    this.close();
  }

  fail() {
    this.answered = null;
    this.opened.clear();
    this.replace([]);
    this.more.hidden = true;
    this.status.textContent = this.say("failed");
  }

  /** Show other results; who walks through the ones before is not lost with them. */
  replace(items) {
    const walked = this.list.contains(document.activeElement);
    this.list.replaceChildren(...items);
    if (walked) (this.list.querySelector("a") ?? this.field).focus();
  }

  async show(query, { hits, partly }, turn) {
    const items = await Promise.all(hits.slice(0, SHOWN).map((hit) => this.item(hit)));
    if (turn !== this.turn) return;
    this.waiting = hits.slice(SHOWN);
    this.replace(items);
    this.more.hidden = !this.waiting.length;
    this.status.textContent = hits.length ? this.say(partly ? "partly" : "count", { n: hits.length }) : this.say("none", { query });
    this.found.scrollTop = 0;
  }

  async showMore() {
    const items = await Promise.all(this.waiting.splice(0, SHOWN).map((hit) => this.item(hit)));
    this.list.append(...items);
    this.more.hidden = !this.waiting.length;
    items[0]?.querySelector("a").focus();
  }

  async item({ files, id, isMarked }) {
    const { page, anchor, headings, text } = await files.record(id);
    const number = /^rn-(\d+)$/.exec(anchor)?.[1];
    const above = anchor ? headings.map((heading) => element("span", "", heading, page.language)) : [];
    const place = [page.version && this.say("version", { version: page.version }), ...above, number && this.say("number", { number })].filter(Boolean);
    const link = element("a", "rn-search__link");
    link.href = `${page.address}${anchor ? `#${anchor}` : ""}`;
    link.append(element("span", "rn-search__title", page.title, page.titled));
    if (place.length) link.append(" ", this.place(place));
    link.append(" ", this.excerpt(text, isMarked, page.language));
    const item = element("li", "rn-search__item");
    item.append(link);
    return item;
  }

  place(parts) {
    const shown = element("span", "rn-search__place");
    shown.append(...parts.flatMap((part, number) => (number ? [" · ", part] : [part])));
    return shown;
  }

  excerpt(text, isMarked, language) {
    const shown = element("span", "rn-search__excerpt", "", language);
    shown.append(...excerpt(text, isMarked).map((piece) => (piece.marked ? element("mark", "", piece.text) : piece.text)));
    return shown;
  }
}

/** `language`: that of the text, where it is not the page's. */
function element(name, kind, text = "", language = null) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (language) made.lang = language;
  made.textContent = text;
  return made;
}
