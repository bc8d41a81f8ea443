// Shows what people said and what the working group answered, as text and never as markup.

import { element, hidden, onTheClock } from "./randnotiz.js";

/**
 * The threads of a flat list: each contribution with its replies. A reply to what is no longer
 * public stands for itself, as `lost`.
 */
export function threads(contributions) {
  const known = new Set(contributions.map(({ id }) => id));
  const first = contributions.filter(({ in_reply_to: target }) => !known.has(target));
  return first.map((one) => ({
    one, lost: Boolean(one.in_reply_to), replies: contributions.filter(({ in_reply_to: target }) => target === one.id),
  }));
}

/** `page`: what the page tells of itself. */
export class Teller {
  constructor(page) {
    this.page = page;
  }

  /** The contributions of a list, each followed by its replies. */
  list(contributions) {
    return element("ol", { class: "rn-contributions" }, ...threads(contributions).map(({ one, lost, replies }) => element("li", {},
      ...this.contribution(one, { lost }),
      replies.length > 0 && this.replies(one, ...replies.map((reply) => element("li", {}, ...this.contribution(reply)))))));
  }

  /** The list of replies to a contribution. */
  replies(one, ...items) {
    return element("ol", { class: "rn-contributions rn-replies", "aria-label": this.page.say("replies_to", { contribution: this.called(one) }) }, ...items);
  }

  /** How a contribution is called in a sentence: "Frage von Ada". */
  called({ kind, name }) {
    return this.page.say(name ? "called" : "called_anonymous", { kind: this.page.say(`kind_${kind}`), name });
  }

  /** What stands in the item of a contribution; `below`: what its reader can do with it. */
  contribution(one, { lost = false, below = this.supports(one) } = {}) {
    return [
      this.head(one),
      lost && element("p", { class: "rn-contributions__meta" }, this.page.say("reply_to_gone")),
      one.proposed_wording != null && this.proposal(one),
      one.erased ? element("p", { class: "rn-contributions__meta" }, this.page.say("erased")) : this.text(one),
      one.blacked_out && element("p", { class: "rn-contributions__meta" }, this.page.say("blacked_out")),
      below,
      one.answer && this.answer(one.answer),
    ].filter(Boolean);
  }

  head({ ordinal, kind, name, received_at, edited_at, channel, transcribed }) {
    return element("p", { class: "rn-contributions__meta" },
      ordinal && `${this.page.say("contribution", { ordinal })} · `,
      element("span", { class: "rn-kind" }, this.page.say(`kind_${kind}`)), " ",
      element("bdi", {}, name ?? this.page.say("anonymous")), " · ",
      ...(transcribed ? [this.cameIn(channel, transcribed)] : [this.moment(received_at)]),
      ...(edited_at ? [` · ${this.page.say("edited")} `, this.moment(edited_at)] : []));
  }

  text({ kind, text }) {
    const reason = kind === "proposal" && element("span", { class: "rn-contributions__label", lang: this.page.lang }, `${this.page.say("reason")} `);
    return element("p", { class: "rn-contributions__text", dir: "auto", lang: this.page.texts }, reason, text);
  }

  /** The proposed wording against that of the paragraph. */
  proposal({ difference, proposed_wording: wording }) {
    const words = difference?.length ? difference.map((piece) => this.piece(piece)) : [wording];
    return element("figure", { class: "rn-proposal" },
      element("figcaption", { class: "rn-contributions__label" }, this.page.say("proposed_wording")),
      element("blockquote", { dir: "auto", lang: this.page.texts }, ...words));
  }

  /** How many support it; nothing if nobody does. */
  supports({ supports }) {
    return supports > 0 && element("p", { class: "rn-contributions__meta" }, this.page.say("supported_by", { n: supports }));
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
      element("p", { class: "rn-contributions__text", dir: "auto", lang: this.page.texts }, reason),
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
      element("blockquote", { lang: this.page.texts }, ...then),
      this.list(contributions));
  }

  piece({ change, text }) {
    if (change === "kept") return text;
    const [tag, before, after] = change === "deleted" ? ["del", "deleted", "end_of_deletion"] : ["ins", "inserted", "end_of_insertion"];
    const unseen = (words) => element("span", { class: "rn-hidden", lang: this.page.lang }, words); // inside of text in another language
    return element(tag, {}, unseen(`${this.page.say(before)} `), text, unseen(` ${this.page.say(after)} `));
  }
}
