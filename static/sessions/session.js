// The session page: says whether everything is saved, and never leaves before it is.
"use strict";

const page = document.querySelector("[data-session]");
// Forms that hold something the server does not have yet, each with the button that was tapped.
const unsaved = new Map();
let leaveFor = null;
let isLeaving = false;

function say(state, words) {
  const place = document.getElementById("session-state");
  place.dataset.state = state;
  place.textContent = words;
}

function isAllSaved() {
  for (const form of unsaved.keys()) if (!form.isConnected) unsaved.delete(form);
  return unsaved.size === 0;
}

page.addEventListener("input", (event) => {
  const form = event.target.closest("form[hx-post]");
  if (form) unsaved.set(form, null);
});

page.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.request.method !== "POST") return;
  unsaved.set(ctx.sourceElement, ctx.sourceEvent?.submitter ?? null);
  say("saving", "Saving…");
});

page.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status < 400) unsaved.delete(ctx.sourceElement);
});

page.addEventListener("htmx:finally:request", () => {
  if (leaveFor === null || isLeaving || !isAllSaved()) return;
  isLeaving = true;
  window.location.href = leaveFor;
});

page.addEventListener("htmx:error", () => {
  leaveFor = null;
  say("offline", "Not saved: no connection. Try that again.");
});

page.addEventListener("htmx:response:error", (event) => {
  leaveFor = null;
  if (event.detail.ctx.response.status !== 422) {
    say("offline", "Not saved: the clinic’s server refused. Load the page again.");
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-after-saving]");
  if (!link || isAllSaved()) return;
  event.preventDefault();
  leaveFor = link.href;
  for (const [form, button] of unsaved) form.requestSubmit(button);
});

window.addEventListener("beforeunload", (event) => {
  if (leaveFor === null && !isAllSaved()) event.preventDefault();
});
