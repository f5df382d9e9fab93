// The rows of a session by keyboard, and the body chart as a source of muscles.
"use strict";

(() => {
  // Each key taps a button of the row that has the focus.
  const TAPS = {
    n: "[name=twitch][value=none]",
    w: "[name=twitch][value=weak]",
    s: "[name=twitch][value=strong]",
    "+": "[name=step][value='1']",
    "-": "[name=step][value='-1']",
    r: "[data-key=right]",
    l: "[data-key=left]",
    b: "[data-key=both]",
  };
  const MOVES = { j: 1, k: -1 };
  let current = "";

  const rows = () => [...document.querySelectorAll(".session-rows > .session-row")];

  function move(by) {
    const all = rows();
    const at = all.findIndex((row) => row.id === current);
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "center" });
  }

  document.addEventListener("focusin", (event) => {
    current = event.target.closest(".session-row")?.id ?? current;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (MOVES[key]) {
      move(MOVES[key]);
      return;
    }
    const isHere = document.activeElement.closest(".session-row");
    const button = TAPS[key] && isHere?.querySelector(TAPS[key]);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // A row that was put in place of the focused one takes the focus over.
  document.addEventListener("htmx:after:swap", () => {
    if (document.activeElement === document.body && current) {
      document.getElementById(current)?.focus({ preventScroll: true });
    }
  });

  document.addEventListener("click", (event) => {
    const shape = event.target.closest("#chart [data-muscle]");
    if (!shape) return;
    const form = document.getElementById("chart-pick");
    form.elements.pick.value = `${shape.dataset.muscle}:${shape.dataset.side}:`;
    form.requestSubmit();
  });

  // The chart shows at once what came into the session, or left it.
  document.addEventListener("htmx:after:swap", () => {
    const held = new Set(rows().map((row) => row.dataset.place));
    for (const shape of document.querySelectorAll("#chart [data-muscle]")) {
      const isIn = held.has(`${shape.dataset.muscle}:${shape.dataset.side}`);
      shape.classList.toggle("g4", isIn);
      shape.classList.toggle("gx", !isIn);
    }
  });
})();
