// The ladder of the last time beside the one of now, rung beside rung.
"use strict";

(() => {
  const [now, last] = ["ladder", "last-ladder"].map((id) => document.getElementById(id));
  if (!last) return;
  const page = document.querySelector(".as-page");
  const button = document.querySelector("[data-beside]");

  // A root that was found only now gets its rung in both.
  function align() {
    const shown = new Set([...now.querySelectorAll("[data-rung]")].map((rung) => rung.dataset.rung));
    for (const rung of last.querySelectorAll("[data-rung]")) rung.hidden = !shown.has(rung.dataset.rung);
  }

  button.addEventListener("click", () => {
    button.ariaPressed = String(page.classList.toggle("is-beside"));
  });
  new MutationObserver(align).observe(now, { childList: true });
  align();
})();
