// The session page: every tap is drawn, queued and saved by itself; leaving waits until all is.
"use strict";

(() => {
  const PATIENCE = 20_000;
  const page = document.querySelector("[data-session]");
  const box = document.getElementById("conflicts");
  const controls = new Controls(page);
  const typed = new Set(); // forms with words that are not in the queue yet
  const presses = new Map(); // by change: how a button that was drawn as pressed is let go
  let leave = null; // what the hand wanted: done once everything is saved
  let isLeaving = false;

  const queue = new ChangeQueue({ outbox: outboxOfPage(), send, show, saved, refused, differs, lost });

  /* the line that says it */
  const stateLine = () => document.getElementById("session-state");
  const conflictsOpen = () => box.querySelectorAll("li").length;
  let answered = stateLine().cloneNode(true); // how the server said it last

  function say(state, words, link) {
    const place = stateLine();
    place.dataset.state = state;
    place.textContent = words;
    if (!link) return;
    const again = place.appendChild(document.createElement("a"));
    Object.assign(again, { href: link, target: "_blank", rel: "noopener", textContent: "Sign in again" });
  }

  function sayAnswered() {
    stateLine().dataset.state = answered.dataset.state ?? "";
    stateLine().replaceChildren(...answered.cloneNode(true).childNodes);
  }

  // Saved is said by the server, with its time.
  function show(state, number, link) {
    const words = {
      saving: ["saving", "Saving…"],
      offline: ["offline", `Offline: ${changesWaiting(number)}`],
      restored: ["offline", changesWaiting(number)],
      "signed-out": ["offline", `Signed out: ${changesWaiting(number)}. `, link],
      closed: ["conflict", "Not saved"],
    };
    if (words[state]) say(...words[state]);
    else if (number > 0) return;
    else if (conflictsOpen() > 0) say("conflict", `Conflict: ${conflictsOpen()} to choose`);
    else sayAnswered();
    if (state === "") goOn();
    else if (state !== "saving") leave = null;
  }

  /* to the server and back */
  function send({ id, action, name, value, known, fields }) {
    const body = new URLSearchParams(fields ?? [[name, value]]);
    if (known !== undefined) body.append("known", JSON.stringify({ [name]: known }));
    const headers = { ...serverHeaders(), "Idempotency-Key": id };
    return fetch(action, { method: "POST", body, headers, signal: AbortSignal.timeout?.(PATIENCE) });
  }

  async function saved(html, change, headers) {
    if (change.known !== undefined) controls.hold(change, change.value);
    const elsewhere = headers.get("HX-Redirect");
    if (elsewhere) leave ??= () => { location.href = elsewhere; };
    await swap(html);
  }

  // What was typed stays where it stands; of two buttons the one that holds is pressed.
  async function refused(html, change) {
    leave = null;
    presses.get(change.id)?.();
    if (!change.fields && controls.choices(change).length > 0) controls.draw(change, change.known);
    say("conflict", `Not saved. ${change.words}`);
    await swap(html);
  }

  // The parts that the server sends replace those of the page; what still waits is drawn on them.
  async function swap(html) {
    controls.reset();
    await htmx.swap({ text: html, sourceElement: page, target: page, swap: "none" });
    if (stateLine().dataset.state !== "saving") answered = stateLine().cloneNode(true);
    drawWaiting();
  }

  function drawWaiting() {
    for (const one of queue.waiting) if (!one.fields) controls.draw(one, one.value);
  }

  function lost(some, sentence) {
    leave = null;
    if (sentence && queue.outbox.isHolding) location.reload(); // the signed page shows them
    else sayLost(queue.outbox, some);
  }

  /* two values */
  function differs(change, theirs) {
    leave = null;
    settle(change);
    const item = box.querySelector("ul").appendChild(document.createElement("li"));
    Object.assign(item, { change, theirs });
    item.appendChild(document.createElement("b")).textContent = controls.label(change);
    offer(item, `Keep mine: ${controls.words(change, change.value)}`, () => put({ ...change, known: theirs }));
    offer(item, `Take the other: ${controls.words(change, theirs)}`, () => {
      controls.draw(change, theirs);
      controls.hold(change, theirs);
    });
    box.hidden = false;
  }

  function offer(item, words, choose) {
    const button = item.appendChild(document.createElement("button"));
    Object.assign(button, { type: "button", className: "btn btn-quiet btn-sm", textContent: words });
    button.addEventListener("click", () => { settle(item.change); choose(); show("", queue.count); });
  }

  // Decided, by a button or by a new tap; answers what stood on the other side.
  function settle(control) {
    const item = [...box.querySelectorAll("li")].find((one) => isSameControl(one.change, control));
    if (!item) return undefined;
    queue.outbox.forget(item.change.id);
    item.remove();
    box.hidden = box.querySelector("li") === null;
    return item.theirs;
  }

  /* what the hands do */
  function put(change) {
    controls.draw(change, change.value);
    queue.put(change);
  }

  // What the server holds once all that waits has arrived; undefined where a tap adds something.
  function knownOf(control) {
    const held = controls.held(control);
    return held === undefined ? undefined : settle(control) ?? queue.last(control)?.value ?? held;
  }

  function tap(form, body, button) {
    typed.delete(form);
    const action = form.getAttribute("hx-post");
    const fields = body.filter(([name]) => name !== "csrfmiddlewaretoken");
    const isAct = button && !button.name;
    if (fields.length !== 1 || isAct) return tapWhole({ form, action, fields, button });
    for (const [name, value] of fields) {
      const control = { action, name };
      const known = knownOf(control);
      const isNothingNew = known === undefined ? button?.ariaBusy === "true" : known === value;
      if (isNothingNew && known !== undefined) controls.draw(control, value);
      if (isNothingNew) continue;
      const words = controls.words(control, value);
      put({ action, name, value, known, words: `${controls.label(control)}: ${words}` });
    }
    if (queue.count === 0) goOn();
  }

  // What belongs together is sent together: a place with its value, the numbers of a dose.
  function tapWhole({ form, action, fields, button }) {
    if (button?.ariaBusy === "true") return;
    const [name, value] = fields.findLast(([one]) => !button?.name || one === button.name) ?? ["", ""];
    const control = { action, name, form };
    const isNamed = fields.length > 0 && !(button && !button.name);
    const words = isNamed ? `${controls.label(control)}: ${controls.words(control, value)}` : plainText(button);
    const { id } = queue.put({ action, name, value, fields, words });
    presses.set(id, controls.press(button));
  }

  page.addEventListener("htmx:config:request", (event) => {
    const { request, sourceElement } = event.detail.ctx;
    if (request.method !== "POST" || !sourceElement.matches("form[hx-post]")) return;
    event.preventDefault();
    if (!queue.isClosed) tap(sourceElement, [...request.body], request.submitter);
  });

  page.addEventListener("input", (event) => {
    const form = event.target.closest("form[hx-post]");
    if (form) typed.add(form);
  });

  function isAllSaved() {
    for (const form of typed) if (!form.isConnected) typed.delete(form);
    return typed.size === 0 && queue.count === 0;
  }

  function goOn() {
    if (!leave || isLeaving || !isAllSaved()) return;
    isLeaving = true;
    queue.outbox.settled().then(leave);
  }

  function afterSaving(event, act) {
    if (isAllSaved() || isLeaving) return;
    event.preventDefault();
    leave = act;
    for (const form of typed) form.requestSubmit();
    queue.flush();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-after-saving]");
    if (link) afterSaving(event, () => { location.href = link.href; });
  });

  page.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (!target.matches("[hx-post], [hx-get]")) afterSaving(event, () => target.requestSubmit(submitter));
  });

  for (const name of ["online", "focus"]) addEventListener(name, () => queue.flush());
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && !isAllSaved() && (typed.size > 0 || !queue.outbox.isHolding)) event.preventDefault();
  });

  queue.restore().then(drawWaiting);
})();
