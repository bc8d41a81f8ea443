// What was typed and not sent yet stays in this browser.

import { storage } from "./randnotiz.js";

/** 128 random bits; crypto.randomUUID would need https, which a test installation may lack. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Draft {
  constructor(key) {
    this.key = key;
  }

  read() {
    return storage.read(this.key) ?? {};
  }

  /** Keep what is typed; a changed text is another request, so it loses its key. */
  keep(values) {
    const { key, sent } = this.read();
    if (!values.text && !values.name && values.wording == null) this.forget();
    else storage.keep(this.key, sent === JSON.stringify(values) ? { ...values, key, sent } : values);
  }

  /** The key under which this very text is sent, however often: it appears once. */
  keyFor(values) {
    const sent = JSON.stringify(values);
    const kept = this.read();
    const key = kept.sent === sent && kept.key ? kept.key : newKey();
    storage.keep(this.key, { ...values, key, sent });
    return key;
  }

  forget() {
    storage.forget(this.key);
  }
}
