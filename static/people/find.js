// The list of patients found: Down goes from the box into the list, arrows move in it.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const area = step && event.target.closest("[data-find]");
  if (!area) return;
  const stops = [...area.querySelectorAll("input[type=search], .ims-found a")];
  const next = stops[stops.indexOf(event.target) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
