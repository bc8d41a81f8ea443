// Shows what people said and what the working group answered, as text and never as markup.

import { element, hidden, onTheClock } from "./randnotiz.js";

/** `page`: what the page tells of itself. */
export class Teller {
  constructor(page) {
    this.page = page;
  }

  /** The contributions of a list; where each is shown once, it can be linked to. */
  list(contributions, { linked = false } = {}) {
    return element("ol", { class: "rn-contributions" }, ...contributions.map((one) => this.contribution(one, linked)));
  }

  contribution({ id, ordinal, kind, name, text, received_at, channel, transcribed, answer, blacked_out, erased }, linked) {
    return element("li", linked ? { id: `beitrag-${id}`, tabindex: "-1" } : {},
      element("p", { class: "rn-contributions__meta" },
        ordinal && `${this.page.say("contribution", { ordinal })} · `,
        element("span", { class: "rn-kind" }, this.page.say(`kind_${kind}`)), " ",
        element("bdi", {}, name ?? this.page.say("anonymous")), " · ",
        ...(transcribed ? [this.cameIn(channel, transcribed)] : [this.moment(received_at)])),
      erased ? element("p", { class: "rn-contributions__meta" }, this.page.say("erased")) : element("p", { class: "rn-contributions__text", dir: "auto" }, text),
      blacked_out && element("p", { class: "rn-contributions__meta" }, this.page.say("blacked_out")),
      answer && this.answer(answer));
  }

  moment(stated) {
    const when = onTheClock(new Date(stated), this.page.lang);
    return element("time", { datetime: stated }, `${this.page.say("long_date", when)}, ${this.page.say("clock", when)}`);
  }

  day(stated) {
    return element("time", { datetime: stated }, this.page.say("long_date", onTheClock(new Date(`${stated}T12:00Z`), this.page.lang)));
  }

  /** How something came in that was written down for its author. */
  cameIn(channel, { event, came_on, people, late }) {
    const words = [this.page.say(`channel_${channel}`), event, people > 1 && this.page.say("people", { n: people }), late && this.page.say("late")];
    return element("span", {}, words.filter(Boolean).join(", "), ...(came_on ? [" · ", this.day(came_on)] : []));
  }

  /** What the working group answered, and where the text changed because of it. */
  answer({ outcome, reason, meeting, changes }) {
    const place = ({ document: slug, version, number }) => element("a", { href: `${this.page.base}${slug}/${version}/#rn-${number}` }, this.page.say("place", { version, number }));
    return element("div", { class: "rn-answer" },
      element("p", { class: "rn-answer__outcome" }, this.page.say("answer", { outcome: this.page.say(`outcome_${outcome}`) })),
      element("p", { class: "rn-contributions__text", dir: "auto" }, reason),
      meeting && element("p", { class: "rn-contributions__meta" }, `${this.page.say("meeting")} `, element("a", { href: `${this.page.base}sitzungen/${meeting}/` }, this.day(meeting))),
      changes.length > 0 && element("p", { class: "rn-contributions__meta" }, `${this.page.say("changed")} `, ...changes.flatMap((one, place_in_list) => (place_in_list ? [", ", place(one)] : [place(one)]))));
  }

  /** What was said on an earlier version, clearly apart, with the wording of then. */
  earlier({ version, number, wording, difference, contributions }) {
    const words = this.page.say("earlier_title", { version, number });
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
    return element(tag, {}, hidden(`${this.page.say(before)} `), text, hidden(` ${this.page.say(after)} `));
  }
}
