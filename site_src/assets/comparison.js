// The comparison of two versions: keys that jump from change to change, and what people said
// on either version, in the row of its paragraph. Without this module links do both.

import { Page, element, firstMove } from "./randnotiz.js";

// ---------------------------------------------------------------- from change to change

/**
 * The keys n and p. They work only while the focus is inside the comparison, so that nobody
 * triggers them by chance (WCAG 2.1.4); a click into it brings it there.
 */
class Jumps {
  constructor(comparison, hint) {
    this.comparison = comparison;
    this.hint = hint;
    this.place = comparison; // what was touched last: from there it goes on
    this.status = element("p", { class: "rn-hidden", role: "status" });
  }

  start() {
    this.hint.after(this.status);
    this.hint.hidden = false;
    this.comparison.addEventListener("pointerdown", ({ target }) => { this.place = target; });
    this.comparison.addEventListener("focusin", ({ target }) => {
      if (target !== this.comparison) this.place = target;
    });
    this.comparison.addEventListener("keydown", (event) => this.press(event));
  }

  press({ key, target, altKey, ctrlKey, metaKey, isComposing }) {
    const step = { n: 1, p: -1 }[key];
    if (!step || altKey || ctrlKey || metaKey || isComposing || target.matches("textarea, input:not([type=checkbox])")) return;
    const change = this.next(step);
    this.status.textContent = change ? "" : this.hint.dataset[step > 0 ? "last" : "first"];
    if (change) this.go(change);
  }

  /** The next change from the place that was touched last, in either direction. */
  next(step) {
    const here = this.place.closest("[data-rn-change]");
    if (here) return document.getElementById(`change-${Number(here.dataset.rnChange) + step}`);
    const all = [...this.comparison.querySelectorAll("[data-rn-change]")];
    const follows = (one) => this.place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    return step > 0 ? all.find(follows) : all.findLast((one) => !follows(one));
  }

  /** As if its link was followed, but without an entry in the history for each step. */
  go(change) {
    location.replace(`#${change.id}`);
    change.focus({ preventScroll: true });
  }
}

// ---------------------------------------------------------------- what people said

/** Shows contributions in the rows; those on text that is in neither version come at the end. */
class Said {
  constructor(page, comparison) {
    this.page = page;
    this.comparison = comparison;
  }

  async load() {
    const { old, new: newer, archived } = this.page;
    const ask = (version) => this.page.contributions(version, "no-cache");
    const nothing = { version: newer, paragraphs: [], removed: [] };
    try {
      const [before, after] = await Promise.all([ask(old), archived?.silent ? nothing : ask(newer)]);
      this.show(before, after);
    } catch {
      document.getElementById("rn-total").textContent = `${this.page.say("said_missing")} `;
    }
  }

  show(before, after) {
    const between = ({ version }) => version > this.page.old;
    for (const { number, contributions, earlier } of before.paragraphs) this.at("old", before, number, contributions, earlier);
    for (const { number, contributions, earlier } of after.paragraphs) this.at("new", after, number, contributions, earlier.filter(between));
    for (const [number, because] of this.reasons(before, after)) this.reason(number, because);
    this.showRest([...before.removed, ...after.removed.filter(between)]);
    const told = this.page.archived ?? after;
    document.getElementById("rn-total").textContent = told.total ? this.page.total(told) : "";
  }

  /** What was said on one paragraph; at removed text it lies open, elsewhere its number tells. */
  at(side, { version }, number, own, earlier) {
    const count = earlier.reduce((sum, one) => sum + one.contributions.length, own.length);
    const place = document.getElementById(`${side}-${number}`);
    if (!count || !place) return;
    const said = element("details", { class: "rn-said" }, element("summary", {}, this.page.say("said_at", { n: count, version, number })));
    const fill = async () => {
      const teller = await this.teller();
      if (said.childElementCount < 2) said.append(teller.list(own), ...earlier.map((one) => teller.earlier(one)));
    };
    said.addEventListener("toggle", fill, { once: true });
    this.box(place).append(said);
    if (place.closest(".rn-row--removed")) this.soon(said).then(() => { said.open = true; });
  }

  /** Because of whom each paragraph was changed: as the new version tells, or the answers to what was said before. */
  reasons(before, after) {
    if (!this.page.archived?.silent) return after.paragraphs.map(({ number, changed_because_of: because }) => [number, because]);
    const places = [...before.paragraphs, ...before.paragraphs.flatMap(({ earlier }) => earlier), ...before.removed];
    const said = new Map(places.flatMap(({ contributions }) => contributions).map((one) => [one.ordinal, one]));
    const found = new Map();
    for (const one of [...said.values()].sort((a, b) => a.ordinal - b.ordinal)) {
      for (const { version, number } of one.answer?.changes ?? []) {
        if (version === after.version) found.set(number, [...(found.get(number) ?? []), one]);
      }
    }
    return found;
  }

  /** Because of whom a paragraph was changed. */
  reason(number, because) {
    const place = document.getElementById(`new-${number}`);
    if (because.length && place) this.box(place).append(this.page.because(because));
  }

  box(place) {
    return place.matches("a") ? place.closest(".rn-row") : place; // what is unchanged bears its id on a link
  }

  async showRest(removed) {
    if (!removed.length) return;
    const title = element("h2", { id: "rn-elsewhere" }, this.page.say("said_elsewhere"));
    const rest = element("section", { class: "rn-elsewhere", "aria-labelledby": title.id }, title);
    this.comparison.append(rest);
    await this.soon(rest);
    const teller = await this.teller();
    rest.append(...removed.map((one) => teller.earlier(one)));
  }

  async teller() {
    const { Teller } = await import("./teller.js");
    return new Teller(this.page);
  }

  /** Kept when the reader moves, or comes so far: a page costs little before. */
  soon(place) {
    const seen = new Promise((resolve) => {
      new IntersectionObserver((entries, observer) => {
        if (!entries.some((one) => one.isIntersecting)) return;
        observer.disconnect();
        resolve();
      }).observe(place);
    });
    return Promise.race([firstMove, seen]);
  }
}

function start() {
  const comparison = document.getElementById("rn-comparison");
  const hint = document.getElementById("rn-keys");
  const page = Page.in("randnotiz-comparison");
  if (hint) new Jumps(comparison, hint).start();
  if (page) new Said(page, comparison).load();
}

start();
