// Keys of the review: 1, 2 and 3 choose inside the reason that has the focus, Ctrl+Enter saves.
(() => {
  const form = document.querySelector("[data-review]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const buttons = form.querySelectorAll(".review-decision .btn-primary, .btn-primary");
      form.requestSubmit(buttons[0]);
      return;
    }
    const place = event.target.closest("[data-decide]");
    const isTyping = event.target.matches("input[type=text], input[type=date], textarea");
    if (!place || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    const choice = place.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    choice.focus();
  });
})();
