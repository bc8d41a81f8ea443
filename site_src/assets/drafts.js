// What was typed and not sent yet stays in this browser.

import { storage } from "./randnotiz.js";

export class Draft {
  constructor(key) {
    this.key = key;
  }
  read() {
    return storage.read(this.key) ?? {};
  }
  keep(values) {
    if (values.text || values.name) storage.keep(this.key, values);
    else this.forget();
  }
  forget() {
    storage.forget(this.key);
  }
}
