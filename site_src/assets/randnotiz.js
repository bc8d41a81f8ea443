// What every page has: the frame (menu, search, light and dark), and the few tools that the other
// modules share. A page asks for little before it is touched: what a document tells of itself is
// in labels.js, what opens at a click in panel.js and its neighbours.

export const ZONE = "Europe/Berlin"; // the city's clock, wherever the reader is

// ---------------------------------------------------------------- words

/** Fill a message: "{n} Beiträge" or {one, other}, chosen by the plural rule of `lang`. */
export function say(message, values = {}, lang = "de") {
  const text = typeof message === "string" ? message : message[new Intl.PluralRules(lang).select(values.n)] ?? message.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A moment as the city's clock shows it: numbers, and the names of its day and month. */
export function onTheClock(moment, lang) {
  const format = new Intl.DateTimeFormat(lang, {
    timeZone: ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const { weekday, day, month, year, hour, minute } = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { weekday, day, month, year, clock: `${hour}:${minute}` };
}

// ---------------------------------------------------------------- elements

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}

export const hidden = (text) => element("span", { class: "rn-hidden" }, text);

/** How many these counts are together. */
export const sum = (counts) => counts.reduce((all, { count }) => all + count, 0);

// ---------------------------------------------------------------- what this browser keeps

export const storage = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(`randnotiz:${key}`));
    } catch {
      return null; // storage is switched off, or holds something foreign
    }
  },
  keep(key, value) {
    try {
      localStorage.setItem(`randnotiz:${key}`, JSON.stringify(value));
    } catch { /* storage is full or switched off: it holds for this page */ }
  },
  forget(key) {
    try {
      localStorage.removeItem(`randnotiz:${key}`);
    } catch { /* nothing was kept */ }
  },
};

// ---------------------------------------------------------------- the page and its service

export class Refused extends Error {
  /** `retryAfter`: seconds until it may be tried again, if the service tells. */
  constructor(problem, retryAfter) {
    super(problem.code);
    Object.assign(this, { problem, retryAfter });
  }
}

/** Ask the service, without a cookie; JSON in and out. */
export async function ask(address, options) {
  // What is wrong with a contribution is told in the language of the page.
  const spoken = options?.method && { "Accept-Language": document.documentElement.lang };
  const answer = await fetch(address, { credentials: "omit", ...options, headers: { ...options?.headers, ...spoken } });
  const body = await answer.json();
  if (!answer.ok) throw new Refused(body, Number(answer.headers.get("Retry-After")));
  return body;
}

/** What a page tells of itself: `about`, written into it when the site was built. */
export class Page {
  constructor(about) {
    Object.assign(this, about);
    this.lang = document.documentElement.lang || "de";
  }

  static in(id) {
    const told = document.getElementById(id);
    return told && new Page(JSON.parse(told.textContent));
  }

  say(key, values) {
    return say(this.messages[key], values, this.lang);
  }

  /**
   * What was said on a version, and `total`: how much on all versions. "no-cache": ask whether
   * it changed; "reload": past every cache, for what was just sent.
   */
  contributions(version, cache = "no-cache") {
    return this.told(version, "contributions", "beitraege", cache);
  }

  /** How much was said there: as above, numbers without words. */
  counts(version, cache = "no-cache") {
    return this.told(version, "counts", "zahlen", cache);
  }

  async told(version, read, file, cache) {
    // What is over lies beside the page, in the same form: no service need run for it.
    const beside = `${this.base}${this.document}/${version}/${file}.json`;
    const list = this.archives.includes(version) ? beside : `${this.service}/api/documents/${this.document}/${read}?version=${version}`;
    const { count: total, versions } = await ask(list, { cache });
    return { ...versions[0], total };
  }

  /** The contributions that changed a paragraph, each with a link to where it was made. */
  because(contributions) {
    const links = contributions.map(({ ordinal, version, number }) => element("a", { href: `${this.base}${this.document}/${version}/#rn-${number}` }, this.say("contribution", { ordinal })));
    return element("p", { class: "rn-because" }, `${this.say("because")} `, ...links.flatMap((link, place) => (place ? [", ", link] : [link])));
  }

  /** How much was said on all versions, and how much of it on text that is gone. */
  total({ total, removed, gone = sum(removed) }) {
    const words = [this.say("total", { n: total })];
    if (gone) words.push(this.say("removed_count", { n: gone }));
    return `${words.join(", ")}. `;
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

/** Show the field of the search; what answers it is fetched when somebody goes there. */
function upgradeSearch(root) {
  const button = document.querySelector(".rn-search-button");
  const show = (open) => {
    root.classList.toggle("rn-search--open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  root.hidden = button.hidden = false;
  button.addEventListener("click", () => {
    show(!root.classList.contains("rn-search--open"));
    root.querySelector("input[type=search]").focus();
  });
  root.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !root.classList.contains("rn-search--open")) return;
    show(false);
    button.focus();
  });
  root.addEventListener("focusin", async () => {
    const { Search } = await import("./search.js");
    new Search(root);
  }, { once: true });
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
      localStorage.setItem("randnotiz:scheme", root.dataset.rnScheme); // a bare word: the page's head reads it
    } catch { /* storage is switched off: the choice holds for this page */ }
    show();
  });
  show();
}

/** Lead to the same place of the page in another language; the choice is kept in this browser. */
function upgradeLanguage(link) {
  const address = link.getAttribute("href");
  link.addEventListener("click", () => {
    link.href = address + location.hash;
    try {
      localStorage.setItem("randnotiz:language", link.hreflang);
    } catch { /* storage is switched off: the start page asks the browser again */ }
  });
}

/** Show or hide the plain-language twins; the choice is kept in this browser. */
function upgradePlainSwitch(button) {
  const root = document.documentElement;
  const show = () => button.setAttribute("aria-pressed", String(root.dataset.rnPlain !== "off"));
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.rnPlain = root.dataset.rnPlain === "off" ? "on" : "off";
    try {
      localStorage.setItem("randnotiz:plain", root.dataset.rnPlain);
    } catch { /* storage is switched off: the choice holds for this page */ }
    show();
  });
  show();
}

/** Kept as soon as the reader makes the first move: what is only needed then waits for it. */
export const firstMove = new Promise((resolve) => {
  const moves = ["pointerdown", "pointermove", "touchstart", "keydown", "focusin"];
  const moved = () => {
    for (const move of moves) document.removeEventListener(move, moved);
    resolve();
  };
  for (const move of moves) document.addEventListener(move, moved, { passive: true });
});

/** Fetch Material's script (back to top, marks in the contents) at the first move. */
async function loadLater() {
  await firstMove;
  for (const later of document.querySelectorAll("script.rn-later")) later.replaceWith(element("script", { src: later.src }));
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
  document.querySelectorAll("a.rn-language").forEach(upgradeLanguage);
  document.querySelectorAll(".rn-plain-switch button").forEach(upgradePlainSwitch);
  document.querySelectorAll(".rn-search").forEach(upgradeSearch);
  loadLater();
}

start();
