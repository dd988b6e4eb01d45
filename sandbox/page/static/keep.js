// Keeps what a person typed, opened, scrolled or focused when a part of the page is replaced.

// The value of a control that the server knows: the one it sent, or the last one posted.
const known = new WeakMap();

const CONTROLS = "input[name]:not([type=hidden]), select[name], textarea[name]";

function state(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked;
  if (control.type === "file") return [...control.files].map((each) => each.name).join("\n");
  if (control.multiple) return [...control.selectedOptions].map((each) => each.value).join("\n");
  return control.value;
}

function sent(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.defaultChecked;
  if (!control.options) return control.defaultValue;
  const chosen = [...control.options].filter((each) => each.defaultSelected).map((each) => each.value);
  return control.multiple ? chosen.join("\n") : chosen[0] ?? control.options[0]?.value;
}

function set(control, value) {
  if (typeof value === "boolean") control.checked = value;
  else if (!control.multiple) control.value = value;
  else for (const each of control.options) each.selected = value.split("\n").includes(each.value);
}

// Remember that all values in the form were posted.
export function keep(form) {
  for (const control of form.querySelectorAll(CONTROLS)) known.set(control, state(control));
}

export function carryOver(old) {
  const typed = [...old.querySelectorAll(CONTROLS)]
    .filter((each) => state(each) !== (known.get(each) ?? sent(each)))
    .map((each) => ({ name: each.name, box: each.type === "checkbox" || each.type === "radio", value: each.value, files: each.files, state: state(each) }));
  const at = old.contains(document.activeElement) ? document.activeElement : null;
  const place = at && { id: at.id, start: at.selectionStart, end: at.selectionEnd };
  const half = at?.role === "combobox" ? at.value : "";
  const opened = [...old.querySelectorAll("details[open][id]")].map((each) => each.id);
  const scrolled = [old, ...old.querySelectorAll(".scroll")].filter((each) => each.matches(".scroll"))
    .map((each) => ({ id: each.id, top: each.scrollTop }));

  return {
    typed(now) {
      for (const each of typed) {
        const same = [...now.querySelectorAll(CONTROLS)].filter((one) => one.name === each.name);
        const one = each.box ? same.find((box) => box.value === each.value) : same[0];
        if (one?.type === "file") one.files = each.files;
        else if (one) set(one, each.state);
      }
      for (const id of opened) now.querySelector(`details[id="${id}"]`)?.setAttribute("open", "");
    },
    rest(now) {
      for (const each of scrolled) {
        const pane = now.id === each.id ? now : now.querySelector(`[id="${each.id}"]`);
        if (pane) pane.scrollTop = each.top;
      }
      const control = place?.id && now.querySelector(`[id="${CSS.escape(place.id)}"]`);
      if (!control) return;
      control.focus({ preventScroll: true });
      if (half && control.value !== half) control.value = half;
      if (place.start != null && control.setSelectionRange) control.setSelectionRange(place.start, place.end);
    },
  };
}
