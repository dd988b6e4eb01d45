// Comfort on top of plain forms: suggestions, confirmations, and a page that stays up to date.
"use strict";

const { query, version } = document.body.dataset;
const modal = document.getElementById("modal");
const composer = document.getElementById("text");
const messages = document.getElementById("messages");
let filling = false;

messages.scrollTop = messages.scrollHeight;
modal?.addEventListener("input", () => { filling = true; });

async function refresh() {
  if (filling || composer.value) return;
  const answer = await fetch(`/version?${query}`).catch(() => null);
  if (answer?.ok && await answer.text() !== version && !filling && !composer.value) location.reload();
}
setInterval(refresh, 1000);

document.addEventListener("click", (event) => {
  const question = event.target.closest("[data-confirm]")?.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

// A change that the bot wants to know of posts the form; the focus then is where it would have been.
const update = document.getElementById("update");
if (update) update.hidden = true;
modal?.addEventListener("change", (event) => {
  if (!event.target.matches("[data-dispatch]")) return;
  setTimeout(() => {
    sessionStorage.setItem("focus", document.activeElement.id);
    modal.requestSubmit(update);
  });
});
const focused = document.getElementById(sessionStorage.getItem("focus") ?? "");
const start = modal?.querySelector("[aria-invalid]") ?? focused ?? modal?.querySelector(".field [name^=answer]");
if (modal) start?.focus();
sessionStorage.removeItem("focus");

function add(box) {
  const lines = document.getElementById(box.dataset.addsTo);
  const all = [...lines.value.split("\n"), box.value].map((line) => line.trim());
  lines.value = [...new Set(all)].filter(Boolean).join("\n");
  box.value = "";
  lines.dispatchEvent(new Event("change", { bubbles: true }));
}

async function offer(box) {
  const typed = box.value;
  const answer = await fetch(`${box.dataset.suggest}&typed=${encodeURIComponent(typed)}`).catch(() => null);
  if (!answer?.ok || typed !== box.value) return;
  const options = (await answer.json()).map((text) => new Option(text, text));
  document.getElementById(box.getAttribute("list")).replaceChildren(...options);
}

for (const box of document.querySelectorAll("[data-suggest]")) {
  let waiting;
  box.addEventListener("focus", () => offer(box));
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 150, box);
  });
  if (!box.dataset.addsTo) continue;
  box.hidden = false;
  box.addEventListener("change", () => add(box));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !box.value) return;
    event.preventDefault();
    add(box);
  });
}
