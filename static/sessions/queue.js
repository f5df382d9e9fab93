// Every change of the session page in the order of the hands: one request at a time, again after
// 1, 2, 4, 8 s, each with a key of its own, so that the server does it once however often it comes.
"use strict";

const RETRY_SECONDS = [1, 2, 4, 8];

const isSameControl = (one, other) => one.action === other.action && one.name === other.name;

class ChangeQueue {
  // `send(change)` answers a Response; the others tell the reader.
  constructor({ outbox, send, show, saved, refused, differs, lost }) {
    Object.assign(this, { outbox, send, show, saved, refused, differs, lost });
    this.waiting = [];
    this.tries = 0;
    this.isSending = false;
    this.isClosed = false;
  }

  get count() {
    return this.waiting.length;
  }

  last(control) {
    return this.waiting.findLast((one) => isSameControl(one, control));
  }

  // A change is {action, name, value, known, words}; without `known` it adds something.
  put(change) {
    const last = this.waiting.at(-1);
    const isTypedOn = change.known !== undefined && last && !last.isTried && isSameControl(last, change);
    if (isTypedOn) this.waiting.pop();
    const kept = isTypedOn ? { ...change, id: last.id, known: last.known } : { ...change, id: Outbox.newId() };
    this.waiting.push(kept);
    this.keep(kept);
    this.flush();
    return kept;
  }

  keep({ id, isTried, ...value }) {
    return this.outbox.put(id, value);
  }

  // What waited when the page was left goes first; it may have arrived already.
  async restore() {
    const kept = await this.outbox.all();
    this.waiting.unshift(...kept.map(({ id, value }) => ({ ...value, id, isTried: true })));
    if (kept.length > 0) this.show("restored", this.count);
    this.flush();
  }

  async flush() {
    if (this.isSending || this.isClosed || this.count === 0) return;
    clearTimeout(this.timer);
    this.isSending = true;
    const [change] = this.waiting;
    change.isTried = true;
    if (this.tries === 0) this.show("saving", this.count);
    const answer = await this.attempt(change);
    this.isSending = false;
    await this.settle(answer, change);
  }

  async attempt(change) {
    try {
      const response = await this.send(change);
      return { status: response.redirected ? 401 : response.status, text: await response.text(), headers: response.headers };
    } catch {
      return { status: 0, text: "" };
    }
  }

  async settle({ status, text, headers }, change) {
    if (status === 0 || status >= 500 || [401, 403, 408, 429].includes(status)) return this.again(status, headers);
    this.tries = 0;
    if (status === 409) return this.close(text);
    this.waiting.shift();
    if (status === 412) this.differ(change, JSON.parse(text).held[change.name]);
    else if (status === 404) this.lost([change]);
    else {
      this.outbox.forget(change.id);
      await (status < 400 ? this.saved : this.refused)(text, change, headers);
    }
    this.show("", this.count);
    return this.flush();
  }

  // Somebody else changed this too. What was said later on this page is the value to choose.
  differ(change, theirs) {
    const later = this.last(change);
    if (!later) return this.differs(change, theirs);
    later.known = change.known;
    this.keep(later);
    return this.outbox.forget(change.id);
  }

  close(text) {
    this.isClosed = true;
    this.show("closed", this.count);
    this.lost(this.waiting, text);
  }

  again(status, headers) {
    const seconds = RETRY_SECONDS[Math.min(this.tries, RETRY_SECONDS.length - 1)];
    this.tries += 1;
    const isOut = status === 401 || status === 403;
    this.show(isOut ? "signed-out" : "offline", this.count, headers?.get("HX-Redirect"));
    this.timer = setTimeout(() => this.flush(), seconds * 1000);
  }
}

globalThis.ChangeQueue = ChangeQueue;
