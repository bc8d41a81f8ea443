// The form to say something on a paragraph, or to reply to what somebody said. What is typed is
// kept in this browser until it is sent or deleted.

import { ProposalFields } from "./proposal_fields.js";
import { Refused, element } from "./randnotiz.js";
import { prepare, refusalWords, send } from "./sending.js";

const TEXT_LIMIT = 4000; // characters; source: participation/contribution.py
const KINDS = ["comment", "question", "proposal"];

export class Form {
  /**
   * `number` and `unit`: the paragraph; `answering`: the contribution that is replied to, if any;
   * `tell(words, trouble)` says what happens, `ontaken(contribution)` is called with what was
   * sent, `onclosed()` when the service takes no more, `onforgotten()` when the draft is deleted.
   */
  constructor({ page, service, draft, number, unit, answering = null, tell, ontaken, onclosed, onforgotten }) {
    Object.assign(this, { page, service, draft, number, unit, answering, tell, ontaken, onclosed, onforgotten });
    this.build();
  }

  say(key, values) {
    return this.page.say(key, values);
  }

  id(name) {
    return `rn-${this.number}-${this.answering ? "reply-" : ""}${name}`;
  }

  build() {
    const kept = this.draft.read();
    this.text = element("textarea", { id: this.id("text"), name: "text", rows: "5", required: true, dir: "auto", "aria-describedby": `${this.id("hint")} ${this.id("text-error")}` });
    this.text.value = kept.text ?? "";
    this.name = element("input", { id: this.id("name"), name: "name", dir: "auto", autocomplete: "name", "aria-describedby": this.id("name-error") });
    this.name.value = kept.name ?? "";
    this.errors = { text: element("p", { class: "rn-error", id: this.id("text-error") }), name: element("p", { class: "rn-error", id: this.id("name-error") }) };
    this.counter = element("span", { class: "rn-counter" });
    this.send = element("button", { type: "submit", class: "rn-button" }, this.say(this.answering ? "send_reply" : "send"));
    this.discard = element("button", { type: "button", class: "rn-button rn-button--quiet", onclick: () => this.forget() }, this.say("discard"));
    this.text_label = element("label", { for: this.id("text") });
    this.place_of_proposal = element("div");
    this.choices = !this.answering && element("fieldset", {}, element("legend", {}, this.say("kind")), ...KINDS.map((kind) => this.choice(kind, kept.kind ?? "comment")));
    this.node = element("form", { class: "rn-form", novalidate: true },
      this.choices, this.place_of_proposal, this.text_label, this.text, this.errors.text,
      element("p", { class: "rn-hint", id: this.id("hint") }, this.say("text_hint", { limit: this.inNumbers(TEXT_LIMIT) }), " ", this.counter),
      element("label", { for: this.id("name") }, this.say("your_name")), this.name, this.errors.name,
      element("p", { class: "rn-hint" }, this.say("public_hint"), " ",
        element("a", { href: this.page.netiquette }, this.say("netiquette")), " · ",
        element("a", { href: this.page.privacy }, this.say("privacy"))),
      element("p", { class: "rn-form__buttons" }, this.send, this.discard));
    this.node.addEventListener("input", () => this.keep());
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.showKind(kept.wording);
    this.showDraft();
  }

  choice(kind, chosen) {
    return element("label", { class: "rn-choice" },
      element("input", { type: "radio", name: "kind", value: kind, checked: kind === chosen, onchange: () => this.showKind() }), this.say(`kind_${kind}`));
  }

  inNumbers(number) {
    return new Intl.NumberFormat(this.page.lang).format(number);
  }

  get kind() {
    return this.answering ? "reply" : this.node.elements.kind.value;
  }

  /** A proposal has the wording of the paragraph to edit, and its text is the reason. */
  showKind(wording) {
    const proposes = this.kind === "proposal";
    if (proposes || wording != null) this.proposal ??= new ProposalFields(this.page, { unit: this.unit, id: (name) => this.id(name), wording });
    this.place_of_proposal.replaceChildren(...(proposes ? [this.proposal.node] : []));
    this.showLabel();
  }

  showLabel() {
    const words = this.answering ? this.say("your_reply", { contribution: this.answering.called }) : this.say(this.kind === "proposal" ? "your_reason" : "your_text");
    this.text_label.textContent = this.closed ? this.say("unsent") : words;
  }

  /** Outside the window a draft can be read, copied and deleted, but not sent. */
  lock(closed) {
    this.closed = closed;
    this.send.hidden = closed;
    for (const field of [this.text, this.name, this.proposal?.text]) if (field) field.readOnly = closed;
    if (this.choices) this.choices.disabled = closed;
    this.showLabel();
  }

  // ------------------------------------------------ the draft

  values() {
    const wording = this.proposal?.wording;
    return { kind: this.kind, text: this.text.value, name: this.name.value, ...(wording != null && { wording }) };
  }

  keep() {
    this.draft.keep(this.values());
    this.showDraft();
    this.prepared ??= prepare(this.service);
  }

  showDraft() {
    const left = TEXT_LIMIT - [...this.text.value].length;
    this.counter.textContent = left <= 500 ? this.say(left < 0 ? "too_many" : "left", { n: Math.abs(left) }) : "";
    this.discard.hidden = !this.text.value && !this.name.value && this.proposal?.wording == null;
  }

  forget() {
    this.draft.forget();
    this.onforgotten();
  }

  // ------------------------------------------------ sending

  async submit() {
    this.showErrors({});
    const values = this.values();
    const missing = this.missing(values);
    if (missing) return this.showErrors(missing);
    this.send.setAttribute("aria-disabled", "true");
    if (this.sending) return undefined;
    this.sending = true;
    this.tell(this.say("sending"));
    try {
      const body = { ...values, proposed_wording: values.wording };
      this.ontaken(await send(this.service, this.number, body, this.draft.keyFor(values), this.answering));
    } catch (error) {
      this.failed(error);
    } finally {
      this.sending = false;
      this.send.removeAttribute("aria-disabled");
    }
    return undefined;
  }

  /** What the form itself can see to be missing. */
  missing({ kind, text, wording }) {
    const problems = {
      ...(kind === "proposal" && wording == null && { proposed_wording: { code: "unchanged" } }),
      ...(!text.trim() && { text: { code: kind === "proposal" ? "no-reason" : "empty" } }),
    };
    return Object.keys(problems).length ? problems : null;
  }

  failed(error) {
    const code = error instanceof Refused && error.problem.code;
    if (code === "invalid-input") return this.showErrors(error.problem.errors);
    if (code !== "window-not-open") return this.tell(this.refused(error), true);
    this.tell(this.say("closed_meanwhile"), true);
    return this.onclosed();
  }

  refused(error) {
    const words = refusalWords(this.page, error, "not_sent");
    return words === this.say("not_sent") ? words : `${words} ${this.say("kept")}`;
  }

  /** Say at each field what is wrong with it, and bring the focus to the first. */
  showErrors(errors) {
    const fields = { ...(this.proposal && { proposed_wording: [this.proposal.text, this.proposal.error] }), text: [this.text, this.errors.text], name: [this.name, this.errors.name] };
    const wrong = Object.entries(fields).filter(([field, [input, place]]) => {
      const problem = errors[field];
      place.textContent = problem ? this.problem(problem) : "";
      if (problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      return problem;
    });
    if (wrong.length) {
      this.tell("");
      wrong[0][1][0].focus();
    } else if (Object.keys(errors).length) this.tell(Object.values(errors).map(({ message }) => message).join(" ") || this.say("not_sent"), true);
  }

  problem({ code, limit, message }) {
    const key = `problem_${code}`.replaceAll("-", "_");
    return key in this.page.messages ? this.say(key, { limit: this.inNumbers(limit ?? 0) }) : message;
  }
}
