// Sends a contribution to the service, exactly once however often it is tried, and says in words
// what became of it.

import { Refused, onTheClock } from "./randnotiz.js";
import { browserToken, forgetToken } from "./supports.js";

/** Have a proof of work made while somebody writes, where the service asks for one. */
export async function prepare(service) {
  (await proofs())?.begin?.(service.address);
}

/** Send the values of a form; `key`: the same for the same values. */
export async function send(service, number, values, key, answering) {
  const proof = await (await proofs())?.proof(service.address);
  const body = {
    kind: answering ? "reply" : values.kind, text: values.text,
    ...(values.name.trim() && { name: values.name }),
    ...(!answering && values.kind === "proposal" && { proposed_wording: values.proposed_wording }),
    ...(answering && { in_reply_to: answering.id }),
    ...(proof && { proof }),
  };
  const token = await browserToken(service).catch(() => null); // without one, too, it is taken
  try {
    return await service.contribute(number, body, key, token);
  } catch (error) {
    if (!isForeign(error)) throw error;
    forgetToken();
    return service.contribute(number, body, key, null);
  }
}

/** Whether the service does not know the token that this browser kept. */
const isForeign = (error) => error instanceof Refused && error.problem.code === "unknown-browser";

/** Say why something was not taken, and when to try again if the service tells; `fault`: the words if it was not heard at all. */
export function refusalWords(page, error, fault) {
  const problem = error instanceof Refused ? error.problem : {};
  if (!(problem.status < 500)) return page.say(fault);
  const clock = error.retryAfter && page.say("clock", onTheClock(new Date(Date.now() + error.retryAfter * 1000), page.lang));
  return [problem.title, problem.detail, clock && page.say("again_from", { clock })].filter(Boolean).join(" ");
}

const proofs = () => import("./proof.js").catch(() => null); // none is no reason not to send
