// Solves a challenge of ALTCHA's protocol (version 2): the first counter whose derived key begins
// as it should. A worker: the page stays as quick as it is.

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

/** Derive the key of one counter: PBKDF2 over the nonce with the counter behind it. */
async function derive({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: cost };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, 8 * keyLength)));
}

onmessage = async ({ data }) => {
  const began = performance.now();
  const given = { ...data, nonce: unhex(data.nonce), salt: unhex(data.salt) };
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await derive(given, counter);
    if (derivedKey.startsWith(data.keyPrefix)) {
      postMessage({ counter, derivedKey, time: Math.round(performance.now() - began) });
      return;
    }
  }
};
