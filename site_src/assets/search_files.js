// The files of an index (site_src/search_index.py): fetched when a query needs them, each once.

export class SearchFiles {
  constructor(base, name, entry) {
    Object.assign(this, entry);
    this.place = `${base}search/${entry.folder}/`;
    this.isEarlier = name === "earlier";
    this.fetched = new Map();
    this.first = []; // the number of each page's first record
    this.total = 0;
    for (const page of this.pages) {
      this.first.push(this.total);
      this.total += page.records;
    }
  }

  static async open(base, name) {
    const entry = await ask(`${base}search/${name}.json`, { cache: "no-cache" });
    entry.pages = entry.pages.map(([address, title, records, numbered, version, titled, language]) => ({ address: base + address, title, records, numbered, version, titled, language }));
    return new SearchFiles(base, name, entry);
  }

  file(name) {
    if (!this.fetched.has(name)) {
      const asked = ask(`${this.place}${name}.json`);
      asked.catch(() => this.fetched.delete(name)); // the next query asks again
      this.fetched.set(name, asked);
    }
    return this.fetched.get(name);
  }

  /** The number of the shard that holds a term, if any does. */
  shardOf(term) {
    let [low, high] = [0, this.shards.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.shards[middle] <= term) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Where a term stands: [in texts, in compounds, in headings], or nothing. */
  async placesOf(term) {
    const shard = await this.file(`terms-${this.shardOf(term)}`);
    return Object.hasOwn(shard, term) ? shard[term] : undefined;
  }

  async vocabulary() {
    return (await this.file("vocabulary")).split(" ");
  }

  /** What is shown of a record, by its number in the whole index. */
  async record(id) {
    const page = this.first.findLastIndex((first) => first <= id);
    const local = id - this.first[page];
    const block = await this.file(`texts-${page}-${Math.floor(local / this.block)}`);
    const [anchor, headings, text] = block[local % this.block];
    return { page: this.pages[page], anchor, headings, text };
  }
}

async function ask(address, options) {
  const answer = await fetch(address, { credentials: "omit", ...options });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}
