// What still waits on this device: said on every other page and before signing out. What came too
// late for a signed page is shown in words until it was read.
"use strict";

const changesWaiting = (number) => `${number} ${number === 1 ? "change" : "changes"} waiting`;

// Each of `lost` is a change with its words; they stay on the device until the reader is done.
function sayLost(outbox, lost) {
  const box = document.getElementById("lost-changes");
  const list = box.querySelector("ul");
  for (const { id, words } of lost) {
    const item = list.appendChild(document.createElement("li"));
    item.textContent = words;
    item.dataset.id = id;
  }
  box.hidden = list.children.length === 0;
  box.querySelector("button").onclick = () => {
    outbox.forget(...[...list.children].map((item) => item.dataset.id));
    list.replaceChildren();
    box.hidden = true;
  };
}

async function sayLostOfSigned() {
  const outbox = outboxOfPage();
  const lost = await outbox.all();
  sayLost(outbox, lost.map(({ id, value }) => ({ id, words: value.words })));
}

function sayWaiting(topic, number) {
  const line = document.createElement("p");
  line.className = "ims-say ims-waiting";
  line.setAttribute("role", "status");
  line.textContent = `${changesWaiting(number)} on this device, not saved yet. `;
  const link = line.appendChild(document.createElement("a"));
  link.href = topic;
  link.textContent = "Open the page to save";
  document.getElementById("main").prepend(line);
}

// Signing out on purpose ends it: what waits is deleted, after a warning.
function askBeforeSigningOut(form, owner) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const waiting = await Outbox.waiting(owner).catch(() => new Map());
    const number = [...waiting.values()].reduce((sum, one) => sum + one, 0);
    const question = `${changesWaiting(number)} on this device, not saved yet. Sign out and delete them?`;
    if (number > 0 && !confirm(question)) return;
    await Outbox.purge(owner).catch(() => {});
    form.submit();
  });
}

(async () => {
  const { user } = document.body.dataset;
  if (!user || !Outbox.isPossible) return;
  for (const form of document.querySelectorAll("[data-sign-out]")) askBeforeSigningOut(form, user);
  if (document.querySelector("#lost-changes[data-signed]")) sayLostOfSigned();
  for (const [topic, number] of await Outbox.waiting(user)) {
    if (topic !== location.pathname) sayWaiting(topic, number);
  }
})();

Object.assign(globalThis, { changesWaiting, sayLost });
