// The reader's page: a button at each paragraph opens a panel below it, with the
// contributions and the form. Without this module each button is a plain link to the same
// on a page of its own. The page never decides: what is open is what the service says.

const ZONE = "Europe/Berlin"; // the city's clock, wherever the reader is
const TEXT_LIMIT = 4000; // characters; source: participation/contribution.py
const MINUTE = 60_000; // milliseconds

// ---------------------------------------------------------------- words

/** Fill a message: "{n} Beiträge" or {one, other}, chosen by the plural rule of `lang`. */
export function say(message, values = {}, lang = "de") {
  const text = typeof message === "string" ? message : message[new Intl.PluralRules(lang).select(values.n)] ?? message.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// ---------------------------------------------------------------- the window in words

/** A moment as the city's clock shows it: numbers, and the names of its day and month. */
function onTheClock(moment, lang) {
  const format = new Intl.DateTimeFormat(lang, {
    timeZone: ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const { weekday, day, month, year, hour, minute } = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { weekday, day, month, year, clock: `${hour}:${minute}` };
}

/** The number of the calendar day in the city, counted from some day long ago. */
function dayNumber(moment) {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(moment).split("-");
  return Date.UTC(year, month - 1, day) / (24 * 60 * MINUTE);
}

/**
 * Say what a window says of itself at `now`, as part of a sentence. The rule stands in
 * comment_service/web/window_words.py; tests/data/window_words.json holds both to it.
 */
export function windowWords({ opens, closes, state, now }, messages, lang) {
  const tell = (key, values) => say(messages[key], values, lang);
  const atMidnight = (moment) => onTheClock(moment, lang).clock === "00:00";
  const day = (moment) => {
    if (dayNumber(moment) === dayNumber(now)) return tell("today");
    const shown = onTheClock(moment, lang);
    return tell(shown.year === onTheClock(now, lang).year ? "day" : "day_and_year", shown);
  };
  const clock = (moment) => tell("clock", onTheClock(moment, lang));
  if (state === "not-yet") {
    const start = new Date(opens);
    return tell("from", { start: atMidnight(start) ? day(start) : `${day(start)}, ${clock(start)}` });
  }
  if (!closes) return tell("until_further_notice");
  const close = new Date(closes);
  const lastDay = atMidnight(close) ? new Date(close - MINUTE) : close; // midnight ends the day before
  const end = `${day(lastDay)}, ${atMidnight(close) ? tell("midnight") : clock(close)}`;
  if (state === "closed") return tell("since", { end });
  if (close <= now) return tell("until_only", { end }); // this device's clock is wrong: count nothing
  const days = dayNumber(lastDay) - dayNumber(now);
  const hours = Math.floor((close - now) / (60 * MINUTE));
  const minutes = Math.max(1, Math.floor((close - now) / MINUTE));
  const left = days ? tell("days_left", { n: days }) : hours ? tell("hours_left", { n: hours }) : tell("minutes_left", { n: minutes });
  return tell("until", { left, end });
}

// ---------------------------------------------------------------- drafts, kept in this browser

class Draft {
  constructor(key) {
    this.key = `randnotiz:${key}`;
  }
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {}; // storage is switched off, or holds something foreign
    }
  }
  keep(values) {
    try {
      if (values.text || values.name) localStorage.setItem(this.key, JSON.stringify(values));
      else this.forget();
    } catch { /* storage is full or switched off: the text stays in the form */ }
  }
  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch { /* nothing was kept */ }
  }
}

// ---------------------------------------------------------------- the service

class Refused extends Error {
  constructor(problem) {
    super(problem.code);
    this.problem = problem;
  }
}

export class Service {
  constructor({ service, base, document: slug, version, archives }) {
    // What is over lies beside the page, in the same form: no service need run for it.
    this.list = archives.includes(version) ? `${base}${slug}/${version}/beitraege.json` : `${service}/api/documents/${slug}/contributions?version=${version}`;
    this.receipts = `${service}/beitrag/quittung`;
    this.paragraphs = `${service}/api/documents/${slug}/versions/${version}/paragraphs`;
  }
  /**
   * What was said on this version, and `total`: how much on all versions. "no-cache": ask whether
   * it changed; "reload": past every cache, for what was just sent.
   */
  async contributions(cache) {
    const { count: total, versions } = await this.ask(this.list, { cache });
    return { ...versions[0], total };
  }
  contribute(number, body, key) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
    return this.ask(`${this.paragraphs}/${number}/contributions`, { method: "POST", headers, body: JSON.stringify(body) });
  }
  async ask(address, options) {
    const answer = await fetch(address, { credentials: "omit", ...options });
    const body = await answer.json();
    if (!answer.ok) throw new Refused(body);
    return body;
  }
}

// ---------------------------------------------------------------- building blocks

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}

/** 128 random bits; crypto.randomUUID would need https, which a test installation may lack. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const hidden = (text) => element("span", { class: "rn-hidden" }, text);

/** Shows what people said; `page` is what the page tells of itself. */
export class Teller {
  constructor(page) {
    this.page = page;
    this.lang = document.documentElement.lang || "de";
  }

  say(key, values) {
    return say(this.page.messages[key], values, this.lang);
  }

  /** The contributions of a list; where each is shown once, it can be linked to. */
  list(contributions, { linked = false } = {}) {
    return element("ol", { class: "rn-contributions" }, ...contributions.map((one) => this.contribution(one, linked)));
  }

  contribution({ id, ordinal, kind, name, text, received_at, channel, transcribed, answer, blacked_out, erased }, linked) {
    return element("li", linked ? { id: `beitrag-${id}`, tabindex: "-1" } : {},
      element("p", { class: "rn-contributions__meta" },
        ordinal && `${this.say("contribution", { ordinal })} · `,
        element("span", { class: "rn-kind" }, this.say(`kind_${kind}`)), " ",
        element("bdi", {}, name ?? this.say("anonymous")), " · ",
        ...(transcribed ? [this.cameIn(channel, transcribed)] : [this.moment(received_at)])),
      erased ? element("p", { class: "rn-contributions__meta" }, this.say("erased")) : element("p", { class: "rn-contributions__text", dir: "auto" }, text),
      blacked_out && element("p", { class: "rn-contributions__meta" }, this.say("blacked_out")),
      answer && this.answer(answer));
  }

  moment(stated) {
    const when = onTheClock(new Date(stated), this.lang);
    return element("time", { datetime: stated }, `${this.say("long_date", when)}, ${this.say("clock", when)}`);
  }

  day(stated) {
    return element("time", { datetime: stated }, this.say("long_date", onTheClock(new Date(`${stated}T12:00Z`), this.lang)));
  }

  /** How something came in that was written down for its author. */
  cameIn(channel, { event, came_on, people, late }) {
    const words = [this.say(`channel_${channel}`), event, people > 1 && this.say("people", { n: people }), late && this.say("late")];
    return element("span", {}, words.filter(Boolean).join(", "), ...(came_on ? [" · ", this.day(came_on)] : []));
  }

  /** What the working group answered, and where the text changed because of it. */
  answer({ outcome, reason, meeting, changes }) {
    const place = ({ document: slug, version, number }) => element("a", { href: `${this.page.base}${slug}/${version}/#rn-${number}` }, this.say("place", { version, number }));
    return element("div", { class: "rn-answer" },
      element("p", { class: "rn-answer__outcome" }, this.say("answer", { outcome: this.say(`outcome_${outcome}`) })),
      element("p", { class: "rn-contributions__text", dir: "auto" }, reason),
      meeting && element("p", { class: "rn-contributions__meta" }, `${this.say("meeting")} `, element("a", { href: `${this.page.base}sitzungen/${meeting}/` }, this.day(meeting))),
      changes.length > 0 && element("p", { class: "rn-contributions__meta" }, `${this.say("changed")} `, ...changes.flatMap((one, place_in_list) => (place_in_list ? [", ", place(one)] : [place(one)]))));
  }

  /** The contributions that changed a paragraph, each with a link to where it was made. */
  because(contributions) {
    const links = contributions.map(({ ordinal, version, number }) => element("a", { href: `${this.page.base}${this.page.document}/${version}/#rn-${number}` }, this.say("contribution", { ordinal })));
    return element("p", { class: "rn-because" }, `${this.say("because")} `, ...links.flatMap((link, place) => (place ? [", ", link] : [link])));
  }

  /** What was said on an earlier version, clearly apart, with the wording of then. */
  earlier({ version, number, wording, difference, contributions }) {
    const words = this.say("earlier_title", { version, number });
    const then = difference.some((piece) => piece.change !== "kept") ? difference.map((piece) => this.piece(piece)) : [wording];
    const address = `${this.page.base}${this.page.document}/${version}/#rn-${number}`;
    return element("section", { class: "rn-earlier", "aria-label": words },
      element("p", { class: "rn-earlier__title" }, element("a", { href: address }, words)),
      element("blockquote", {}, ...then),
      this.list(contributions));
  }

  piece({ change, text }) {
    if (change === "kept") return text;
    const [tag, before, after] = change === "deleted" ? ["del", "deleted", "end_of_deletion"] : ["ins", "inserted", "end_of_insertion"];
    return element(tag, {}, hidden(`${this.say(before)} `), text, hidden(` ${this.say(after)} `));
  }

  /** How much was said on all versions, and how much of it on text that is gone. */
  total({ total, removed, gone = removed.reduce((sum, one) => sum + one.contributions.length, 0) }) {
    const words = [this.say("total", { n: total })];
    if (gone) words.push(this.say("removed_count", { n: gone }));
    return `${words.join(", ")}. `;
  }
}

// ---------------------------------------------------------------- a document that takes comments

class Reader extends Teller {
  constructor(page) {
    super(page);
    this.service = new Service(page);
    this.state = null; // what the service said last; null: nothing yet
    this.failed = false; // whether it was asked and did not answer
    this.buttons = new Map();
    this.open = null;
  }

  start() {
    for (const link of document.querySelectorAll("a.rn-comment")) this.upgrade(link);
    this.showTotal();
    if (this.page.archived) return; // nothing can come any more; what there is comes with the first panel
    this.load();
    setInterval(() => this.tick(), MINUTE);
  }

  /** Make the plain link a button that opens the panel in place. */
  upgrade(link) {
    const number = Number(/\d+$/.exec(link.href));
    const button = element("button", { type: "button", class: "rn-comment", "aria-expanded": "false" });
    button.addEventListener("click", () => this.toggle(number));
    link.replaceWith(button);
    this.buttons.set(number, button);
    this.label(number);
  }

  async load(cache = "no-cache") {
    try {
      this.state = await this.service.contributions(cache);
      this.failed = false;
    } catch {
      this.failed = !this.state; // what is known already stays
    }
    for (const number of this.buttons.keys()) this.label(number);
    this.showWindow();
    this.showTotal();
    this.open?.refresh();
  }

  showTotal() {
    const place = document.getElementById("rn-total");
    const told = this.page.archived ?? this.state;
    if (place && told?.total) place.textContent = this.total(told);
  }

  /** What was said on a paragraph, and on what it was in the versions before. */
  of(number) {
    const found = this.state?.paragraphs.find((paragraph) => paragraph.number === number);
    return { own: found?.contributions ?? [], earlier: found?.earlier ?? [], because: found?.changed_because_of ?? [] };
  }

  /** How much was said on a paragraph, and on what it was before; an archive tells at once. */
  counts(number) {
    if (this.page.archived) return this.page.archived.counts[number] ?? [0, 0];
    const { own, earlier } = this.of(number);
    return [own.length, earlier.reduce((sum, one) => sum + one.contributions.length, 0)];
  }

  label(number) {
    const [own, before] = this.counts(number);
    const count = own + before;
    const closed = this.page.archived || (this.state && !this.isOpen());
    const kept = Boolean(this.draft(number).read().text);
    const words = [own || closed ? this.say("contributions_at", { n: own, number }) : this.say("comment_on", { number })];
    if (before) words.push(this.say("earlier_count", { n: before }));
    const { because } = this.of(number);
    if (because.length) words.push(this.because(because).textContent);
    if (kept) words.push(this.say("draft_kept"));
    const button = this.buttons.get(number);
    button.classList.toggle("rn-comment--some", count > 0);
    button.classList.toggle("rn-comment--draft", kept);
    button.replaceChildren(element("span", { class: "rn-count", "aria-hidden": "true" }, count ? String(count) : ""), hidden(words.join(", ")));
  }

  draft(number) {
    return new Draft(`${this.page.document}/${this.page.version}/${number}`);
  }

  isOpen() {
    return this.state?.window?.state === "open";
  }

  // ------------------------------------------------ the window, in words

  showWindow() {
    const place = document.getElementById("rn-window");
    if (!this.state || !place) return;
    const words = this.windowSentence(new Date());
    if (place.textContent !== words) place.textContent = words;
    this.open?.showWindow();
  }

  /** Count down; where an end has passed that the service has not told of yet, ask again. */
  tick() {
    this.showWindow();
    const { opens, closes, state } = this.state?.window ?? {};
    const passed = (end, before) => end && state === before && Date.now() >= Date.parse(end);
    if (passed(opens, "not-yet") || passed(closes, "open")) this.load();
  }

  windowSentence(now) {
    const { window, answers } = this.state;
    if (!window) return this.say("takes_none");
    const words = windowWords({ ...window, now }, this.page.messages, this.lang);
    const sentence = this.say(`window_${window.state}`.replace("-", "_"), { words });
    if (window.state !== "closed") return sentence;
    if (this.page.archived?.answered) return `${sentence} ${this.say("all_answered")}`;
    const day = answers && this.say("long_date", onTheClock(new Date(`${answers}T12:00Z`), this.lang));
    return `${sentence} ${answers ? this.say("answers_by", { day }) : this.say("answers_come")}`;
  }

  // ------------------------------------------------ the panel

  toggle(number) {
    const again = this.open?.number === number;
    this.close();
    if (again) return;
    this.open = new Panel(this, number);
    if (this.page.archived && !this.state) this.load();
  }

  close() {
    const panel = this.open;
    if (!panel) return;
    this.open = null;
    panel.remove();
    this.label(panel.number);
    this.buttons.get(panel.number).focus();
  }
}

class Panel {
  constructor(reader, number) {
    this.reader = reader;
    this.number = number;
    this.draft = reader.draft(number);
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
    return this.reader.say(key, values);
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
    this.own.replaceChildren(...(own.length ? [this.reader.list(own, { linked: true })] : []), ...(because.length ? [this.reader.because(because)] : []));
    this.earlier.replaceChildren(...earlier.map((one) => this.reader.earlier(one)));
    this.showWindow();
    const closed = Boolean(this.reader.page.archived || this.reader.state) && !this.reader.isOpen();
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
        element("a", { href: this.reader.page.netiquette }, this.say("netiquette")), " · ",
        element("a", { href: this.reader.page.privacy }, this.say("privacy"))),
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
    return new Intl.NumberFormat(this.reader.lang).format(number);
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
      this.taken(await this.reader.service.contribute(this.number, body, this.key(values)));
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
      element("a", { href: this.reader.service.receipts }, this.say("receipt_page")));
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
    return key in this.reader.page.messages ? this.say(key, { limit: this.number_words(limit ?? 0) }) : message;
  }

  tell(words, trouble = false) {
    this.status.classList.toggle("rn-panel__status--trouble", trouble);
    this.status.textContent = words;
  }
}

// ---------------------------------------------------------------- the frame of the page

/** Make a checkbox of Material's a real button; the checkbox stays what it switches. */
function upgradeToggle(button) {
  const box = document.getElementById(button.dataset.rnToggle);
  const target = document.getElementById(button.getAttribute("aria-controls"));
  const show = () => button.setAttribute("aria-expanded", String(box.checked));
  const set = (checked) => {
    if (box.checked !== checked) box.click();
  };
  button.hidden = false;
  box.hidden = true;
  document.querySelector(`.md-header label[for=${box.id}]`).hidden = true;
  box.addEventListener("change", show);
  button.addEventListener("click", () => {
    set(!box.checked);
    if (box.checked) target.querySelector("a, input")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.checked) return;
    set(false);
    button.focus();
  });
}

/** Switch between light and dark; the choice is kept in this browser. */
function upgradeScheme(button) {
  const root = document.documentElement;
  const isDark = () => (root.dataset.rnScheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.rnScheme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("randnotiz:scheme", root.dataset.rnScheme);
    } catch { /* storage is switched off: the choice holds for this page */ }
    show();
  });
  show();
}

/** Fetch Material's script (search, back to top) when the reader makes the first move. */
function loadLater() {
  const moves = ["pointerdown", "pointermove", "touchstart", "keydown", "focusin"];
  const load = () => {
    for (const move of moves) document.removeEventListener(move, load);
    for (const later of document.querySelectorAll("script.rn-later")) later.replaceWith(element("script", { src: later.src }));
  };
  for (const move of moves) document.addEventListener(move, load, { passive: true });
}

/**
 * Keep single letters from Material's script, which takes f, s, n, p and their like wherever the
 * focus is: who speaks to the device, or strikes a key by chance, must not trigger it (WCAG 2.1.4).
 * What is typed into a field goes on; keys of ours listen earlier, on their own element.
 */
function keepLetters() {
  document.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.target.matches("input, textarea, select, [contenteditable]")) event.stopPropagation();
  });
}

function start() {
  keepLetters();
  document.documentElement.classList.replace("no-js", "js"); // as Material's script does later
  document.querySelectorAll("[data-rn-toggle]").forEach(upgradeToggle);
  document.querySelectorAll(".rn-scheme").forEach(upgradeScheme);
  loadLater();
  const page = document.getElementById("randnotiz-page");
  if (page) new Reader(JSON.parse(page.textContent)).start();
}

if (typeof document !== "undefined") start();
