// What the server has not answered yet, kept on this device until it has: one encrypted record a
// change. The key comes from the server to the signed-in page and stays in memory.
"use strict";

const KEPT_DAYS = 14;
const RECORDS = "changes";

class Outbox {
  static opening;

  // A random name of 128 bits, also where the browser offers no UUID.
  static newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  static get isPossible() {
    return Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.indexedDB);
  }

  // How many changes of this user wait, by the address of their page.
  static async waiting(owner) {
    const count = new Map();
    for (const one of await Outbox.records(owner)) count.set(one.topic, (count.get(one.topic) ?? 0) + 1);
    return count;
  }

  static async purge(owner) {
    const own = await Outbox.records(owner);
    await inStore("readwrite", (store) => own.forEach((one) => store.delete(one.id)));
  }

  // Without those that are too old, whoever wrote them.
  static async records(owner) {
    const all = await inStore("readonly", (store) => store.getAll());
    const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000;
    const old = all.filter((one) => one.at < oldest);
    if (old.length > 0) await inStore("readwrite", (store) => old.forEach((one) => store.delete(one.id)));
    return all.filter((one) => one.owner === owner && one.at >= oldest).sort((a, b) => a.at - b.at);
  }

  // `owner` is the number of who is signed in, `topic` the address of the page.
  constructor({ owner, keyAddress, topic }) {
    Object.assign(this, { owner, keyAddress, topic });
    this.wanted = new Map(); // what is not on the device yet: the value, or null to forget it
  }

  // True when a reload now would lose nothing.
  get isHolding() {
    return [...this.wanted.values()].every((value) => value === null);
  }

  put(id, value) {
    this.wanted.set(id, value);
    return this.settled();
  }

  forget(...ids) {
    for (const id of ids) this.wanted.set(id, null);
    return this.settled();
  }

  // Everything of this page, oldest first; what cannot be read belongs to another key. Asked when
  // the page opens, so that the key is there when the connection is not.
  async all() {
    try {
      await this.key();
      const own = await Outbox.records(this.owner);
      const here = own.filter((one) => one.topic === this.topic);
      const read = await Promise.all(here.map((one) => this.read(one)));
      return read.filter(Boolean);
    } catch {
      return [];
    }
  }

  // Resolved when all is on the device, or when it cannot be; the next change tries again.
  settled() {
    this.working ??= this.work().finally(() => { this.working = undefined; });
    return this.working;
  }

  async work() {
    while (this.wanted.size > 0) {
      const [id, value] = this.wanted.entries().next().value;
      try {
        if (value === null) await inStore("readwrite", (store) => store.delete(id));
        else await this.write(id, value);
      } catch {
        return;
      }
      if (this.wanted.get(id) === value) this.wanted.delete(id);
    }
  }

  async write(id, value) {
    const at = performance.timeOrigin + performance.now();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    const data = await crypto.subtle.encrypt(this.cipher(id, iv), await this.key(), text);
    const record = { id, owner: this.owner, topic: this.topic, at, iv, data };
    await inStore("readwrite", (store) => store.put(record));
  }

  async read({ id, iv, data }) {
    const key = await this.key();
    try {
      const text = await crypto.subtle.decrypt(this.cipher(id, iv), key, data);
      return { id, value: JSON.parse(new TextDecoder().decode(text)) };
    } catch {
      return null;
    }
  }

  // The place of a record is sealed with it: it cannot be passed off as one of another page.
  cipher(id, iv) {
    const additionalData = new TextEncoder().encode(`${this.owner} ${this.topic} ${id}`);
    return { name: "AES-GCM", iv, additionalData };
  }

  async key() {
    this.fetching ??= this.fetchKey();
    try {
      return await this.fetching;
    } catch (fault) {
      this.fetching = undefined;
      throw fault;
    }
  }

  async fetchKey() {
    if (!Outbox.isPossible) throw new Error("no safe storage");
    const answer = await fetch(this.keyAddress, { headers: serverHeaders() });
    if (!answer.ok || answer.redirected) throw new Error("no key");
    return crypto.subtle.importKey("raw", await answer.arrayBuffer(), "AES-GCM", false, ["encrypt", "decrypt"]);
  }
}

function database() {
  Outbox.opening ??= new Promise((resolve, reject) => {
    if (!Outbox.isPossible) throw new Error("no safe storage");
    const request = indexedDB.open("outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(RECORDS, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return Outbox.opening;
}

// Resolved when it is on the disk, with the result of the request.
async function inStore(mode, act) {
  const transaction = (await database()).transaction(RECORDS, mode, { durability: "strict" });
  const request = act(transaction.objectStore(RECORDS));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

// The one of this page.
function outboxOfPage() {
  const { user, outboxKey } = document.body.dataset;
  return new Outbox({ owner: user, keyAddress: outboxKey, topic: location.pathname });
}

Object.assign(globalThis, { Outbox, outboxOfPage });
