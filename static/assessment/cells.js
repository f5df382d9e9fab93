// What stands in the cells of the form: read, drawn, counted and compared with the time before.
"use strict";

class GridCells {
  constructor(form) {
    this.form = form;
  }

  get all() {
    return [...this.form.querySelectorAll("[data-cell]")];
  }

  at(key) {
    return this.form.querySelector(`[data-cell="${CSS.escape(key)}"]`);
  }

  painOf(cell) {
    return this.form.querySelector(`[data-pain="${CSS.escape(cell.dataset.cell)}"]`);
  }

  pressed(cell) {
    return cell.querySelector("[aria-pressed=true]");
  }

  value(cell) {
    if (isNote(cell)) return noteState(cell.value);
    const input = cell.querySelector("input");
    return input ? input.value : (this.pressed(cell)?.value.split("|")[3] ?? "");
  }

  isLimitedByPain(cell) {
    return this.painOf(cell)?.ariaPressed === "true";
  }

  // The state as the server compares it: nothing, "4", or "4 pain".
  state(cell) {
    return this.value(cell) + (this.isLimitedByPain(cell) ? " pain" : "");
  }

  // What stood there before the hand came: a typed number is in its field already.
  held(cell) {
    if (isNote(cell)) return cell.dataset.held ?? noteState(cell.defaultValue);
    const input = cell.querySelector("input");
    return input ? (input.dataset.held ?? input.defaultValue) : this.state(cell);
  }

  // A state in the words of the buttons.
  words(cell, state) {
    if (isNote(cell)) return state ? `“${decodeURIComponent(state)}”` : "no note";
    const [value, pain] = state.split(" ");
    if (!value) return "not tested";
    const button = [...cell.querySelectorAll("button")].find((b) => b.value.split("|")[3] === value);
    return (button?.textContent.trim() ?? value) + (pain ? ", limited by pain" : "");
  }

  draw(cell, state) {
    if (isNote(cell)) return drawNote(cell, state);
    const [value, pain] = state.split(" ");
    const input = cell.querySelector("input");
    if (input) input.value = input.dataset.held = value;
    for (const button of cell.querySelectorAll("button")) {
      button.ariaPressed = String(value !== "" && button.value.split("|")[3] === value);
    }
    const isNormal = value === cell.dataset.normal;
    cell.classList.toggle("untested", value === "");
    cell.classList.toggle("is-full", value !== "" && isNormal);
    const button = this.painOf(cell);
    if (button) button.ariaPressed = String(Boolean(pain) && value !== "" && !isNormal);
    this.sayAround(cell);
  }

  sayAround(cell) {
    this.sayMissing(cell.closest(".as-line"));
    this.sayChange(cell);
    this.markRow(cell.closest(".as-row"));
    this.count(cell.closest("[data-panel]"));
  }

  sayMissing(line) {
    const cells = [...line.querySelectorAll("[data-cell]")];
    const [right, left] = cells.map((cell) => this.value(cell) === "");
    const words = right && left ? "not tested" : right ? "right not tested" : "left not tested";
    const row = line.closest(".as-row");
    const place = line.querySelector("[data-missing]") ?? row.querySelector("[data-missing]");
    place.textContent = right || left ? words : this.difference(cells);
  }

  // How much less one side measures; nothing where grades are chosen.
  difference(cells) {
    if (!cells[0].dataset.unit) return "";
    const apart = Number(this.value(cells[0])) - Number(this.value(cells[1]));
    if (apart === 0) return "";
    const size = Number(Math.abs(apart).toFixed(2));
    return `${size} ${cells[0].dataset.unit} less on the ${apart < 0 ? "right" : "left"}`;
  }

  sidesDiffer(cells) {
    const [one, other] = cells.map((cell) => this.value(cell));
    if (one === "" || other === "" || Number(one) === Number(other)) return false;
    return Math.abs(Number(one) - Number(other)) >= Number(cells[0].dataset.least ?? 0);
  }

  sayChange(cell) {
    const place = cell.parentElement.querySelector("[data-change]");
    if (!place) return;
    const [now, last] = [this.value(cell), cell.dataset.last];
    const arrow = now === "" ? "" : Number(now) > Number(last) ? "↑" : Number(now) < Number(last) ? "↓" : "=";
    place.querySelector("[data-arrow]").textContent = arrow;
  }

  isChanged(cell) {
    const [now, last] = [this.value(cell), cell.dataset.last];
    return now !== "" && Boolean(last) && Number(now) !== Number(last);
  }

  isAbnormal(line) {
    const cells = [...line.querySelectorAll("[data-cell]")];
    const grades = cells.map((cell) => this.pressed(cell)).filter(Boolean);
    return this.sidesDiffer(cells) || grades.some((button) => !button.classList.contains("v0"));
  }

  markRow(row) {
    const lines = [...row.querySelectorAll(".as-line")];
    row.classList.toggle("is-abnormal", lines.some((line) => this.isAbnormal(line)));
    const cells = [...row.querySelectorAll("[data-cell]")];
    row.classList.toggle("is-changed", cells.some((cell) => this.isChanged(cell)));
  }

  // What is asked only of some muscles does not count as missing.
  count(panel) {
    const asked = this.all.filter((c) => panel.contains(c) && !c.closest(".as-extra"));
    const tab = this.form.querySelector(`[data-tab="${panel.dataset.panel}"] [data-tested]`);
    tab.textContent = asked.filter((cell) => this.value(cell) !== "").length;
  }
}

globalThis.GridCells = GridCells;
