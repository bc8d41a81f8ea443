// What is new since this browser was here last. It looks at the changes that the page carries;
// nothing is asked for or sent, and nobody but the browser knows when it was here.

const SHOWN = 20; // changes; whoever wants more reads the list of all
const PAUSE = 30 * 60 * 1000; // milliseconds; who comes back sooner is still on the same visit
const KEY = "randnotiz-visits"; // {"leitlinien": {"since": …, "seen": …}}, moments in milliseconds

function kept() {
  try {
    const visits = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof visits === "object" && visits ? visits : {};
  } catch {
    return {};
  }
}

function keep(visits) {
  try {
    localStorage.setItem(KEY, JSON.stringify(visits));
  } catch {
    // A browser that keeps nothing shows the page as it is without this script.
  }
}

/** Note a visit; return when the one before it ended, or null if there was none. */
function visit(document, now) {
  const visits = kept();
  const { seen, since } = visits[document] ?? {};
  const last = now - seen > PAUSE ? seen : since;
  keep({ ...visits, [document]: { since: last, seen: now } });
  return last ?? null;
}

function tell(section, last) {
  const changes = [...section.querySelector("template").content.children];
  const fresh = changes.filter((change) => Date.parse(change.dataset.at) > last);
  const moment = section.querySelector("time");
  moment.dateTime = new Date(last).toISOString();
  moment.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "Europe/Berlin",
  }).format(last);
  section.querySelector("ol").replaceChildren(...fresh.slice(0, SHOWN));
  section.querySelector("[data-none]").hidden = fresh.length > 0;
  section.querySelector("[data-more]").hidden = fresh.length <= SHOWN;
  section.hidden = false;
}

const section = document.querySelector("#neu");
const last = visit(section.dataset.document, Date.parse(section.dataset.now));
if (last !== null) {
  tell(section, last);
}
