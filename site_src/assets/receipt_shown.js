// The receipt of what was just sent: a code and a link to keep, and ways to keep them.

import { element, hidden } from "./randnotiz.js";
import { receipts } from "./receipts.js";

/** `tell` says something to the reader; `onforgotten` is called when this browser has forgotten it. */
export function shownReceipt(page, service, { id, receipt: code }, tell, onforgotten) {
  const link = service.receipt(code);
  const copy = async () => tell(page.say(await copied(link) ? "copied" : "not_copied"));
  const letter = `mailto:?subject=${encodeURIComponent(page.say("mail_subject"))}&body=${encodeURIComponent(page.say("mail_body", { link, code }))}`;
  return element("div", { class: "rn-receipt", role: "group", "aria-label": page.say("your_receipt") },
    element("p", {}, `${page.say("receipt_code")} `, element("code", { class: "rn-receipt__code" }, code)),
    element("p", { class: "rn-hint" }, page.say("receipt_hint"), " ", page.say(receipts.of(id) ? "receipt_kept" : "receipt_not_kept")),
    element("p", { class: "rn-form__buttons" },
      element("a", { class: "rn-button rn-button--quiet", href: link }, page.say("receipt_page")),
      element("button", { type: "button", class: "rn-button rn-button--quiet", onclick: copy }, page.say("copy_link")),
      element("a", { class: "rn-button rn-button--quiet", href: letter }, page.say("mail_to_me")),
      forgetButton(page, id, onforgotten)));
}

/** The way back to one's own contribution, and to make this browser forget it. */
export function ownMark(page, service, { id, code }, onforgotten) {
  return [
    element("a", { class: "rn-own", href: service.receipt(code), "data-rn-act": "own" }, page.say("own"), hidden(` ${page.say("own_more")}`)),
    forgetButton(page, id, onforgotten),
  ];
}

function forgetButton(page, id, onforgotten) {
  const forget = () => {
    if (!window.confirm(page.say("forget_sure"))) return;
    receipts.forget(id);
    onforgotten();
  };
  return element("button", { type: "button", class: "rn-button rn-button--quiet", "data-rn-act": "forget", onclick: forget }, page.say("forget_receipt"));
}

/** Whether the link is in the clipboard now; a page without https may not write to it. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
