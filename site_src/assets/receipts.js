// The receipts of what was sent from this browser: kept here and nowhere else, so that people find
// back to their contributions. Who shares the device can make the browser forget them.

import { storage } from "./randnotiz.js";

const KEY = "receipts";

export const receipts = {
  /** All of them, newest first: [{id, code, document, version, number, at}]. */
  all() {
    const kept = storage.read(KEY);
    return Array.isArray(kept) ? kept : [];
  },
  of(id) {
    return this.all().find((one) => one.id === id);
  },
  /** Those on a paragraph. */
  at({ document: slug, version }, number) {
    return this.all().filter((one) => one.document === slug && one.version === version && one.number === number);
  },
  keep({ id, receipt: code, document: slug, version, number, received_at: at }) {
    storage.keep(KEY, [{ id, code, document: slug, version, number, at }, ...this.all().filter((one) => one.id !== id)]);
  },
  forget(id) {
    const rest = this.all().filter((one) => one.id !== id);
    if (rest.length) storage.keep(KEY, rest);
    else storage.forget(KEY);
  },
};
