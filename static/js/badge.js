// The number of the inbox in the bar, asked anew while the page is seen. It counts as no activity.
"use strict";

const COUNT_EVERY_SECONDS = 45;

async function countAnew(badge) {
  if (document.hidden) return;
  try {
    const answer = await fetch(badge.dataset.countedAt, { redirect: "manual" });
    const words = answer.ok ? (await answer.text()).trim() : "";
    if (!/^\d{1,6}$/.test(words)) return; // signed out, or a server that starts: the old number stays
    badge.firstChild.textContent = words;
    badge.hidden = words === "0";
  } catch {
    // Offline: the next time tells.
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const badge of document.querySelectorAll("[data-counted-at]")) {
    setInterval(() => countAnew(badge), COUNT_EVERY_SECONDS * 1000);
    document.addEventListener("visibilitychange", () => countAnew(badge));
  }
});
