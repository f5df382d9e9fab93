// The form of an assessment: every press is saved by itself, and the ladder follows.
"use strict";

(() => {
  const UNDO_SECONDS = 10;
  const form = document.getElementById("findings");
  const page = document.querySelector("[data-pane]");
  const pill = document.getElementById("save-state");
  const trouble = document.getElementById("save-trouble");
  const opened = new Map();

  /* what stands in a cell */
  const cellAt = (key) => form.querySelector(`[data-cell="${CSS.escape(key)}"]`);
  const painOf = (cell) => form.querySelector(`[data-pain="${CSS.escape(cell.dataset.cell)}"]`);
  const pressed = (cell) => cell.querySelector("[aria-pressed=true]");

  function valueOf(cell) {
    const input = cell.querySelector("input");
    return input ? input.value : (pressed(cell)?.value.split("|")[3] ?? "");
  }

  function isLimitedByPain(cell) {
    return painOf(cell)?.ariaPressed === "true";
  }

  /* showing */
  function draw(cell, value) {
    const input = cell.querySelector("input");
    if (input) input.value = value;
    for (const button of cell.querySelectorAll("button")) {
      button.ariaPressed = String(value !== "" && button.value.split("|")[3] === value);
    }
    cell.classList.toggle("untested", value === "");
    cell.classList.toggle("is-full", value !== "" && value === cell.dataset.normal);
    if (value === "" || value === cell.dataset.normal) drawPain(cell, false);
    sayMissing(cell.closest(".as-line"));
    count(cell.closest("[data-panel]"));
  }

  function drawPain(cell, isOn) {
    const button = painOf(cell);
    if (button) button.ariaPressed = String(isOn);
  }

  function sayMissing(line) {
    const [right, left] = [...line.querySelectorAll("[data-cell]")].map((c) => valueOf(c) === "");
    const words = right && left ? "not tested" : right ? "right not tested" : "left not tested";
    const place = line.querySelector("[data-missing]") ?? line.closest(".as-row").querySelector("[data-missing]");
    place.textContent = right || left ? words : "";
  }

  function count(panel) {
    const tested = [...panel.querySelectorAll("[data-cell]")].filter((c) => valueOf(c) !== "");
    const tab = form.querySelector(`[data-tab="${panel.dataset.panel}"] [data-tested]`);
    tab.textContent = tested.length;
  }

  /* saving */
  function token() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  function send(cells, filled) {
    const body = new URLSearchParams(cells.map((cell) => ["cell", cell]));
    if (filled) body.append("filled", filled);
    const headers = { "HX-Request": "true", "X-CSRFToken": token() };
    return fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
  }

  const plural = (number) => `${number} ${number === 1 ? "change" : "changes"} waiting`;

  function show(state, number) {
    const words = {
      saving: "Saving…",
      offline: `Offline: ${plural(number)}`,
      "signed-out": `Signed out: ${plural(number)}. Sign in again in another tab.`,
      conflict: "Not saved",
    };
    say(state === "signed-out" ? "offline" : state, words[state]);
  }

  function say(state, words) {
    if (state) pill.dataset.state = state;
    else delete pill.dataset.state;
    pill.querySelector("[data-words]").textContent = words;
  }

  function saved(html, left) {
    const answer = new DOMParser().parseFromString(html, "text/html");
    const note = answer.getElementById("saved");
    if (!note) return;
    if (left === 0) say("", `Saved ${note.dataset.at}`);
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

  function refused(sentence, batch) {
    trouble.textContent = sentence;
    trouble.hidden = false;
    for (const [key] of batch) draw(cellAt(key), "");
  }

  const queue = new SaveQueue({ send, show, saved, refused });

  function put(cell, value, isPain = false, filled = "") {
    draw(cell, value);
    const isKept = isPain && value !== "" && value !== cell.dataset.normal;
    drawPain(cell, isKept);
    const mark = isKept ? "|pain" : filled && value !== "" ? "|fill" : "";
    queue.put(cell.dataset.cell, `${value}${mark}`, filled);
  }

  function choose(cell, value) {
    if (queue.isClosed) return;
    trouble.hidden = true;
    put(cell, value, isLimitedByPain(cell));
    queue.flush();
  }

  /* filling many cells, with undo */
  function fill(cells, wanted, words) {
    const open = cells.filter((cell) => valueOf(cell) === "" && wanted(cell));
    if (open.length === 0) return toast(`Nothing to fill: ${words}.`);
    for (const cell of open) put(cell, wanted(cell), false, words);
    queue.flush();
    toast(`${open.length} filled: ${words}.`, () => {
      // What was graded since then is a finding, not the filling, and stays.
      const still = open.filter((cell) => valueOf(cell) === wanted(cell) && !isLimitedByPain(cell));
      for (const cell of still) put(cell, "", false, `undone: ${words}`);
      queue.flush();
    });
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
    fill([...form.querySelectorAll("[data-cell]")], (c) => c.dataset.last, button.textContent.trim());
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
    current(form.querySelectorAll("[data-tab]"), form.querySelector(`[data-tab="${id}"]`));
  }

  function openPane(id) {
    page.dataset.pane = id;
    current(page.querySelectorAll("[data-show]"), page.querySelector(`[data-show="${id}"]`));
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
    else if (button.name === "fill") {
      const cells = [...button.closest("[data-section]").querySelectorAll("[data-cell]")];
      fill(cells, (cell) => cell.dataset.normal, `${button.dataset.words} as normal`);
    } else if (button.dataset.pain) {
      const cell = cellAt(button.dataset.pain);
      put(cell, valueOf(cell), button.ariaPressed !== "true");
      queue.flush();
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
    const muscle = event.target.closest("#chart [data-muscle]");
    if (tab) openTab(tab.dataset.tab);
    else if (pane) openPane(pane.dataset.show);
    else if (muscle) return showMuscle(muscle.dataset);
    if (tab || pane) event.preventDefault();
  });

  function showMuscle({ muscle, side }) {
    const cell = cellAt(`muscle_tone|${muscle}|${side}`);
    if (!cell) return toast("This muscle is not in this region's form.");
    openPane("grades");
    openTab("muscles");
    cell.scrollIntoView({ block: "center" });
    (pressed(cell) ?? cell.querySelector("button")).focus({ preventScroll: true });
  }

  addEventListener("save-now", () => queue.flush());
  addEventListener("beforeunload", (event) => {
    if (queue.count > 0 && !queue.isClosed) event.preventDefault();
  });

  // The tabs stay in view below the patient's banner, however many lines it has.
  const banner = document.querySelector(".ims-banner");
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--as-top", `${banner.offsetHeight}px`);
  }).observe(banner);

  gridKeys(form, { choose, valueOf });
  for (const cell of form.querySelectorAll("[data-cell]")) {
    cell.classList.toggle("is-full", valueOf(cell) === cell.dataset.normal);
  }
  if (location.hash.startsWith("#tab-")) {
    const id = location.hash.slice(5);
    if (form.querySelector(`[data-tab="${CSS.escape(id)}"]`)) openTab(id);
  }
})();
