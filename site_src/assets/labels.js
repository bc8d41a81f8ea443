// A document that takes comments: at each paragraph a button that opens the panel below it, with
// the contributions and the form. Without this module each button is a plain link to the same on
// a page of its own. The page never decides: what is open is what the service says. What was said
// comes with the first panel; before, the numbers of it are enough.

import { Page, element, firstMove, hidden, onTheClock, storage, sum } from "./randnotiz.js";
import { windowWords } from "./window_words.js";

const MINUTE = 60_000; // milliseconds
const NEIGHBOURS = ["acts", "form", "teller", "threads", "proposal_fields", "paragraph_wording", "word_diff", "sending", "supports", "service", "drafts", "receipts", "receipt_shown", "kept_here"];

class Reader {
  constructor(page) {
    this.page = page;
    this.counted = null; // how much was said, and the window, as the service said last; null: nothing yet
    this.state = null; // what was said, as it was when a panel was open last; null: none was yet
    this.turn = 0; // how often the service was asked
    this.told = 0; // which of these questions was answered last
    this.failed = false; // whether it was asked and did not answer
    this.buttons = new Map();
    this.links = new Map(); // what a button was before: the way where no panel can come
    this.open = null;
  }

  start() {
    for (const link of document.querySelectorAll("a.rn-comment")) this.upgrade(link);
    this.showTotal();
    firstMove.then(panels).catch(() => {}); // asked for again when one is opened
    if (this.page.archived) return; // nothing can come any more; what there is comes with the first panel
    this.load();
    setInterval(() => this.tick(), MINUTE);
    document.addEventListener("visibilitychange", () => {
      if (Date.now() - this.asked >= MINUTE) this.tick();
    });
  }

  /** Make the plain link a button that opens the panel in place. */
  upgrade(link) {
    const number = Number(/(\d+)(?:\?lang=\w+)?$/.exec(link.href)[1]);
    const button = element("button", { type: "button", class: "rn-comment", lang: this.page.lang, "aria-expanded": "false" });
    button.addEventListener("click", () => this.toggle(number));
    link.replaceWith(button);
    this.buttons.set(number, button);
    this.links.set(number, link.href);
    this.label(number);
  }

  /** Ask how much was said, and as long as a panel is open or coming, what. */
  async load(cache = "no-cache") {
    this.asked = Date.now();
    const turn = this.turn += 1;
    const isRead = Boolean(this.open || this.wanted);
    try {
      const told = await (isRead ? this.page.contributions(this.page.version, cache) : this.page.counts(this.page.version, cache));
      if (turn < this.told) return; // a later question was answered before this one
      if (isRead) this.state = told;
      this.counted = isRead ? counted(told) : told;
      this.told = turn;
      this.failed = false;
    } catch {
      this.failed = !(isRead ? this.state : this.counted); // what is known already stays
    }
    for (const number of this.buttons.keys()) this.label(number);
    this.showWindow();
    this.showTotal();
    this.open?.refresh();
  }

  /** What one's own action changed, shown at once; the service tells the rest with its next answer. */
  change(id, changes) {
    const all = this.state.paragraphs.flatMap(({ contributions }) => contributions);
    Object.assign(all.find((one) => one.id === id) ?? {}, changes);
    this.open?.refresh();
  }

  showTotal() {
    const place = document.getElementById("rn-total");
    const told = this.page.archived ?? this.counted;
    if (place && told?.total) place.textContent = this.page.total(told);
  }

  /** What was said on a paragraph, and on what it was in the versions before. */
  of(number) {
    const found = this.state?.paragraphs.find((paragraph) => paragraph.number === number);
    return { own: found?.contributions ?? [], earlier: found?.earlier ?? [], because: found?.changed_because_of ?? [] };
  }

  /** How much was said on a paragraph, and on what it was before; an archive tells at once. */
  counts(number) {
    if (this.page.archived) return this.page.archived.counts[number] ?? [0, 0];
    const { count = 0, earlier = [] } = this.countedAt(number);
    return [count, sum(earlier)];
  }

  countedAt(number) {
    return this.counted?.paragraphs.find((paragraph) => paragraph.number === number) ?? {};
  }

  label(number) {
    const [own, before] = this.counts(number);
    const count = own + before;
    const closed = this.page.archived || (this.counted && !this.isOpen());
    const kept = this.keepsDraft(number);
    const words = [own || closed ? this.page.say("contributions_at", { n: own, number }) : this.page.say("comment_on", { number })];
    if (before) words.push(this.page.say("earlier_count", { n: before }));
    const { changed_because_of: because } = this.countedAt(number);
    if (because?.length) words.push(this.page.because(because).textContent);
    if (kept) words.push(this.page.say("draft_kept"));
    this.write(this.buttons.get(number), count, kept, words.join(", "));
  }

  write(button, count, kept, words) {
    if (button.querySelector(".rn-hidden")?.textContent === words) return; // nobody is told twice
    button.classList.toggle("rn-comment--some", count > 0);
    button.classList.toggle("rn-comment--draft", kept);
    button.replaceChildren(element("span", { class: "rn-count", "aria-hidden": "true" }, count ? String(count) : ""), hidden(words));
  }

  /** Where this browser keeps what was typed at a paragraph, or as a reply there, and not sent. */
  draft(number, reply) {
    const place = `${this.page.document}/${this.page.version}/${number}`;
    return reply ? `${place}/${reply}` : place;
  }

  keepsDraft(number) {
    const kept = storage.read(this.draft(number));
    return Boolean(kept?.text || kept?.wording != null);
  }

  keepsReply(number, id) {
    return Boolean(storage.read(this.draft(number, id))?.text);
  }

  isOpen() {
    return this.counted?.window?.state === "open";
  }

  // ------------------------------------------------ the window, in words

  showWindow() {
    const place = document.getElementById("rn-window");
    if (!this.counted || !place) return;
    const words = this.windowSentence(new Date());
    if (place.textContent !== words) place.textContent = words;
    this.open?.showWindow();
  }

  /** Count down; and as long as somebody looks, ask whether anything changed: mostly nothing did. */
  tick() {
    this.showWindow();
    if (document.visibilityState === "visible") this.load();
  }

  windowSentence(now) {
    const { window, answers } = this.counted;
    if (!window) return this.page.say("takes_none");
    const words = windowWords({ ...window, now }, this.page.messages, this.page.lang);
    const sentence = this.page.say(`window_${window.state}`.replace("-", "_"), { words });
    if (window.state !== "closed") return sentence;
    if (this.page.archived?.answered) return `${sentence} ${this.page.say("all_answered")}`;
    const day = answers && this.page.say("long_date", onTheClock(new Date(`${answers}T12:00Z`), this.page.lang));
    return `${sentence} ${answers ? this.page.say("answers_by", { day }) : this.page.say("answers_come")}`;
  }

  // ------------------------------------------------ the panel

  async toggle(number) {
    const again = this.open?.number === number;
    this.close();
    this.wanted = again ? null : number; // who clicks twice while the module comes wants the last
    if (again) return;
    if (!this.page.archived || !this.state) this.load(); // comes together with the module
    const module = await panels().catch(() => location.assign(this.links.get(number)));
    if (!module || this.wanted !== number || this.open) return;
    this.open = new module.Panel(this, number);
  }

  close() {
    const panel = this.open;
    if (!panel) return;
    this.open = this.wanted = null;
    panel.remove();
    this.label(panel.number);
    this.buttons.get(panel.number).focus();
  }
}

/** The numbers of what was said, as the service counts them. */
function counted({ paragraphs, removed, ...version }) {
  const counts = (earlier) => earlier.map(({ version: made, contributions }) => ({ version: made, count: contributions.length }));
  return { ...version, paragraphs: paragraphs.map((one) => ({ ...one, earlier: counts(one.earlier) })), removed: counts(removed) };
}

/** The panel with all its neighbours, asked for at once and not one after the other. */
function panels() {
  for (const name of NEIGHBOURS) import(`./${name}.js`).catch(() => {});
  return import("./panel.js");
}

const page = Page.in("randnotiz-page");
if (page) new Reader(page).start();
