// A text box with suggestions, like the combobox in the ARIA Authoring Practices.

const PAUSE = 150;

function element(name, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

class Combobox {
  constructor(place) {
    this.place = place;
    this.held = place.querySelector("input, textarea");
    this.many = "many" in this.held.dataset;
    this.box = element("input", { id: this.held.id, type: "text", autocomplete: "off", role: "combobox" });
    this.list = element("ul", { id: `${this.held.id}-offers`, className: "offers", role: "listbox", hidden: true });
    this.tokens = element("span", { className: "tokens" });
    this.active = -1;
    this.build();
  }

  build() {
    const { held, box, list } = this;
    for (const name of ["aria-invalid", "aria-describedby", "required"]) {
      if (held.hasAttribute(name)) box.setAttribute(name, held.getAttribute(name));
    }
    const label = document.querySelector(`label[for="${CSS.escape(held.id)}"]`)?.textContent.trim() ?? "";
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    box.placeholder = this.many ? "Type to add" : "Type to search";
    list.setAttribute("aria-label", label);
    held.id = `${held.id}-held`;
    held.hidden = true;
    this.place.append(this.tokens, box, list);
    this.draw();
    box.addEventListener("input", () => this.later());
    box.addEventListener("click", () => this.offer());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.leave());
  }

  get chosen() {
    return this.held.value.split("\n").map((line) => line.trim()).filter(Boolean);
  }

  draw() {
    if (!this.many) this.box.value = this.held.value;
    else this.tokens.replaceChildren(...this.chosen.map((text) => this.token(text)));
  }

  token(text) {
    const remove = element("button", { type: "button", textContent: "×", ariaLabel: `Remove ${text}` });
    remove.addEventListener("click", () => {
      this.hold(this.chosen.filter((each) => each !== text));
      this.box.focus();
    });
    return element("span", { className: "token" }, text, remove);
  }

  hold(texts) {
    this.held.value = texts.join("\n");
    this.draw();
    this.held.dispatchEvent(new Event("change", { bubbles: true }));
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.offer(), PAUSE);
  }

  // With an unchanged answer, offer everything, not only what matches that answer.
  async offer() {
    const typed = this.box.value === this.held.value ? "" : this.box.value;
    const mine = (this.asked = (this.asked ?? 0) + 1);
    const answer = await fetch(`${this.place.dataset.suggest}&typed=${encodeURIComponent(typed)}`).catch(() => null);
    if (mine !== this.asked || document.activeElement !== this.box) return;
    const texts = answer?.ok ? await answer.json() : null;
    const none = typed ? "No matches." : "Nothing to suggest: type what you look for.";
    this.show(texts, texts ? none : "The suggestions did not come. Type on to ask again.");
  }

  show(texts, without) {
    const options = (texts ?? []).map((text, at) => {
      const option = element("li", { id: `${this.list.id}-${at}`, role: "option", textContent: text });
      option.setAttribute("aria-selected", "false");
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => this.pick(text));
      return option;
    });
    this.offered = texts ?? [];
    const none = element("li", { className: "quiet", role: "option", ariaDisabled: "true", textContent: without });
    this.list.replaceChildren(...(options.length ? options : [none]));
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    this.mark(options.length && this.box.value ? 0 : -1);
  }

  mark(at) {
    this.active = at;
    const options = [...this.list.children];
    options.forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    if (at < 0) this.box.removeAttribute("aria-activedescendant");
    else {
      this.box.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
  }

  pick(text) {
    this.close();
    this.box.value = this.many ? "" : text;
    this.hold(this.many ? [...new Set([...this.chosen, text])] : [text]);
  }

  close() {
    clearTimeout(this.waiting);
    this.asked = (this.asked ?? 0) + 1;
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  // Text that was not chosen is discarded; an emptied box clears the answer.
  leave() {
    this.close();
    if (this.many) this.box.value = "";
    else if (!this.box.value && this.held.value) this.hold([]);
    else this.draw();
  }

  key(event) {
    const open = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !open) this.offer();
    else if (step) this.mark(Math.max(0, Math.min((this.offered?.length ?? 0) - 1, this.active + step)));
    else if (event.key === "Enter" && open && this.offered[this.active]) this.pick(this.offered[this.active]);
    else if (event.key === "Enter" && this.box.value && this.box.value !== this.held.value) this.later();
    else if (event.key === "Escape" && open) this.close();
    else if (event.key === "Backspace" && this.many && !this.box.value && this.chosen.length) this.hold(this.chosen.slice(0, -1));
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  }
}

// Shows hints for commands above the box; Tab completes the first one.
function hint(box) {
  const commands = JSON.parse(box.dataset.commands);
  const list = element("ul", { className: "offers", hidden: true, ariaLive: "polite" });
  const fitting = () => {
    const [typed] = box.value.split(" ", 1);
    return typed.startsWith("/") ? commands.filter((each) => each.command.startsWith(typed)) : [];
  };
  const draw = () => {
    const rows = fitting().map((each) => {
      const usage = element("code", { textContent: `${each.command} ${each.usage_hint}` });
      return element("li", {}, usage, element("small", { textContent: each.description }));
    });
    list.replaceChildren(...rows);
    list.hidden = !rows.length;
  };
  box.before(list);
  box.addEventListener("input", draw);
  box.addEventListener("blur", () => { list.hidden = true; });
  box.form.addEventListener("reset", () => { list.hidden = true; });
  box.addEventListener("keydown", (event) => {
    const [first] = fitting();
    if (event.key === "Escape") list.hidden = true;
    if (event.key !== "Tab" || event.shiftKey || !first || box.value.includes(" ")) return;
    event.preventDefault();
    box.value = `${first.command} `;
    draw();
  });
}

export function enhance(root) {
  for (const place of root.querySelectorAll(".combobox[data-suggest]")) new Combobox(place);
  for (const box of root.querySelectorAll("[data-commands]")) hint(box);
}
