// The contributions on a paragraph, kept up to date in place: what did not change is not touched,
// what is being typed or has the focus stays where it is, and nothing moves under the reader.

import { element } from "./randnotiz.js";
import { threads } from "./teller.js";

const ORDERS = {
  oldest: () => 0, // as the service tells them
  newest: (a, b) => b.one.received_at.localeCompare(a.one.received_at),
  support: (a, b) => (b.one.supports ?? 0) - (a.one.supports ?? 0),
};

export const orders = Object.keys(ORDERS);

/** A thread as it is shown: its item, and what can change in it. */
class Item {
  constructor(id) {
    this.body = element("div");
    this.place = element("div", { class: "rn-reply" }); // where somebody replies
    this.node = element("li", { id: `beitrag-${id}`, tabindex: "-1" }, this.body, this.place);
    this.replies = null;
    this.items = new Map();
  }

  /** Show `parts` where they differ from what is shown; the focus stays on what it was on. */
  show(told, parts) {
    if (this.told === told) return;
    this.told = told;
    const act = this.body.contains(document.activeElement) && document.activeElement.dataset.rnAct;
    this.body.replaceChildren(...parts());
    if (act) (this.body.querySelector(`[data-rn-act="${act}"]`) ?? this.node).focus();
  }
}

export class Threads {
  /** `teller` shows a contribution, `actions(contribution, item)` what can be done with it. */
  constructor(teller, actions) {
    this.teller = teller;
    this.actions = actions;
    this.order = "oldest";
    this.items = new Map();
    this.shown = [];
    this.node = element("ol", { class: "rn-contributions" });
  }

  sort(order) {
    this.order = order;
    this.shown = [];
  }

  /** Show them; `state`: what else the actions depend on, by the contribution. */
  update(contributions, state) {
    const found = threads(contributions).sort(ORDERS[this.order]);
    this.shown = settled(this.shown, found.map(({ one }) => one.id), this.order);
    const byId = new Map(found.map((thread) => [thread.one.id, thread]));
    this.place(this.node, this.items, this.shown, (id, item) => {
      const { one, lost, replies } = byId.get(id);
      this.fill(item, one, lost, state);
      this.fillReplies(item, one, replies, state);
    });
    this.node.hidden = !this.items.size;
  }

  fillReplies(item, one, replies, state) {
    if (!replies.length) {
      item.replies?.remove();
      item.replies = null;
      return item.items.clear();
    }
    if (!item.replies) item.place.before(item.replies = this.teller.replies(one));
    const byId = new Map(replies.map((reply) => [reply.id, reply]));
    return this.place(item.replies, item.items, [...byId.keys()], (id, inner) => this.fill(inner, byId.get(id), false, state));
  }

  fill(item, one, lost, state) {
    const told = JSON.stringify([one, lost, state(one)]);
    item.show(told, () => this.teller.contribution(one, { lost, below: this.actions(one, item) }));
  }

  /** Make `list` hold the items of these ids in this order, touching none that stays in place. */
  place(list, items, ids, fill) {
    for (const [id, item] of items) {
      if (ids.includes(id)) continue;
      if (item.place.querySelector("form")) { // somebody is replying to it: their text stays
        item.show("gone", () => [element("p", { class: "rn-contributions__meta" }, this.teller.page.say("gone"))]);
        continue;
      }
      items.delete(id);
      item.node.remove();
    }
    ids.forEach((id, place) => {
      if (!items.has(id)) items.set(id, new Item(id));
      const { node } = items.get(id);
      if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
      fill(id, items.get(id));
    });
  }
}

/** The ids that are shown already in their order, and what is new at its end, or first if the newest are. */
function settled(shown, ids, order) {
  if (!shown.length) return ids;
  const stays = shown.filter((id) => ids.includes(id));
  const comes = ids.filter((id) => !shown.includes(id));
  return order === "newest" ? [...comes, ...stays] : [...stays, ...comes];
}
