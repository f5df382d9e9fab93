// One queue for all changes: in order, one request at a time, again after 1, 2, 4, 8 s.
// Each change says from which state it started, so that nobody overwrites anybody unseen.
"use strict";

const RETRY_SECONDS = [1, 2, 4, 8, 15];

class SaveQueue {
  // `send(changes, filled)` answers a Response; `show(state, count)` tells the reader; `outbox`
  // keeps on the device what the server has not answered.
  constructor({ outbox, send, show, saved, refused, conflict, lost }) {
    Object.assign(this, { outbox, send, show, saved, refused, conflict, lost });
    this.waiting = new Map();
    this.known = new Map(); // the states in which the server may hold a place
    this.ids = new Map(); // the record of a place in the outbox
    this.filled = "";
    this.tries = 0;
    this.isSending = false;
    this.isClosed = false;
    this.most = Infinity;
  }

  // A later state of the same place replaces the one that still waits.
  put(place, { before, after, words, isFill = false }, filled = "") {
    if (this.isClosed) return;
    if (!this.known.has(place)) this.known.set(place, [before]);
    this.wait(place, { state: after, isFill, words });
    this.filled = filled || this.filled;
    if (!this.ids.has(place)) this.ids.set(place, Outbox.newId());
    const kept = { place, state: after, isFill, words, filled, known: [...this.known.get(place)] };
    this.outbox.put(this.ids.get(place), kept);
  }

  wait(place, change) {
    this.waiting.delete(place);
    this.waiting.set(place, change);
  }

  // What waited when the page was left goes on waiting. `draw(place, state)` is false where the
  // page has no such place any more.
  async restore(draw) {
    for (const { id, value } of await this.outbox.all()) {
      const { place, known, filled, ...change } = value;
      if (this.ids.has(place)) this.outbox.forget(id); // changed again since
      else if (!draw(place, change.state)) this.lost([{ id, words: change.words }]);
      else {
        this.ids.set(place, id);
        this.known.set(place, known);
        this.wait(place, change);
        this.filled ||= filled;
      }
    }
    if (this.count > 0) this.show("restored", this.count);
    this.flush();
  }

  get count() {
    return this.waiting.size;
  }

  async flush() {
    if (this.isSending || this.isClosed || this.count === 0) return;
    clearTimeout(this.timer);
    this.isSending = true;
    const batch = [...this.waiting].slice(0, this.most);
    if (this.tries === 0) this.show("saving", this.count);
    // Words of a filling that comes while this one is under way belong to the next request.
    const filled = this.filled;
    this.filled = "";
    const answer = await this.attempt(batch, filled);
    this.isSending = false;
    if (answer.status !== 200) this.filled = this.filled || filled;
    this.settle(answer, batch);
  }

  async attempt(batch, filled) {
    const changes = batch.map(([place, change]) => ({ place, ...change, known: [...this.known.get(place)] }));
    // Once it is under way the server may hold it, even if the answer is lost.
    for (const [place, { state }] of batch) this.known.get(place).push(state);
    try {
      const response = await this.send(changes, filled);
      return { status: response.redirected ? 401 : response.status, text: await response.text() };
    } catch {
      return { status: 0, text: "" };
    }
  }

  settle({ status, text }, batch) {
    if (status === 200) this.keep(text, batch);
    else if (status === 412) this.differ(JSON.parse(text).conflicts);
    else if (status === 409 || status === 404) this.close(status, text);
    else if (status === 400) this.refuse(text, batch);
    else this.again(status);
  }

  keep(text, batch) {
    this.tries = 0;
    for (const [place, change] of batch) this.known.set(place, [change.state]);
    this.forget(batch);
    this.saved(text, this.count);
    this.flush();
  }

  // Somebody else changed these places. They wait for a choice, the others go on.
  differ(conflicts) {
    this.tries = 0;
    for (const { place, theirs, at } of conflicts) {
      const mine = this.waiting.get(place);
      this.waiting.delete(place);
      this.known.set(place, [theirs]);
      if (!mine) continue;
      if (mine.state === theirs || mine.isFill) this.outbox.forget(this.ids.get(place));
      if (mine.state !== theirs) this.conflict({ place, mine, theirs, at });
    }
    this.show("", this.count);
    this.flush();
  }

  close(status, text) {
    this.isClosed = true;
    this.show("closed", this.count);
    this.refused(status === 409 ? text : "This assessment is not there any more.", []);
    const left = [...this.waiting];
    this.lost(left.map(([place, { words }]) => ({ id: this.ids.get(place), words })));
  }

  refuse(text, batch) {
    if (batch.length > 1) {
      this.most = 1; // find the one that is wrong
    } else {
      const [[place]] = batch;
      const [held] = this.known.get(place);
      this.known.set(place, [held]);
      this.forget(batch);
      this.refused(text, [[place, held]]);
    }
    this.flush();
  }

  // What was changed again meanwhile stays in the queue.
  forget(batch) {
    for (const [place, change] of batch) {
      if (this.waiting.get(place) !== change) continue;
      this.waiting.delete(place);
      this.outbox.forget(this.ids.get(place));
    }
    if (this.count === 0) this.most = Infinity;
  }

  again(status) {
    const seconds = RETRY_SECONDS[Math.min(this.tries, RETRY_SECONDS.length - 1)];
    this.tries += 1;
    this.show(status === 401 || status === 403 ? "signed-out" : "offline", this.count);
    this.timer = setTimeout(() => this.flush(), seconds * 1000);
  }
}

globalThis.SaveQueue = SaveQueue;
