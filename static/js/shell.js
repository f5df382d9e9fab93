// Of every staff page: "/" goes to the search, messages can be closed and leave by themselves.
"use strict";

const TOAST_SECONDS = 10;

function isTyping(target) {
  return target.closest("input, select, textarea, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const search = document.querySelector("[data-search]");
  if (event.key === "/" && isPlain && search && !isTyping(event.target)) {
    event.preventDefault();
    search.focus();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (button) button.closest("[data-toast]").remove();
});

// A message that holds an error or an act (Undo) waits for the reader.
function leaveByThemselves(toasts) {
  for (const toast of toasts) {
    if (toast.dataset.level === "error" || toast.dataset.level === "warning") continue;
    setTimeout(() => toast.remove(), TOAST_SECONDS * 1000);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  leaveByThemselves(document.querySelectorAll("[data-toast]"));
  const summary = document.querySelector(".ims-errors[role=alert]");
  if (summary) summary.focus();
});

// Of every request by script: the token of now, and whose page this is, so that nothing of it is
// ever saved in the name of a colleague who signed in meanwhile.
function serverHeaders() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  const token = cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
  return {
    "HX-Request": "true",
    "HX-Current-URL": location.href,
    "X-CSRFToken": token,
    "X-Acting-User": document.body.dataset.user,
  };
}
