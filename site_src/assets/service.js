// What a resident tells the comment service.

import { ask } from "./randnotiz.js";

export class Service {
  constructor({ service, document: slug, version, asked = "" }) {
    this.address = service;
    this.asked = asked; // in which language the service's own pages are wanted
    this.receipts = `${service}/beitrag/quittung`;
    this.paragraphs = `${service}/api/documents/${slug}/versions/${version}/paragraphs`;
  }

  /** Where the author of a contribution finds what became of it; whoever has the link is taken for them. */
  receipt(code) {
    return new URL(`${this.receipts}?code=${code}${this.asked.replace("?", "&")}`, document.baseURI).href;
  }

  contribute(number, body, key, token) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key, ...bearer(token) };
    return ask(`${this.paragraphs}/${number}/contributions`, { method: "POST", headers, body: JSON.stringify(body) });
  }

  newToken() {
    return ask(`${this.address}/api/browser-tokens`, { method: "POST" });
  }

  support(id, wanted, token) {
    return ask(`${this.address}/api/contributions/${id}/support`, { method: wanted ? "PUT" : "DELETE", headers: bearer(token) });
  }
}

const bearer = (token) => (token ? { Authorization: `Bearer ${token}` } : {});
