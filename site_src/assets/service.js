// What a resident tells the comment service.

import { ask } from "./randnotiz.js";

export class Service {
  constructor({ service, document: slug, version }) {
    this.receipts = `${service}/beitrag/quittung`;
    this.paragraphs = `${service}/api/documents/${slug}/versions/${version}/paragraphs`;
  }
  contribute(number, body, key) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
    return ask(`${this.paragraphs}/${number}/contributions`, { method: "POST", headers, body: JSON.stringify(body) });
  }
}
