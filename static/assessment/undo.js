// The last steps, each undone as a whole: one grade, or many cells that were filled together.
"use strict";

const MOST_STEPS = 50;

class UndoList {
  constructor() {
    this.steps = [];
  }

  // A step is {words, changes}, a change is {cell, before, after} with the states of the cell.
  add(step) {
    this.steps.push(step);
    if (this.steps.length > MOST_STEPS) this.steps.shift();
    return step;
  }

  // The newest step, or this one, which is then forgotten.
  take(step = this.steps.at(-1)) {
    const place = this.steps.indexOf(step);
    return place < 0 ? undefined : this.steps.splice(place, 1)[0];
  }
}

globalThis.UndoList = UndoList;
