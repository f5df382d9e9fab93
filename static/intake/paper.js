// Typing in a paper form: one key answers a question, and the next question gets the focus.
"use strict";

const ANSWERS = { y: "yes", n: "no", u: "not_sure", m: "maybe", t: "10" };
const paper = document.querySelector("[data-paper]");

function isShown(control) {
  return control.offsetParent !== null;
}

// The rest of a group is answered by its first tick.
function isAnsweredBy(tick, control) {
  const group = tick.closest(".intake-group");
  return tick.name.startsWith("none-") && tick.checked && group.contains(control);
}

// The first control of the next question; the options of one question share their name.
function focusAfter(control) {
  const all = [...paper.querySelectorAll("input:not([type=hidden]), textarea")].filter(isShown);
  const next = all
    .slice(all.indexOf(control) + 1)
    .find((one) => one.name !== control.name && !isAnsweredBy(control, one));
  if (!next) return;
  const group = all.filter((one) => one.name === next.name && one.form === next.form);
  (group.find((one) => one.type === "radio" && one.checked) ?? next).focus();
}

function firstLetter(option) {
  return option.labels[0].textContent.trim()[0].toLowerCase();
}

// The option of a key: by its value, or else by the first letter of its words.
function optionOf(form, name, key) {
  const value = ANSWERS[key] ?? key;
  const options = [...form.elements].filter((one) => one.name === name);
  return options.find((one) => one.value === value) ?? options.find((one) => firstLetter(one) === key);
}

function choose(radio, key) {
  const option = optionOf(radio.form, radio.name, key);
  option?.click();
  return option;
}

// One key for a tick: "n" answers no, any other answer ticks it and says how sure it is.
function answerTick(tick, key) {
  const isNone = tick.name.startsWith("none-");
  const sure = isNone || key === "n" ? undefined : optionOf(tick.form, `${tick.name}-sure`, key);
  if (key !== "n" && !sure) return undefined;
  if (tick.checked !== (key === "n" ? isNone : true)) tick.click();
  if (!sure) return tick;
  if (!sure.checked) sure.click();
  return sure;
}

function answer(control, key) {
  if (control.type === "radio") return choose(control, key);
  const isTickOfGroup = control.type === "checkbox" && control.closest(".intake-group");
  return isTickOfGroup ? answerTick(control, key) : undefined;
}

paper.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const control = event.target;
  if (control.tagName !== "INPUT" && control.tagName !== "TEXTAREA") return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    focusAfter(control);
    return;
  }
  const answered = event.key.length === 1 ? answer(control, event.key.toLowerCase()) : undefined;
  if (!answered) return;
  event.preventDefault();
  focusAfter(answered);
});
