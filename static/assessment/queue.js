// One queue for all changes: in order, one request at a time, again after 1, 2, 4, 8 s.
"use strict";

const RETRY_SECONDS = [1, 2, 4, 8, 15];

class SaveQueue {
  // `send(cells)` answers a Response; `show(state, count)` tells the reader.
  constructor({ send, show, saved, refused }) {
    Object.assign(this, { send, show, saved, refused });
    this.waiting = new Map();
    this.filled = "";
    this.tries = 0;
    this.isSending = false;
    this.isClosed = false;
    this.most = Infinity;
  }

  // A later value of the same place replaces the one that still waits.
  put(place, value, filled = "") {
    if (this.isClosed) return;
    this.waiting.delete(place);
    this.waiting.set(place, value);
    this.filled = filled || this.filled;
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
    try {
      const cells = batch.map(([place, value]) => `${place}|${value}`);
      const response = await this.send(cells, filled);
      return { status: response.redirected ? 401 : response.status, text: await response.text() };
    } catch {
      return { status: 0, text: "" };
    }
  }

  settle({ status, text }, batch) {
    if (status === 200) {
      this.tries = 0;
      this.forget(batch);
      this.saved(text, this.count);
      this.flush();
    } else if (status === 409 || status === 404) {
      this.isClosed = true;
      this.show("conflict", this.count);
      this.refused(status === 409 ? text : "This assessment is not there any more.", []);
    } else if (status === 400 && batch.length > 1) {
      this.most = 1; // find the one that is wrong
      this.flush();
    } else if (status === 400) {
      this.forget(batch);
      this.refused(text, batch);
      this.flush();
    } else {
      this.again(status);
    }
  }

  // What was changed again meanwhile stays in the queue.
  forget(batch) {
    for (const [place, value] of batch) {
      if (this.waiting.get(place) === value) this.waiting.delete(place);
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
addEventListener("online", () => globalThis.dispatchEvent(new Event("save-now")));
