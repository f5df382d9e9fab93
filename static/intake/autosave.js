// A page of questions: keeps what is typed while it is typed, and leaves only when that is kept.
"use strict";

const form = document.querySelector("form[data-autosave]");
const line = form.querySelector(".intake-saved");
const PAUSE = 500;
const PATIENCE = 10_000;
const RETRY_SECONDS = [1, 2, 4, 8];

// A typing is numbered by its time. `known`: the newest one the server has of this page;
// `typed`: the newest one here; `kept`: the newest one of here that the server answered.
let known = Number(form.dataset.sequence);
let typed = known;
let kept = known;
let isAsking = false;
let tries = 0;
let timer;
// The button of a Continue that waits for the server, and how far leaving has come.
let button = null;
let leaving = "no"; // no | asked | ready | gone

function say(state, words = line.dataset[state]) {
  line.dataset.state = state;
  if (line.textContent !== words) line.textContent = words;
}

function stamp() {
  typed = Math.max(Date.now(), known + 1, typed + 1);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, milliseconds);
}

async function post(sequence, keepalive) {
  const body = new URLSearchParams(new FormData(form));
  body.set("draft-sequence", sequence);
  const signal = AbortSignal.timeout?.(PATIENCE);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, keepalive, signal });
    return { status: answer.status, sequence: Number(answer.headers.get("Draft-Sequence")) };
  } catch {
    return { status: 0 };
  }
}

// Sends what is here; without anything typed since, it asks whether there is something newer.
async function ask() {
  clearTimeout(timer);
  if (isAsking || leaving === "gone") return;
  isAsking = true;
  const sent = typed;
  const isNew = sent > kept;
  const slow = setTimeout(() => isNew && tries === 0 && say("saving"), 300);
  const answer = await post(sent, false);
  clearTimeout(slow);
  isAsking = false;
  settle(answer, sent, isNew);
}

function settle({ status, sequence }, sent, isNew) {
  const isReached = status > 0 && status < 500;
  if (isReached) tries = 0;
  if (status === 204) answered(sequence, sent, isNew);
  else if (status === 409) savedElsewhere(isNew);
  else if (status === 401 || status === 403 || status === 404 || status === 410) closed(status);
  else if (isReached || status === 500) refused();
  else again();
}

function answered(sequence, sent, isNew) {
  known = Math.max(known, sequence);
  kept = Math.max(kept, sent);
  if (sequence > sent) return overtaken(isNew);
  if (typed > kept) return ask();
  if (leaving === "asked") return leave();
  if (isNew || line.dataset.state === "offline") sayWhen();
}

function sayWhen() {
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const now = new Date().toLocaleTimeString(document.documentElement.lang, time);
  say("saved", `${line.dataset.saved} ${now}`);
}

// Another tab has newer words. A tab without words of its own shows those; else the reader decides.
function overtaken(isNew) {
  if (isNew || typed > kept) return stay("elsewhere");
  leaving = "gone";
  location.replace(location.pathname + location.search);
}

// After Continue the server shows both: what was saved and what is here.
function savedElsewhere(isNew) {
  if (isNew && leaving === "asked") leave();
  else overtaken(isNew);
}

function refused() {
  if (leaving === "asked") leave();
  else say("refused");
}

function closed(status) {
  stay(status === 410 ? "sent" : "closed");
}

function again() {
  say("offline");
  later(RETRY_SECONDS[Math.min(tries, RETRY_SECONDS.length - 1)] * 1000);
  tries += 1;
}

function stay(state) {
  say(state);
  release();
}

function release() {
  leaving = "no";
  button?.removeAttribute("aria-disabled");
}

function leave() {
  leaving = "ready";
  if (form.requestSubmit) form.requestSubmit(button);
  else form.submit();
}

form.addEventListener("input", () => {
  stamp();
  if (tries === 0) later(PAUSE);
});

form.addEventListener("change", () => {
  stamp();
  if (tries === 0) ask();
});

form.addEventListener("submit", (event) => {
  if (leaving === "ready") {
    leaving = "gone";
    setTimeout(release, PATIENCE);
    return;
  }
  event.preventDefault();
  if (leaving !== "no") return;
  leaving = "asked";
  button = event.submitter;
  button?.setAttribute("aria-disabled", "true");
  if (line.dataset.state === "elsewhere") stamp();
  ask();
});

// Another language is another page: what is typed here goes first.
document.querySelector("form.ims-languages")?.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  const sent = typed;
  if (sent <= kept) return;
  event.preventDefault();
  settle(await post(sent, false), sent, true);
  if (kept >= sent) target.requestSubmit(submitter);
});

// The page may never come back: what the server has not answered yet goes once more.
function hide() {
  if (typed > kept && leaving !== "gone") {
    const sent = typed;
    post(sent, true).then((answer) => answer.status === 204 && settle(answer, sent, true));
  }
}

addEventListener("pagehide", hide);
document.addEventListener("visibilitychange", () => (document.hidden ? hide() : ask()));
addEventListener("focus", ask);
addEventListener("online", ask);
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  release();
  ask();
});

// What was typed before this file arrived counts too; what a browser put back by itself does not.
const isFresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
const isTouched = (box) => box.value !== box.defaultValue || box.checked !== box.defaultChecked;
if (isFresh && [...form.querySelectorAll("input, textarea")].some(isTouched)) {
  stamp();
  later(PAUSE);
}
