// Keys inside the form: arrows move, digits grade and step on. They act on the focused cell only.
"use strict";

// The cells of the open tab that can be seen; a filter or a closed row hides some.
function cellsOfPanel(cell) {
  const all = [...cell.closest("[data-panel]").querySelectorAll("[data-cell]:not([data-note])")];
  return all.filter((one) => one === cell || one.checkVisibility());
}

function buttonsOf(cell) {
  return [...cell.querySelectorAll("button, input")];
}

function sideOf(cell) {
  return cell.dataset.cell.split("|")[2];
}

function focusIn(cell, place) {
  if (!cell) return;
  const buttons = buttonsOf(cell);
  const pressed = buttons.findIndex((button) => button.ariaPressed === "true");
  const wanted = place ?? (pressed < 0 ? 0 : pressed);
  buttons[Math.min(wanted, buttons.length - 1)].focus();
}

// The same side, one line up or down.
function step(cell, direction, place) {
  const same = cellsOfPanel(cell).filter((one) => sideOf(one) === sideOf(cell));
  focusIn(same[same.indexOf(cell) + direction], place);
}

// One grade to the side, and from the end of a cell into the next one.
function stepAside(cell, direction) {
  const buttons = cellsOfPanel(cell).flatMap(buttonsOf);
  buttons[buttons.indexOf(document.activeElement) + direction]?.focus();
}

function otherSide(cell) {
  const [sign, site, side] = cell.dataset.cell.split("|");
  const other = side === "right" ? "left" : "right";
  return document.querySelector(`[data-cell="${CSS.escape(`${sign}|${site}|${other}`)}"]`);
}

const STRENGTH_KEYS = { "+": "4+", "-": "4-" };

// The button a key chooses: a digit by its words, or by its place where words stand.
function buttonOfKey(cell, key) {
  const buttons = buttonsOf(cell);
  const short = STRENGTH_KEYS[key] ?? key;
  if (cell.classList.contains("as-words")) return buttons[["0", "1"].indexOf(key)];
  return buttons.find((button) => button.textContent.trim() === short);
}

function onArrow(event, cell, isNumber) {
  const place = isNumber ? undefined : buttonsOf(cell).indexOf(event.target);
  if (event.key === "ArrowUp") step(cell, -1, place);
  else if (event.key === "ArrowDown") step(cell, 1, place);
  else if (isNumber) return false;
  else stepAside(cell, event.key === "ArrowLeft" ? -1 : 1);
  return true;
}

function onLetter(key, cell, act) {
  const chosen = buttonOfKey(cell, key);
  if (chosen) act.choose(cell, chosen.value.split("|")[3]);
  else if (key === "=") act.copy(cell, otherSide(cell));
  else if (key === "." && cell.dataset.last) act.choose(cell, cell.dataset.last);
  else if (["x", "X", "Delete", "Backspace"].includes(key)) return act.choose(cell, "") || true;
  else if (["n", "N"].includes(key)) return act.fillGroup(cell) || true;
  else if (key === " ") return act.more(cell) || true;
  else if (["m", "M"].includes(key)) return act.note(cell) || true;
  else return false;
  step(cell, 1);
  return true;
}

// `act` offers choose(cell, value), copy(cell, from), fillGroup(cell), more(cell) and note(cell).
globalThis.gridKeys = function gridKeys(form, act) {
  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || isNote(cell) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isNumber = event.target.matches("input");
    const isDone = event.key.startsWith("Arrow")
      ? onArrow(event, cell, isNumber)
      : !isNumber && onLetter(event.key, cell, act);
    if (isDone) event.preventDefault();
  });
};
