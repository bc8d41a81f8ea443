// Proposing a change: the wording of the paragraph to be edited, and what the edit changes.

import { wordingOf } from "./paragraph_wording.js";
import { element } from "./randnotiz.js";
import { Teller } from "./teller.js";
import { wordDiff } from "./word_diff.js";

const PAUSE = 1200; // milliseconds without a key: then the preview follows, and is told
const TOLD = 3; // changes that are spelled out to who listens; of more, their number

export class ProposalFields {
  constructor(page, { unit, id, wording }) {
    this.page = page;
    this.teller = new Teller(page);
    this.original = wordingOf(unit);
    this.text = element("textarea", { id: id("wording"), name: "wording", rows: "6", required: true, dir: "auto", "aria-describedby": `${id("wording-hint")} ${id("wording-error")}` });
    this.text.value = wording ?? this.original;
    this.error = element("p", { class: "rn-error", id: id("wording-error") });
    this.preview = element("blockquote", { dir: "auto" });
    this.status = element("p", { class: "rn-hidden", role: "status" });
    const figure = element("figure", { class: "rn-proposal", id: id("preview") },
      element("figcaption", { class: "rn-contributions__label" }, page.say("preview")), this.preview);
    this.node = element("div", { class: "rn-proposal-fields" },
      element("label", { for: id("wording") }, page.say("wording")), this.text, this.error,
      element("p", { class: "rn-hint", id: id("wording-hint") }, page.say("wording_hint")),
      figure, this.status);
    this.text.addEventListener("input", () => this.later());
    this.show();
  }

  /** The new wording; undefined as long as it is that of the paragraph. */
  get wording() {
    return this.text.value === this.original ? undefined : this.text.value;
  }

  /** Not on every key: who listens hears what changed when the typing stops. */
  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.show(), PAUSE);
  }

  show() {
    const pieces = wordDiff(this.original, this.text.value);
    const changed = pieces.filter(({ change }) => change !== "kept");
    this.preview.replaceChildren(...(changed.length ? pieces.map((piece) => this.teller.piece(piece)) : [this.page.say("nothing_changed")]));
    if (this.text.isConnected) this.status.textContent = this.inWords(changed);
  }

  inWords(changed) {
    if (!changed.length) return this.page.say("nothing_changed");
    if (changed.length > 2 * TOLD) return this.page.say("changes", { n: changed.length });
    return `${changed.map(({ change, text }) => `${this.page.say(change)} ${text.trim()}`).join("; ")}.`;
  }
}
