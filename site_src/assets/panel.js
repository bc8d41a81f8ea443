// The panel below a paragraph: what was said there, and the form to say something. It comes with
// its neighbours when the reader makes the first move.

import { Draft } from "./drafts.js";
import { Refused, element, hidden } from "./randnotiz.js";
import { Service } from "./service.js";
import { Teller } from "./teller.js";

const TEXT_LIMIT = 4000; // characters; source: participation/contribution.py

/** 128 random bits; crypto.randomUUID would need https, which a test installation may lack. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Panel {
  constructor(reader, number) {
    this.reader = reader;
    this.number = number;
    this.page = reader.page;
    this.teller = new Teller(this.page);
    this.service = new Service(this.page);
    this.draft = new Draft(reader.draft(number));
    this.button = reader.buttons.get(number);
    this.build();
    this.place();
    this.refresh();
    this.button.setAttribute("aria-expanded", "true");
    this.button.closest(".rn-unit").classList.add("rn-unit--open");
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
    this.own = element("div");
    this.status = element("p", { class: "rn-panel__status", role: "status", "aria-live": "polite" });
    this.place_of_form = element("div");
    this.node = element("section", { class: "rn-panel", id, "aria-labelledby": `${id}-title`, "data-search-exclude": true },
      element("div", { class: "rn-panel__head" }, this.title, close), this.own, this.earlier, this.window, this.status, this.place_of_form);
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.reader.close();
    });
  }

  /** Put the panel under its paragraph: after a <p>, in a row of its own after a row, else inside. */
  place() {
    const unit = this.button.closest(".rn-unit");
    if (unit.tagName === "P") unit.after(this.node);
    else if (unit.tagName === "TR") {
      this.row = element("tr", { class: "rn-panel-row" }, element("td", { colspan: unit.cells.length }, this.node));
      unit.after(this.row);
    } else this.button.after(this.node);
  }

  remove() {
    (this.row ?? this.node).remove();
    this.button.setAttribute("aria-expanded", "false");
    this.button.removeAttribute("aria-controls");
    this.button.closest(".rn-unit").classList.remove("rn-unit--open");
  }

  /** Show what the service said last, without touching what is being typed. */
  refresh() {
    const { own, earlier, because } = this.reader.of(this.number);
    this.own.replaceChildren(...(own.length ? [this.teller.list(own, { linked: true })] : []), ...(because.length ? [this.page.because(because)] : []));
    this.earlier.replaceChildren(...earlier.map((one) => this.teller.earlier(one)));
    this.showWindow();
    const closed = Boolean(this.page.archived || this.reader.state) && !this.reader.isOpen();
    if (!this.form && (!closed || this.draft.read().text)) this.buildForm();
    if (this.form) this.lock(closed);
  }

  /** Outside the window a draft can be read, copied and deleted, but not sent. */
  lock(closed) {
    this.send.hidden = closed;
    for (const field of [this.text, this.name]) field.readOnly = closed;
    this.choices.disabled = closed;
    this.text_label.textContent = this.say(closed ? "unsent" : "your_text");
  }

  showWindow() {
    const { state, failed } = this.reader;
    this.window.textContent = state ? this.reader.windowSentence(new Date()) : this.say(failed ? "out_of_reach" : "loading");
    this.window.classList.toggle("rn-panel__window--trouble", failed);
    if (!failed) this.retry?.remove();
    else if (!this.retry?.isConnected) {
      this.retry = element("button", { type: "button", class: "rn-button rn-button--quiet", onclick: () => this.reader.load() }, this.say("retry"));
      this.window.after(this.retry);
    }
  }

  // ------------------------------------------------ the form

  buildForm() {
    const kept = this.draft.read();
    const id = (name) => `rn-${this.number}-${name}`;
    this.text = element("textarea", { id: id("text"), name: "text", rows: "5", required: true, "aria-describedby": `${id("hint")} ${id("text-error")}` });
    this.text.value = kept.text ?? "";
    this.name = element("input", { id: id("name"), name: "name", autocomplete: "name", "aria-describedby": id("name-error") });
    this.name.value = kept.name ?? "";
    this.errors = { text: element("p", { class: "rn-error", id: id("text-error") }), name: element("p", { class: "rn-error", id: id("name-error") }) };
    this.counter = element("span", { class: "rn-counter" });
    this.send = element("button", { type: "submit", class: "rn-button" }, this.say("send"));
    this.discard = element("button", { type: "button", class: "rn-button rn-button--quiet", onclick: () => this.forget() }, this.say("discard"));
    this.text_label = element("label", { for: id("text") });
    this.choices = element("fieldset", {}, element("legend", {}, this.say("kind")), ...["comment", "question"].map((kind) => this.choice(kind, kept.kind ?? "comment")));
    this.form = element("form", { class: "rn-form", novalidate: true },
      this.choices, this.text_label, this.text, this.errors.text,
      element("p", { class: "rn-hint", id: id("hint") }, this.say("text_hint", { limit: this.number_words(TEXT_LIMIT) }), " ", this.counter),
      element("label", { for: id("name") }, this.say("your_name")), this.name, this.errors.name,
      element("p", { class: "rn-hint" }, this.say("public_hint"), " ",
        element("a", { href: this.page.netiquette }, this.say("netiquette")), " · ",
        element("a", { href: this.page.privacy }, this.say("privacy"))),
      element("p", { class: "rn-form__buttons" }, this.send, this.discard));
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.place_of_form.replaceChildren(this.form);
    this.showDraft();
  }

  choice(kind, chosen) {
    return element("label", { class: "rn-choice" },
      element("input", { type: "radio", name: "kind", value: kind, checked: kind === chosen }), this.say(`kind_${kind}`));
  }

  number_words(number) {
    return new Intl.NumberFormat(this.page.lang).format(number);
  }

  values() {
    return { kind: this.form.elements.kind.value, text: this.text.value, name: this.name.value };
  }

  /** Keep the draft in this browser; a changed text is another request, so it loses its key. */
  keep() {
    const { key, sent } = this.draft.read();
    const values = this.values();
    this.draft.keep(sent === JSON.stringify(values) ? { ...values, key, sent } : values);
    this.showDraft();
  }

  showDraft() {
    const left = TEXT_LIMIT - [...this.text.value].length;
    this.counter.textContent = left <= 500 ? this.say(left < 0 ? "too_many" : "left", { n: Math.abs(left) }) : "";
    this.discard.hidden = !this.text.value && !this.name.value;
  }

  forget() {
    this.draft.forget();
    this.form.remove();
    this.form = null;
    this.send = null;
    this.refresh();
    this.tell(this.say("discarded"));
    this.title.focus();
  }

  /** The key under which this very text is sent, however often: it appears once. */
  key(values) {
    const sent = JSON.stringify(values);
    const kept = this.draft.read();
    const key = kept.sent === sent && kept.key ? kept.key : newKey();
    this.draft.keep({ ...values, key, sent });
    return key;
  }

  async submit() {
    this.showErrors({});
    const values = this.values();
    if (!values.text.trim()) return this.showErrors({ text: { code: "empty" } });
    this.send.setAttribute("aria-disabled", "true");
    if (this.sending) return undefined;
    this.sending = true;
    this.tell(this.say("sending"));
    try {
      const body = { kind: values.kind, text: values.text, ...(values.name.trim() && { name: values.name }) };
      this.taken(await this.service.contribute(this.number, body, this.key(values)));
    } catch (error) {
      this.failed(error);
    } finally {
      this.sending = false;
      this.send?.removeAttribute("aria-disabled");
    }
    return undefined;
  }

  async taken(contribution) {
    this.draft.forget();
    this.form.remove();
    this.form = null;
    await this.reader.load("reload");
    this.tell(this.say(contribution.status === "published" ? "taken" : "taken_pending"));
    this.status.append(` ${this.say("receipt", { code: contribution.receipt })} `,
      element("a", { href: this.service.receipts }, this.say("receipt_page")));
    this.title.focus();
  }

  failed(error) {
    const problem = error instanceof Refused ? error.problem : {};
    if (problem.code === "invalid-input") return this.showErrors(problem.errors);
    if (problem.code === "window-not-open") {
      this.tell(this.say("closed_meanwhile"), true);
      return this.reader.load();
    }
    const refused = problem.status < 500 && `${problem.title} ${problem.detail} ${this.say("kept")}`;
    return this.tell(refused || this.say("not_sent"), true);
  }

  showErrors(errors) {
    for (const [field, place] of Object.entries(this.errors)) {
      const problem = errors[field];
      place.textContent = problem ? this.problem(problem) : "";
      if (problem) this[field].setAttribute("aria-invalid", "true");
      else this[field].removeAttribute("aria-invalid");
    }
    const first = ["text", "name"].find((field) => errors[field]);
    if (first) {
      this.tell("");
      this[first].focus();
    } else if (Object.keys(errors).length) this.tell(this.say("not_sent"), true);
  }

  problem({ code, limit, message }) {
    const key = `problem_${code}`.replaceAll("-", "_");
    return key in this.page.messages ? this.say(key, { limit: this.number_words(limit ?? 0) }) : message;
  }

  tell(words, trouble = false) {
    this.status.classList.toggle("rn-panel__status--trouble", trouble);
    this.status.textContent = words;
  }
}
