// The controls of the session page: what a tap says in data and in words, drawn before the server
// answers. A control is its form's address and its name.
"use strict";

const plainText = (element) => element.textContent.replace(/\s+/g, " ").trim();

class Controls {
  constructor(page) {
    this.page = page;
  }

  all({ action, name, form }) {
    const forms = form ? [form] : this.page.querySelectorAll(`form[hx-post="${CSS.escape(action)}"]`);
    return [...forms].flatMap((form) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]);
  }

  field(control) {
    return this.all(control).find((one) => one.matches("select, textarea, input:not([type=hidden], [type=radio], [type=checkbox])"));
  }

  // The buttons of which one holds; where several may (data-many), a tap changes one of them.
  choices(control) {
    const buttons = this.all(control).filter((one) => one.matches("[role=group]:not([data-many]) button[aria-pressed]"));
    return buttons.length > 1 ? buttons : [];
  }

  // What the page knows the server to hold; undefined where a tap adds something instead.
  held(control) {
    const field = this.field(control);
    if (field?.matches("select")) return [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0].value;
    if (field) return field.defaultValue;
    const choices = this.choices(control);
    return choices.length > 0 ? (choices.find((one) => one.ariaPressed === "true")?.value ?? "") : undefined;
  }

  hold(control, value) {
    const field = this.field(control);
    if (field?.matches("select")) for (const one of field.options) one.defaultSelected = one.value === value;
    else if (field) field.defaultValue = value;
  }

  // A field that has the focus is being written in: it is newer than what is drawn.
  draw(control, value) {
    const field = this.field(control);
    if (field && field !== document.activeElement) field.value = value;
    for (const one of this.choices(control)) one.ariaPressed = String(one.value === value);
    if (field || this.choices(control).length > 0) return;
    const tapped = this.all(control).find((one) => one.value === value);
    if (tapped?.form.querySelector("output")) this.step(tapped.form, Number(value));
    else if (tapped) tapped.ariaBusy = "true";
  }

  // A button of a form that is sent as a whole; answers how it is let go.
  press(button) {
    if (!button) return () => {};
    const group = button.hasAttribute("aria-pressed") ? button.closest("[role=group]") : null;
    const held = [...(group?.querySelectorAll("button[aria-pressed]") ?? [])].map((one) => [one, one.ariaPressed]);
    for (const [one] of held) one.ariaPressed = String(one === button);
    if (!group) button.ariaBusy = "true";
    return () => {
      for (const [one, before] of held) one.ariaPressed = before;
      button.ariaBusy = null;
    };
  }

  // The number counts on from what the server said, which a redrawn row brings anew.
  step(form, by) {
    const output = form.querySelector("output");
    output.dataset.held ??= output.textContent;
    output.dataset.steps = Number(output.dataset.steps ?? 0) + by;
    output.textContent = Math.max(1, Number(output.dataset.held) + Number(output.dataset.steps));
  }

  // Back to what the server said, before all that waits is drawn anew.
  reset() {
    for (const output of this.page.querySelectorAll("output[data-held]")) {
      output.textContent = output.dataset.held;
      delete output.dataset.held;
      delete output.dataset.steps;
    }
    for (const one of this.page.querySelectorAll("button[aria-busy]")) one.ariaBusy = null;
  }

  label(control) {
    const [one] = this.all(control);
    if (!one) return control.name;
    const named = one.matches("button") ? (one.closest("[role=group]") ?? one.form) : one;
    const by = document.getElementById(named.getAttribute("aria-labelledby"));
    const title = named.ariaLabel ?? (by ?? named.labels?.[0] ?? named.querySelector?.("h3"));
    return typeof title === "string" ? title : title ? plainText(title) : "";
  }

  // A value as the page says it: the words of its button or option, else the value.
  words(control, value) {
    const [field, buttons] = [this.field(control), this.all(control)];
    const options = field?.matches("select") ? [...field.options] : field ? [] : buttons;
    const one = options.find((option) => option.value === value);
    return (one && (one.ariaLabel ?? plainText(one))) || value || "nothing";
  }
}

globalThis.Controls = Controls;
