// The comparison of two versions: keys that jump from change to change, and what people said
// on either version, in the row of its paragraph. Without this module links do both.

import { Page, element, firstMove, sum } from "./randnotiz.js";

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
    this.asked = new Map(); // what was said, by version: asked for as soon as somebody reads it
    this.between = ({ version }) => version > page.old; // what was said earlier stands at the old version
  }

  async load() {
    const { old, new: newer } = this.page;
    try {
      const [before, after] = await Promise.all([old, newer].map((version) => this.page.counts(version)));
      this.show(before, after);
    } catch {
      document.getElementById("rn-total").textContent = `${this.page.say("said_missing")} `;
    }
  }

  show(before, after) {
    for (const one of before.paragraphs) this.at("old", before, one, () => true);
    for (const one of after.paragraphs) {
      this.at("new", after, one, this.between);
      this.reason(one.number, one.changed_because_of);
    }
    if (before.removed.length || after.removed.some(this.between)) this.showRest();
    document.getElementById("rn-total").textContent = after.total ? this.page.total(after) : "";
  }

  /**
   * What was said on one paragraph: its number tells. At removed text it lies open, at once if
   * somebody was led to it, else at the first move: a page costs little before.
   */
  at(side, { version }, { number, count: own, earlier }, isShown) {
    const count = own + sum(earlier.filter(isShown));
    const place = document.getElementById(`${side}-${number}`);
    if (!count || !place) return;
    const words = element("div");
    const said = element("details", { class: "rn-said" }, element("summary", {}, this.page.say("said_at", { n: count, version, number })), words);
    said.addEventListener("toggle", () => said.open && this.fill(words, version, ({ paragraphs }, teller) => {
      const found = paragraphs.find((one) => one.number === number); // none if it was withdrawn meanwhile
      return found ? [teller.list(found.contributions), ...found.earlier.filter(isShown).map((one) => teller.earlier(one))] : [];
    }));
    this.box(place).append(said);
    const row = place.closest(".rn-row--removed");
    const isSought = row?.matches(":target, :has(:target)");
    if (row) (isSought ? Promise.resolve() : firstMove).then(() => { said.open = true; });
  }

  /** Put what was said on a version into its place, once; if it does not come, say so. */
  async fill(place, version, tell) {
    if (place.dataset.rnFilled) return;
    try {
      const [told, teller] = await Promise.all([this.contributions(version), this.teller()]);
      place.replaceChildren(...tell(told, teller));
      place.dataset.rnFilled = "true";
    } catch {
      place.replaceChildren(element("p", {}, this.page.say("said_missing")));
    }
  }

  contributions(version) {
    if (!this.asked.has(version)) {
      this.asked.set(version, this.page.contributions(version));
      this.asked.get(version).catch(() => this.asked.delete(version)); // asked again at the next try
    }
    return this.asked.get(version);
  }

  /** Because of whom a paragraph was changed. */
  reason(number, because) {
    const place = document.getElementById(`new-${number}`);
    if (because.length && place) this.box(place).append(this.page.because(because));
  }

  box(place) {
    return place.matches("a") ? place.closest(".rn-row") : place; // what is unchanged bears its id on a link
  }

  async showRest() {
    const title = element("h2", { id: "rn-elsewhere" }, this.page.say("said_elsewhere"));
    const [before, after] = [element("div"), element("div")];
    const rest = element("section", { class: "rn-elsewhere", "aria-labelledby": title.id }, title, before, after);
    this.comparison.append(rest);
    await this.soon(rest);
    this.fill(before, this.page.old, ({ removed }, teller) => removed.map((one) => teller.earlier(one)));
    this.fill(after, this.page.new, ({ removed }, teller) => removed.filter(this.between).map((one) => teller.earlier(one)));
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
