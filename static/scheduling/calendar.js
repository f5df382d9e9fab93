// The day calendar: stays fresh, books at the quarter hour that was clicked, T and N, Ctrl+Z.
const REFRESH_SECONDS = 15;
const QUARTER = 15;
const ROW = 5;
const SCROLL_KEY = "calendar-scroll";

const day = () => document.querySelector("[data-refresh]");

function isTyping(target) {
  return target.closest("input, select, textarea, [contenteditable]") !== null;
}

// Nothing is replaced under the hands of somebody who fills in a form or has something open.
function isInUse() {
  const focused = document.activeElement;
  const isInForm = focused !== null && focused.closest("main") !== null && isTyping(focused);
  return isInForm || document.querySelector("dialog[open], details[open], .ghost") !== null;
}

function refresh() {
  const part = day();
  if (part && !document.hidden && !isInUse()) part.dispatchEvent(new CustomEvent("refresh"));
}

setInterval(refresh, REFRESH_SECONDS * 1000);
document.addEventListener("visibilitychange", refresh);

// Times are the clinic's wall clock as the server wrote it; only minutes are counted here.
function quarterAt(link, y) {
  const box = link.parentElement.getBoundingClientRect();
  const rows = Number(link.parentElement.className.match(/len-(\d+)/)[1]);
  const [hour, minute] = link.dataset.gap.split("T")[1].split(":").map(Number);
  const start = hour * 60 + minute;
  const pointed = start + Math.floor((y - box.top) / (box.height / rows)) * ROW;
  const last = start + rows * ROW - QUARTER;
  const at = Math.max(start, Math.min(last, Math.floor(pointed / QUARTER) * QUARTER));
  const words = [Math.floor(at / 60), at % 60].map((n) => String(n).padStart(2, "0")).join(":");
  const scale = box.height / rows / ROW;
  return { words, top: (at - start) * scale, height: QUARTER * scale };
}

const isList = () => window.matchMedia("(max-width: 600px)").matches;

function dropGhosts() {
  for (const ghost of document.querySelectorAll(".ghost")) ghost.remove();
}

document.addEventListener("pointermove", (event) => {
  const link = event.target.closest?.("[data-gap]");
  const old = document.querySelector(".ghost");
  if (!link || isList() || event.pointerType === "touch") return dropGhosts();
  if (old && old.parentElement !== link) dropGhosts();
  const place = quarterAt(link, event.clientY);
  const ghost = link.querySelector(".ghost") || link.appendChild(document.createElement("span"));
  ghost.className = "ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.textContent = place.words;
  ghost.style.top = `${place.top}px`;
  ghost.style.height = `${place.height}px`;
});
document.documentElement.addEventListener("pointerleave", dropGhosts);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-gap]");
  if (!link || isList() || event.detail === 0) return; // a key means the start of the gap
  const address = new URL(link.href);
  const on = link.dataset.gap.split("T")[0];
  address.searchParams.set("at", `${on}T${quarterAt(link, event.clientY).words}`);
  link.href = address;
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || isTyping(event.target)) return;
  const isZ = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
  if (isZ && !event.shiftKey) return document.querySelector("[data-undo]")?.click();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});

// A status button reloads the page; the eye stays where it was.
document.addEventListener("submit", (event) => {
  if (event.target.id === "set-status") sessionStorage.setItem(SCROLL_KEY, String(window.scrollY));
});
const kept = sessionStorage.getItem(SCROLL_KEY);
sessionStorage.removeItem(SCROLL_KEY);
if (kept !== null && day()) window.scrollTo(0, Number(kept));
