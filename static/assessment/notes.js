// A note on one side of a muscle: saved by itself after a short pause, with the same queue as a cell.
"use strict";

const PAUSE = 500;

const isNote = (cell) => cell.dataset.note !== undefined;

// The state of a note is its text on one line, as it travels.
const noteState = (text) => encodeURIComponent(text.trim().replace(/\s+/g, " "));

function drawNote(field, state) {
  field.dataset.held = state;
  // What is being typed keeps its caret.
  if (noteState(field.value) !== state) field.value = decodeURIComponent(state);
  if (state) field.closest(".as-extra").classList.add("is-open");
}

// `save(field, state)` takes a text that is new.
globalThis.gridNotes = function gridNotes(form, save) {
  const timers = new Map();

  function keep(field) {
    clearTimeout(timers.get(field));
    timers.delete(field);
    const state = noteState(field.value);
    if (state !== (field.dataset.held ?? noteState(field.defaultValue))) save(field, state);
  }

  form.addEventListener("input", ({ target: field }) => {
    if (!isNote(field)) return;
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => keep(field), PAUSE));
  });
  form.addEventListener("focusout", ({ target: field }) => { if (isNote(field)) keep(field); });
  // What was typed in the last moment waits in the queue like anything else.
  addEventListener("beforeunload", () => { for (const field of [...timers.keys()]) keep(field); });
};

Object.assign(globalThis, { isNote, noteState, drawNote });
