// How the form speaks with the server: the request, the pill with its words, two values to choose.
"use strict";

class SavePill {
  constructor(pill) {
    this.pill = pill;
    this.open = 0; // conflicts that nobody decided yet
    this.last = "Saved";
  }

  show(state, number) {
    const words = {
      saving: "Saving…",
      offline: `Offline: ${changesWaiting(number)}`,
      "signed-out": `Signed out: ${changesWaiting(number)}.`,
      restored: changesWaiting(number),
      closed: "Not saved",
    };
    if (words[state]) this.say(state, words[state]);
    else if (this.open > 0) this.say("conflict", `Conflict: ${this.open} to choose`);
    else if (number === 0) this.say("", this.last);
  }

  saved(at, number) {
    this.last = `Saved ${at}`;
    this.show("", number);
  }

  say(state, words) {
    const looks = { "signed-out": "offline", restored: "offline", closed: "conflict" };
    if (state) this.pill.dataset.state = looks[state] ?? state;
    else delete this.pill.dataset.state;
    this.pill.querySelector("[data-words]").textContent = words;
    this.pill.querySelector("[data-sign-in]").hidden = state !== "signed-out";
  }
}

// Both values of a place stand side by side until one of them is chosen.
class Conflicts {
  constructor(box, cells, { choose, count }) {
    Object.assign(this, { box, cells, choose, count });
    this.list = box.appendChild(document.createElement("ul"));
  }

  add({ place, mine, theirs, at }) {
    const cell = this.cells.at(place);
    // What was only filled never replaces a finding.
    if (mine.isFill) return this.cells.draw(cell, theirs);
    this.list.querySelector(`[data-place="${CSS.escape(place)}"]`)?.remove();
    const item = this.list.appendChild(document.createElement("li"));
    item.dataset.place = place;
    item.appendChild(document.createElement("b")).textContent = cell.dataset.words;
    this.offer(item, `Keep mine: ${this.cells.words(cell, mine.state)}`, cell, mine.state, theirs);
    const words = `Take the other${at ? ` of ${at}` : ""}: ${this.cells.words(cell, theirs)}`;
    this.offer(item, words, cell, theirs, theirs);
    cell.classList.add("is-conflict");
    this.say();
  }

  offer(item, words, cell, state, held) {
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.textContent = words;
    button.addEventListener("click", () => {
      this.settle(cell);
      this.choose(cell, state, held);
    });
  }

  // Decided, by a button or by grading the cell anew.
  settle(cell) {
    this.list.querySelector(`[data-place="${CSS.escape(cell.dataset.cell)}"]`)?.remove();
    cell.classList.remove("is-conflict");
    this.say();
  }

  say() {
    this.box.hidden = this.list.children.length === 0;
    this.count(this.list.children.length);
  }
}

function sendChanges(form, batch, filled) {
  const body = new URLSearchParams();
  for (const { place, state, isFill, known } of batch) {
    const [value, pain] = state.split(" ");
    const mark = pain ? "|pain" : isFill && value !== "" ? "|fill" : "";
    body.append("cell", `${place}|${value}${mark}`);
    body.append("known", known.join("|"));
  }
  if (filled) body.append("filled", filled);
  const headers = serverHeaders();
  return fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
}

Object.assign(globalThis, { SavePill, Conflicts, sendChanges });
