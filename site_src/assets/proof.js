// Proof of work by ALTCHA's protocol (version 2): this browser computes a moment, unseen and off
// the page's own thread, so that whoever sends thousands of texts has to pay for it. Nothing is
// shown and nothing asked. Where it cannot be had, a contribution goes without: it may be read
// by somebody before it is public, but it is never lost.

const GOOD_FOR = 19 * 60_000; // milliseconds; the service takes a proof for 20 minutes
const PATIENCE = 20_000; // milliseconds; a device that needs longer goes without
const ALGORITHM = "PBKDF2/SHA-256";

let begun = null; // the proof that is being computed, or waits to be sent

/** Begin to compute a proof, so that it is there when somebody has written. */
export function begin(service) {
  if (begun && performance.now() - begun.at < GOOD_FOR) return;
  begun = { at: performance.now(), found: compute(service) };
}

/** Return a proof, each good for one contribution; null where there is none to be had. */
export async function proof(service) {
  begin(service);
  const { found } = begun;
  begun = null;
  const { payload, ripe } = await found;
  // Sent sooner after its challenge, it would pass for a program's.
  if (payload) await new Promise((wait) => setTimeout(wait, ripe - performance.now()));
  return payload;
}

async function compute(service) {
  const none = { payload: null };
  if (!globalThis.crypto?.subtle || !globalThis.Worker) return none; // http without s, for example
  try {
    const answer = await fetch(`${service}/api/challenge`, { credentials: "omit", cache: "no-store" });
    if (!answer.ok) return none;
    const challenge = await answer.json();
    const { algorithm, data } = challenge.parameters;
    if (algorithm !== ALGORITHM) return none;
    const ripe = performance.now() + data.ripeAfter; // it was made before it came: long enough
    const solution = await solve(challenge.parameters);
    return solution ? { payload: btoa(JSON.stringify({ challenge, solution })), ripe } : none;
  } catch {
    return none; // the service does not answer: what becomes of the text is seen at its sending
  }
}

/** Return the solution of a challenge, null if it takes too long or cannot be found. */
function solve(parameters) {
  const worker = new Worker(new URL("proof_worker.js", import.meta.url));
  return new Promise((found) => {
    const late = setTimeout(() => found(null), PATIENCE);
    worker.onmessage = ({ data }) => { clearTimeout(late); found(data); };
    worker.onerror = () => { clearTimeout(late); found(null); };
    worker.postMessage(parameters);
  }).finally(() => worker.terminate());
}
