// What can be done with what others said, below it: support it, reply to it; with one's own, find
// back to its receipt.

import { Draft } from "./drafts.js";
import { Form } from "./form.js";
import { element } from "./randnotiz.js";
import { ownMark, shownReceipt } from "./receipt_shown.js";
import { receipts } from "./receipts.js";
import { refusalWords } from "./sending.js";
import { isSupported, support } from "./supports.js";

export class Acts {
  constructor(panel) {
    this.panel = panel;
    this.replying = null;
  }

  /** What can be done with a contribution: support it, reply to it; with one's own, see its receipt. */
  of(one, item) {
    const kept = receipts.of(one.id);
    const open = this.panel.reader.isOpen();
    const parts = [
      this.panel.teller.supports(one),
      open && !kept && !one.erased && this.supportButton(one),
      open && one.kind !== "reply" && this.replyButton(one, item),
      ...(kept ? ownMark(this.panel.page, this.panel.service, kept, () => this.panel.forgotten()) : []),
    ].filter(Boolean);
    return parts.length > 0 && element("div", { class: "rn-actions" }, ...parts);
  }

  supportButton(one) {
    const words = this.panel.say(isSupported(one.id) ? "unsupport" : "support");
    const named = `${words}: ${this.panel.teller.called(one)}`;
    return element("button", { type: "button", class: "rn-button rn-button--quiet", "aria-label": named, "data-rn-act": "support", onclick: () => this.support(one) }, words);
  }

  async support(one) {
    try {
      const wanted = !isSupported(one.id);
      const supports = await support(this.panel.service, one.id, wanted);
      this.panel.reader.change(one.id, { supports });
      this.panel.kept.show();
      this.panel.tell(`${this.panel.say(wanted ? "support_given" : "support_taken_back")} ${supports ? this.panel.say("supported_by", { n: supports }) : ""}`);
    } catch (error) {
      this.panel.tell(refusalWords(this.panel.page, error, "not_supported"), true);
      this.panel.status.scrollIntoView({ block: "nearest" }); // it may be far below
    }
  }

  // ------------------------------------------------ replies

  replyButton(one, item) {
    const named = this.panel.say("reply_to", { contribution: this.panel.teller.called(one) });
    const words = [this.panel.say("reply"), ...(this.panel.reader.keepsReply(this.panel.number, one.id) ? [this.panel.say("draft_kept")] : [])];
    return element("button", {
      type: "button", class: "rn-button rn-button--quiet", "data-rn-act": "reply", onclick: () => this.reply(one, item),
      "aria-label": [named, ...words.slice(1)].join(", "),
    }, words.join(" – "));
  }

  /** Open the form below the contribution; one at a time, drafts of the others are kept. */
  reply(one, item) {
    const again = this.replying?.item === item;
    this.stopReplying();
    this.panel.tell("");
    this.panel.receipt.replaceChildren();
    if (again) return this.panel.refresh();
    const status = element("p", { class: "rn-panel__status", role: "status" });
    const tell = (words, trouble) => this.panel.tell(words, trouble, status);
    const draft = new Draft(this.panel.reader.draft(this.panel.number, one.id));
    const form = new Form({
      ...this.panel.formOf(draft), answering: { id: one.id, called: this.panel.teller.called(one) }, tell,
      ontaken: (taken) => this.replied(taken, draft, item, status),
      onforgotten: () => {
        this.stopReplying();
        this.panel.tell(this.panel.say("discarded"));
        this.panel.refresh();
        item.node.focus();
      },
    });
    this.replying = { item, form };
    item.place.replaceChildren(form.node, status);
    return form.text.focus();
  }

  stopReplying() {
    this.replying?.item.place.replaceChildren();
    this.replying = null;
  }

  async replied(taken, draft, item, status) {
    draft.forget();
    receipts.keep(taken);
    this.replying = null;
    item.place.replaceChildren(status);
    await this.panel.reader.load("reload");
    this.panel.tell(this.panel.takenWords(taken), false, status);
    const receipt = shownReceipt(this.panel.page, this.panel.service, taken, (words) => this.panel.tell(words, false, status), () => this.panel.forgotten());
    item.place.append(this.panel.staleHint(taken) ?? "", receipt);
    item.node.focus();
  }

  lock(closed) {
    this.replying?.form.lock(closed);
  }
}
