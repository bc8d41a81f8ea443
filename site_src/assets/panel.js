// The panel below a paragraph: what was said there, and the form to say something. It comes with
// its neighbours when the reader makes the first move.

import { Acts } from "./acts.js";
import { Draft } from "./drafts.js";
import { Form } from "./form.js";
import { KeptHere } from "./kept_here.js";
import { element, hidden } from "./randnotiz.js";
import { ownMark, shownReceipt } from "./receipt_shown.js";
import { receipts } from "./receipts.js";
import { Service } from "./service.js";
import { isSupported } from "./supports.js";
import { Teller } from "./teller.js";
import { Threads, orders } from "./threads.js";

const PATIENCE = 2000; // milliseconds that the form waits for what is shown above it

export class Panel {
  constructor(reader, number) {
    this.reader = reader;
    this.number = number;
    this.page = reader.page;
    this.teller = new Teller(this.page);
    this.service = new Service(this.page);
    this.draft = new Draft(reader.draft(number));
    this.button = reader.buttons.get(number);
    this.unit = this.button.closest(".rn-unit");
    this.build();
    this.place();
    this.waits = reader.counts(number).some(Boolean); // or the form would move under somebody's finger
    setTimeout(() => this.stopWaiting(), PATIENCE);
    this.refresh();
    this.button.setAttribute("aria-expanded", "true");
    this.unit.classList.add("rn-unit--open");
    this.button.setAttribute("aria-controls", this.node.id);
    this.title.focus();
  }

  say(key, values) {
    return this.page.say(key, values);
  }

  build() {
    const id = `rn-panel-${this.number}`;
    this.title = element("p", { class: "rn-panel__title", id: `${id}-title`, tabindex: "-1" }, this.say("panel_title", { number: this.number }));
    const close = element("button", { type: "button", class: "rn-panel__close", onclick: () => this.reader.close() }, hidden(this.say("close")));
    this.window = element("p", { class: "rn-panel__window" });
    this.earlier = element("div");
    this.acts = new Acts(this);
    this.threads = new Threads(this.teller, (one, item) => this.acts.of(one, item));
    this.order = this.sorting(`${id}-order`);
    this.because = element("div");
    this.own = element("div");
    this.status = element("p", { class: "rn-panel__status", role: "status", "aria-live": "polite" });
    this.receipt = element("div");
    this.place_of_form = element("div");
    this.kept = new KeptHere(this.page, this.service, () => this.forgottenAll());
    this.node = element("section", { class: "rn-panel", id, lang: this.page.lang, "aria-labelledby": `${id}-title`, "data-search-exclude": true },
      element("div", { class: "rn-panel__head" }, this.title, close), this.order, this.threads.node, this.because, this.earlier,
      this.own, this.window, this.status, this.receipt, this.place_of_form, this.kept.node);
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.reader.close();
    });
  }

  /** Put the panel under its paragraph: after a <p>, in a row of its own after a row, else inside. */
  place() {
    if (this.unit.tagName === "P") this.unit.after(this.node);
    else if (this.unit.tagName === "TR") {
      this.row = element("tr", { class: "rn-panel-row" }, element("td", { colspan: this.unit.cells.length }, this.node));
      this.unit.after(this.row);
    } else this.button.after(this.node);
  }

  remove() {
    (this.row ?? this.node).remove();
    this.button.setAttribute("aria-expanded", "false");
    this.button.removeAttribute("aria-controls");
    this.unit.classList.remove("rn-unit--open");
  }

  // ------------------------------------------------ what was said

  /** Show what the service said last, without touching what is being typed. */
  refresh() {
    const { own, earlier, because } = this.reader.of(this.number);
    this.showOwn(own);
    const told = JSON.stringify([earlier, because]);
    if (told !== this.told) {
      this.told = told;
      this.because.replaceChildren(...(because.length ? [this.page.because(because)] : []));
      this.earlier.replaceChildren(...earlier.map((one) => this.teller.earlier(one)));
    }
    this.showWindow();
    const closed = Boolean(this.page.archived || this.reader.counted) && !this.reader.isOpen();
    this.waits &&= !this.reader.state && !this.reader.failed;
    if (!this.form && !this.waits && (!closed || this.reader.keepsDraft(this.number))) this.buildForm();
    this.form?.lock(closed);
    this.acts.lock(closed);
  }

  stopWaiting() {
    if (!this.waits || !this.node.isConnected) return;
    this.waits = false;
    this.refresh();
  }

  showOwn(own) {
    this.order.hidden = own.filter(({ in_reply_to: target }) => !target).length < 2;
    const open = this.reader.isOpen();
    this.threads.update(own, ({ id }) => [open, isSupported(id), receipts.of(id)?.code, this.reader.keepsReply(this.number, id)]);
    // Who sent something sees it here also while it waits, or when it is not public any more.
    const unseen = this.reader.state ? receipts.at(this.page, this.number).filter(({ id }) => !own.some((one) => one.id === id)) : [];
    const shown = JSON.stringify(unseen);
    if (shown === this.unseen) return;
    this.unseen = shown;
    this.own.replaceChildren(...unseen.map((one) => element("p", { class: "rn-actions" }, this.say("own_not_public"), " ",
      ...ownMark(this.page, this.service, one, () => this.forgotten()))));
  }

  sorting(id) {
    const choice = element("select", { id, onchange: () => {
      this.threads.sort(choice.value);
      this.refresh();
    } }, ...orders.map((order) => element("option", { value: order }, this.say(`order_${order}`))));
    return element("p", { class: "rn-order", hidden: true }, element("label", { for: id }, this.say("order")), " ", choice);
  }

  // ------------------------------------------------ the window

  showWindow() {
    const { state, failed } = this.reader;
    const words = state ? this.reader.windowSentence(new Date()) : this.say(failed ? "out_of_reach" : "loading");
    if (this.window.textContent !== words) this.window.textContent = words;
    this.window.classList.toggle("rn-panel__window--trouble", failed);
    if (!failed) this.retry?.remove();
    else if (!this.retry?.isConnected) {
      this.retry = element("button", { type: "button", class: "rn-button rn-button--quiet", onclick: () => this.reader.load() }, this.say("retry"));
      this.window.after(this.retry);
    }
  }

  // ------------------------------------------------ the form

  formOf(draft) {
    return { page: this.page, service: this.service, number: this.number, unit: this.unit, draft, onclosed: () => this.reader.load() };
  }

  buildForm() {
    this.form = new Form({
      ...this.formOf(this.draft), tell: (words, trouble) => this.tell(words, trouble),
      ontaken: (taken) => this.taken(taken), onforgotten: () => this.discarded(),
    });
    this.place_of_form.replaceChildren(this.form.node);
  }

  removeForm() {
    this.form.node.remove();
    this.form = null;
  }

  discarded() {
    this.removeForm();
    this.refresh();
    this.tell(this.say("discarded"));
    this.title.focus();
  }

  async taken(taken) {
    this.draft.forget();
    receipts.keep(taken);
    this.removeForm();
    await this.reader.load("reload");
    this.kept.show();
    this.tell(this.takenWords(taken));
    const receipt = shownReceipt(this.page, this.service, taken, (words) => this.tell(words), () => this.forgotten());
    this.receipt.replaceChildren(this.staleHint(taken) ?? "", receipt);
    this.title.focus();
  }

  takenWords({ status }) {
    return this.say(status === "published" ? "taken" : "taken_pending");
  }

  /** Where a newer version came out while this one was read: what was sent stays where it was read. */
  staleHint({ newest, version }) {
    if (!(newest > version)) return null;
    return element("p", { class: "rn-hint" }, this.say("stale", { version, newest }), " ",
      element("a", { href: `${this.page.base}${this.page.document}/` }, this.say("to_newest", { newest })));
  }

  /** This browser has forgotten a receipt, or all. */
  forgotten() {
    this.receipt.replaceChildren();
    this.refresh();
    this.kept.show();
    this.tell(this.say("forgotten"));
    this.title.focus();
  }

  /** With the receipts, what was typed is gone, too. */
  forgottenAll() {
    this.acts.stopReplying();
    if (this.form) this.removeForm();
    this.forgotten();
    this.reader.load(); // the buttons of the page tell of drafts, too
  }

  tell(words, trouble = false, place = this.status) {
    place.classList.toggle("rn-panel__status--trouble", trouble);
    place.textContent = words;
  }
}
