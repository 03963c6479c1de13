// Completing @names in a comment. Whoever types the whole name by hand mentions just as well.

const MOST = 6;

/** The beginning of a name that is being typed before the caret, with where its @ stands. */
function begun(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = /(?:^|[\s(])@([^@\n]{0,40})$/.exec(before);
  return found ? { word: found[1], at: before.length - found[1].length - 1 } : null;
}

function names(word) {
  const all = [...document.querySelectorAll("#people option")].map((option) => option.value);
  const wanted = word.toLocaleLowerCase();
  return all.filter((name) => name.toLocaleLowerCase().split(/\s+/).some((part, at, parts) => parts.slice(at).join(" ").startsWith(wanted)))
    .filter((name) => name.toLocaleLowerCase() !== wanted)
    .slice(0, MOST);
}

function close(field) {
  field.parentElement.querySelector(".mention-list")?.remove();
  field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-expanded", "false");
}

function offer(field) {
  const typing = begun(field);
  const found = typing ? names(typing.word) : [];
  close(field);
  if (!found.length) return;
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People");
  for (const [at, name] of found.entries()) {
    const item = document.createElement("li");
    item.id = `mention-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(at === 0));
    item.textContent = name;
    // Before the field loses the focus.
    item.addEventListener("mousedown", (event) => { event.preventDefault(); put(field, name); });
    list.append(item);
  }
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-activedescendant", "mention-0");
}

function put(field, name) {
  const typing = begun(field);
  if (!typing) return;
  field.setRangeText(`@${name} `, typing.at, field.selectionStart, "end");
  close(field);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function step(field, list, by) {
  const items = [...list.children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const next = items[(at + by + items.length) % items.length];
  items[at].setAttribute("aria-selected", "false");
  next.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", next.id);
}

export function listen() {
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-mentions]")) offer(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-mentions]")) close(event.target);
  });
  // Before the keys of the desk see it.
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-mentions]")) return;
    const list = event.target.parentElement.querySelector(".mention-list");
    if (!list || event.ctrlKey || event.metaKey) return;
    const act = {
      ArrowDown: () => step(event.target, list, 1),
      ArrowUp: () => step(event.target, list, -1),
      Enter: () => put(event.target, list.querySelector("[aria-selected=true]").textContent),
      Tab: () => put(event.target, list.querySelector("[aria-selected=true]").textContent),
      Escape: () => close(event.target),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);
}
