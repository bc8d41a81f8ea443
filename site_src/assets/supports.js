// What was supported from this browser, and the token that tells the service one browser from
// another: random, given out by the service at the first use, tied to no person.

import { Refused, storage } from "./randnotiz.js";

const TOKEN = "browser-token";
const SUPPORTED = "supported";

let token = storage.read(TOKEN); // in memory, too: where storage is off, it holds for this page

export async function browserToken(service) {
  if (!token) {
    ({ token } = await service.newToken());
    storage.keep(TOKEN, token);
  }
  return token;
}

export function forgetToken() {
  token = null;
  storage.forget(TOKEN);
}

let supported = new Set(storage.read(SUPPORTED) ?? []);

export const isSupported = (id) => supported.has(id);

export function forgetSupported() {
  supported = new Set();
  storage.forget(SUPPORTED);
}

/** Support a contribution, or take that back; returns how many support it now. */
export async function support(service, id, wanted) {
  const { supports, supported: is } = await once(service, (key) => service.support(id, wanted, key));
  supported[is ? "add" : "delete"](id);
  storage.keep(SUPPORTED, [...supported]);
  return supports;
}

/** Do something with the token; one that the service does not know any more is replaced once. */
async function once(service, doing) {
  try {
    return await doing(await browserToken(service));
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== "unknown-browser") throw error;
    forgetToken();
    return doing(await browserToken(service));
  }
}
