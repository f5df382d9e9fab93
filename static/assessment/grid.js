// The form of an assessment: every press is saved by itself, and the ladder follows.
"use strict";

(() => {
  const UNDO_SECONDS = 10;
  const form = document.getElementById("findings");
  const page = document.querySelector("[data-pane]");
  const trouble = document.getElementById("save-trouble");
  const opened = new Map();
  let leaveFor = "";
  const cells = new GridCells(form);
  const undoList = new UndoList();
  const pill = new SavePill(document.getElementById("save-state"));
  const conflicts = new Conflicts(document.getElementById("conflicts"), cells, {
    choose: (cell, state, held) => change([[cell, state]], { before: held }),
    count: (number) => { pill.open = number; pill.show("", queue.count); },
  });

  const queue = new SaveQueue({
    outbox: outboxOfPage(),
    lost: (some) => sayLost(queue.outbox, some),
    send: (batch, filled) => sendChanges(form, batch, filled),
    show: (state, number) => pill.show(state, number),
    conflict: (one) => { leaveFor = ""; conflicts.add(one); },
    saved,
    refused,
  });

  /* saving */
  function saved(html, left) {
    const answer = new DOMParser().parseFromString(html, "text/html");
    const note = answer.getElementById("saved");
    if (!note) return;
    pill.saved(note.dataset.at, left);
    if (left === 0 && leaveFor) queue.outbox.settled().then(() => { location.href = leaveFor; });
    for (const id of ["alerts", "ladder"]) replace(document.getElementById(id), answer.getElementById(id));
    bodyChart.colour(JSON.parse(note.dataset.grades));
  }

  // A reason that the reader opened stays open.
  function replace(old, fresh) {
    if (old.innerHTML === fresh.innerHTML) return;
    for (const rung of fresh.querySelectorAll("[data-root]")) {
      if (opened.has(rung.dataset.root)) rung.open = opened.get(rung.dataset.root);
    }
    old.replaceChildren(...fresh.childNodes);
  }

  function refused(sentence, places) {
    leaveFor = "";
    trouble.textContent = sentence;
    trouble.hidden = false;
    for (const [place, held] of places) cells.draw(cells.at(place), held);
  }

  // Every change of a hand passes here: drawn at once, queued, and kept for undo as one step.
  function change(wanted, { before, words = "", isFill = false, isUndo = false } = {}) {
    if (queue.isClosed || wanted.length === 0) return undefined;
    trouble.hidden = true;
    const changes = wanted.map(([cell, after]) => {
      const was = before ?? cells.held(cell);
      cells.draw(cell, after);
      conflicts.settle(cell);
      const now = cells.state(cell);
      const said = `${cell.dataset.words}: ${cells.words(cell, now)}`;
      queue.put(cell.dataset.cell, { before: was, after: now, words: said, isFill }, words);
      return { cell, before: was, after: now };
    });
    queue.flush();
    return isUndo ? undefined : undoList.add({ words, changes });
  }

  function drawRestored(place, state) {
    const cell = cells.at(place);
    if (cell) cells.draw(cell, state);
    return Boolean(cell);
  }

  function choose(cell, value) {
    change([[cell, value + (value && cells.isLimitedByPain(cell) ? " pain" : "")]]);
  }

  /* filling many cells, with undo */
  function fill(some, wanted, words) {
    const open = some.filter((cell) => cells.value(cell) === "" && wanted(cell));
    if (open.length === 0) return toast(`Nothing to fill: ${words}.`);
    const step = change(open.map((cell) => [cell, wanted(cell)]), { words, isFill: true });
    toast(`${open.length} filled: ${words}.`, () => undo(step));
  }

  function fillGroup(section) {
    const button = section.querySelector("button[name=fill]");
    if (!button) return;
    const asked = [...section.querySelectorAll("[data-cell]")].filter((c) => !c.closest(".as-extra"));
    fill(asked, (cell) => cell.dataset.normal, `${button.dataset.words} as normal`);
  }

  // What was graded since the step is a newer finding and stays.
  function undo(step) {
    const taken = undoList.take(step);
    if (!taken) return;
    const still = taken.changes.filter((one) => cells.state(one.cell) === one.after);
    const words = taken.words && `undone: ${taken.words}`;
    change(still.map((one) => [one.cell, one.before]), { words, isUndo: true });
    if (!step && still.length > 0) show(still[0].cell);
  }

  // Opens where a cell stands and puts the hand there.
  function show(cell) {
    openPane("grades");
    openTab(cell.closest("[data-panel]").dataset.panel);
    if (cell.closest(".as-extra")) more(cell.closest(".as-row"), true);
    cell.scrollIntoView({ block: "nearest" });
    (cells.pressed(cell) ?? cell.querySelector("button, input")).focus({ preventScroll: true });
  }

  function more(row, isOpen) {
    const button = row.querySelector(".as-open");
    if (!button) return;
    button.ariaExpanded = String(isOpen ?? button.ariaExpanded !== "true");
    row.querySelector(".as-extra").classList.toggle("is-open", button.ariaExpanded === "true");
  }

  // Opens the note of the same muscle and side.
  function note(cell) {
    const [, site, side] = cell.dataset.cell.split("|");
    const field = cells.at(`note|${site}|${side}`);
    if (!field) return;
    more(field.closest(".as-row"), true);
    field.focus();
  }

  function toast(words, undo) {
    document.querySelector("[data-fill-toast]")?.remove();
    const place = document.createElement("div");
    place.className = "ims-toast-at";
    place.dataset.fillToast = "";
    place.setAttribute("role", "status");
    const box = place.appendChild(document.createElement("div"));
    box.className = "ims-toast";
    box.appendChild(document.createElement("span")).textContent = words;
    if (undo) {
      const button = box.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = "Undo";
      button.addEventListener("click", () => { undo(); place.remove(); });
    }
    document.body.append(place);
    setTimeout(() => place.remove(), UNDO_SECONDS * 1000);
  }

  function copyLast(button) {
    fill(cells.all, (cell) => cell.dataset.last, button.textContent.trim());
  }

  /* tabs and panes */
  function current(links, link) {
    for (const one of links) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  }

  function openTab(id) {
    for (const panel of form.querySelectorAll("[data-panel]")) {
      panel.classList.toggle("is-open", panel.dataset.panel === id);
    }
    const tab = form.querySelector(`[data-tab="${id}"]`);
    current(form.querySelectorAll("[data-tab]"), tab);
    tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function openPane(id) {
    page.dataset.pane = id;
    current(page.querySelectorAll("[data-show]"), page.querySelector(`[data-show="${id}"]`));
  }

  function filterRows(chosen) {
    form.dataset.filter = chosen.dataset.filterBy;
    for (const one of form.querySelectorAll("[data-filter-by]")) one.ariaPressed = String(one === chosen);
  }

  function select(row) {
    for (const one of form.querySelectorAll(".sel")) one.classList.remove("sel");
    row?.classList.add("sel");
    bodyChart.mark(row?.dataset.site);
  }

  /* what the hands do */
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (!button || button.name === "numbers") return;
    if (button.name === "copy") copyLast(button);
    else if (button.name === "fill") fillGroup(button.closest("[data-section]"));
    else if (button.dataset.pain) {
      const cell = cells.at(button.dataset.pain);
      change([[cell, cells.value(cell) + (button.ariaPressed === "true" ? "" : " pain")]]);
    } else {
      const cell = button.closest("[data-cell]");
      choose(cell, button.ariaPressed === "true" ? "" : button.value.split("|")[3]);
    }
  });

  form.addEventListener("change", (event) => {
    const input = event.target.closest("input[type=number]");
    if (input && input.reportValidity()) choose(input.closest("[data-cell]"), input.value);
  });

  form.addEventListener("focusin", (event) => select(event.target.closest(".as-row")));

  document.addEventListener("toggle", (event) => {
    const root = event.target.dataset?.root;
    if (root && event.target.isConnected) opened.set(root, event.target.open);
  }, true);

  document.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-tab]");
    const pane = event.target.closest("[data-show]");
    const shape = event.target.closest("#chart .is-close") && chartTargets.at(event.clientX, event.clientY);
    const opener = event.target.closest(".as-open");
    const filter = event.target.closest("[data-filter-by]");
    if (opener) more(opener.closest(".as-row"));
    else if (filter) filterRows(filter);
    else if (tab) openTab(tab.dataset.tab);
    else if (pane) openPane(pane.dataset.show);
    else if (shape) return showShape(shape.dataset);
    if (tab || pane) event.preventDefault();
    leave(event);
  });

  // Nobody reads or signs an examination of which a part is still under way.
  function leave(event) {
    const link = event.target.closest("[data-after-saving]");
    if (!link || queue.count === 0 || queue.isClosed) return;
    event.preventDefault();
    leaveFor = link.href;
    queue.flush();
  }

  function showShape({ muscle, level, side }) {
    const cell = cells.at(muscle ? `muscle_tone|${muscle}|${side}` : `light_touch|${level}|${side}`);
    if (!cell) return toast("This is not in this region's form.");
    show(cell);
    cell.scrollIntoView({ block: "center" });
  }

  addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!isUndo || event.target.matches("input, textarea")) return;
    event.preventDefault();
    undo();
  });

  // Back from another tab, perhaps signed in again: what waits goes at once.
  for (const name of ["online", "focus"]) addEventListener(name, () => queue.flush());
  addEventListener("beforeunload", (event) => {
    const isOpen = (queue.count > 0 || pill.open > 0) && !queue.isClosed;
    if (isOpen && !queue.outbox.isHolding) event.preventDefault();
  });

  // The tabs stay in view below the patient's banner, however many lines it has.
  const banner = document.querySelector(".ims-banner");
  const keepBelow = () => {
    document.documentElement.style.setProperty("--as-top", `${banner.offsetHeight}px`);
  };
  keepBelow();
  new ResizeObserver(keepBelow).observe(banner);

  gridKeys(form, {
    choose,
    copy: (cell, from) => change([[cell, cells.state(from)]]),
    fillGroup: (cell) => fillGroup(cell.closest("[data-section]")),
    more: (cell) => more(cell.closest(".as-row")),
    note,
  });
  // The field of a note has an undo of its own.
  gridNotes(form, (field, state) => change([[field, state]], { isUndo: true }));
  for (const cell of cells.all) cell.classList.toggle("is-full", cells.value(cell) === cell.dataset.normal);
  for (const row of form.querySelectorAll(".as-row")) cells.markRow(row);
  queue.restore(drawRestored);

  // An address may name a tab of the form, a pane or what stands in one.
  function openAddress() {
    const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const pane = place && [...page.querySelectorAll("[data-show]")].find(({ dataset }) =>
      document.getElementById(dataset.show).contains(place));
    if (!pane) return;
    openPane(pane.dataset.show);
    if (place.dataset.panel) openTab(place.dataset.panel);
    place.scrollIntoView();
  }
  addEventListener("hashchange", openAddress);
  openAddress();
})();
