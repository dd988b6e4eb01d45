// Updates the page in place and keeps typed text; without scripts, links and forms work too.
import { enhance } from "./combobox.js";
import { carryOver, keep } from "./keep.js";

const drawn = new Map();
const page = document.body;
let asked = 0;
let shown = 0;
let queue = Promise.resolve();
let waiting = new AbortController();

// showModal() makes the rest inert; the attribute is only for pages without scripts.
function served(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const each of next.querySelectorAll("[inert]")) each.removeAttribute("inert");
  return next;
}

function swap(region) {
  const text = region.outerHTML;
  if (drawn.get(region.id) === text) return;
  drawn.set(region.id, text);
  const old = document.getElementById(region.id);
  const kept = carryOver(old);
  kept.typed(region);
  if (region.role === "log") return kept.rest(changed(old, region));
  old.replaceWith(document.adoptNode(region));
  prepare(region);
  kept.rest(region);
}

// A screen reader reads new elements in a log, so unchanged elements are kept.
function changed(old, region) {
  const list = old.querySelector("ol");
  const items = [...region.querySelectorAll(":scope > ol > li")];
  items.forEach((item, at) => {
    const same = list.children[at];
    if (!same) list.append(item);
    else if (same.outerHTML !== item.outerHTML) same.replaceWith(item);
  });
  while (list.children.length > items.length) list.lastElementChild.remove();
  old.ariaLabel = region.ariaLabel;
  return old;
}

function show(html, address) {
  const next = served(html);
  const main = next.getElementById("main");
  const others = [...main.children].map((each) => each.id).join();
  if (others !== [...document.getElementById("main").children].map((each) => each.id).join()) {
    for (const region of main.children) drawn.set(region.id, region.outerHTML);
    document.getElementById("main").replaceWith(document.adoptNode(main));
    prepare(main);
  }
  for (const region of next.querySelectorAll("[data-region]")) swap(region);
  document.title = next.title;
  Object.assign(page.dataset, next.body.dataset);
  if (address) history.pushState(null, "", clean(address));
  waiting.abort();
}

function clean(address) {
  const url = new URL(address);
  url.searchParams.delete("since");
  return url;
}

function prepare(region) {
  enhance(region);
  const update = region.querySelector("#update");
  if (update) update.hidden = true;
  for (const dialog of region.querySelectorAll("dialog")) open(dialog);
}

function open(dialog) {
  dialog.removeAttribute("open");
  dialog.showModal();
  const first = ".field :is(input, select, textarea):not([type=hidden], [hidden])";
  const start = dialog.querySelector("[aria-invalid]:not([hidden])") ?? dialog.querySelector(first);
  // Without a field, focus the start of the text, not the close button.
  (start ?? dialog.querySelector("#modal-body"))?.focus();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("footer button:not([hidden])").click();
  });
}

async function ask(address, options) {
  const mine = ++asked;
  const answer = await fetch(address, options).catch(() => null);
  if (!answer) return tell("The sandbox does not answer. Is it still running?");
  const text = await answer.text();
  if (!answer.ok) return tell(text);
  if (mine < shown) return undefined;
  shown = mine;
  return { text, url: answer.url };
}

function tell(sentence) {
  const told = document.getElementById("told") ?? document.getElementById("heading");
  const alert = Object.assign(document.createElement("p"), { className: "alert", role: "alert" });
  alert.textContent = sentence;
  told.replaceChildren(alert);
  drawn.delete(told.id);
}

async function go(address, noted = true) {
  const answer = await ask(address);
  if (answer) show(answer.text, noted && answer.url);
}

function target(form, button) {
  return button?.getAttribute("formaction") ?? form.getAttribute("action");
}

// An earlier press may have replaced the form, so find its new copy.
function still(form, button) {
  if (form.isConnected) return [form, button];
  const now = document.getElementById(form.id);
  const same = (each) => each.name === button.name && each.textContent === button.textContent;
  const again = now && button && [...now.elements].find(same);
  return button && !again ? [] : [now, again];
}

async function post(pressed, on) {
  const [form, button] = still(pressed, on);
  if (!form) return;
  const data = new FormData(form, button);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  keep(form);
  if (form.matches(".composer")) form.reset();
  button?.setAttribute("aria-busy", "true");
  const answer = await ask(target(form, button), { method: "POST", body });
  button?.removeAttribute("aria-busy");
  if (!answer) return;
  const moved = clean(answer.url).href !== location.href;
  show(answer.text, moved && answer.url);
}

// What a person chose in the menu of a narrow screen is below it.
function closeMenu(chosen) {
  if (chosen.closest("#side, .people")) document.querySelector("#menu details").open = false;
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target, submitter } = event;
  closeMenu(target);
  // One post at a time, in the order of the presses.
  queue = queue.then(() => post(target, submitter));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="/?"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  closeMenu(link);
  go(link.href);
});

document.addEventListener("change", (event) => {
  const update = event.target.matches("[data-dispatch]") && document.getElementById("update");
  if (update) setTimeout(() => update.form?.requestSubmit(update));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  const composer = event.target.closest(".composer textarea");
  if (!composer) return;
  event.preventDefault();
  if (composer.value.trim()) composer.form.requestSubmit();
});

addEventListener("popstate", () => {
  go(`${location.pathname}?${new URLSearchParams(location.search)}&since=${page.dataset.since}`, false);
});

async function follow() {
  for (;;) {
    waiting = new AbortController();
    const { query, version } = page.dataset;
    const address = `/version?${query}&known=${version}`;
    const now = await fetch(address, { signal: waiting.signal })
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null);
    if (now && now !== page.dataset.version) await (queue = queue.then(() => go(`/?${page.dataset.query}`, false)));
    else if (!now && !waiting.signal.aborted) await new Promise((wake) => setTimeout(wake, 1000));
  }
}

function tick() {
  const clock = document.getElementById("now");
  const time = new Date(Date.now() + 1000 * clock.dataset.ahead);
  const form = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
  const words = time.toLocaleString("en-US", { ...form, timeZone: clock.dataset.zone });
  if (clock.textContent !== words) clock.textContent = words;
}

for (const each of document.querySelectorAll("[inert]")) each.removeAttribute("inert");
for (const region of document.querySelectorAll("[data-region]")) drawn.set(region.id, region.outerHTML);
history.replaceState(null, "", clean(location.href));
prepare(page);
setInterval(tick, 1000);
follow();
