// What this browser keeps of what was written here, and the way to make it forget all of it:
// for devices that several people use.

import { element } from "./randnotiz.js";
import { receipts } from "./receipts.js";
import { forgetSupported, forgetToken } from "./supports.js";

const PREFIX = "randnotiz:";
const SETTINGS = ["randnotiz:scheme", "randnotiz:plain"]; // how pages look says nothing of anybody

export class KeptHere {
  constructor(page, service, onforgotten) {
    Object.assign(this, { page, service, onforgotten });
    this.summary = element("summary");
    this.list = element("ul");
    this.node = element("details", { class: "rn-kept", hidden: true }, this.summary, this.list,
      element("p", { class: "rn-hint" }, page.say("kept_hint")),
      element("p", { class: "rn-form__buttons" },
        element("button", { type: "button", class: "rn-button rn-button--quiet", onclick: () => this.forget() }, page.say("forget_all"))));
    this.node.addEventListener("toggle", () => this.show());
    this.show();
  }

  show() {
    const all = receipts.all();
    this.node.hidden = !ownKeys().length;
    this.summary.textContent = all.length ? this.page.say("receipts_kept", { n: all.length }) : this.page.say("kept_else");
    this.list.replaceChildren(...(this.node.open ? all : []).map(({ code, document: slug, version, number, at }) => element("li", {},
      element("a", { href: this.service.receipt(code) }, this.page.say("receipt_of", { document: slug, version, number, day: new Date(at).toLocaleDateString(this.page.lang) })))));
  }

  forget() {
    if (!window.confirm(this.page.say("forget_all_sure"))) return;
    forgetEverything();
    this.onforgotten();
  }
}

function forgetEverything() {
  forgetSupported();
  forgetToken();
  for (const key of ownKeys()) localStorage.removeItem(key);
}

/** Under what this browser keeps something that tells of a person. */
function ownKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && !SETTINGS.includes(key));
  } catch {
    return []; // storage is switched off
  }
}
