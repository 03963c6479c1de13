// The layout page without reloading: selecting fetches what is said about the selection, a correction
// fetches the page's changing part. Without this script the same links and forms load whole pages.

import * as session from "./session.js";

let busy = false;

const layout = () => document.getElementById("layout");
const panel = () => document.getElementById("layout-panel");
const middle = () => document.getElementById("layout-middle");
const places = () => [...layout().querySelectorAll(".place-cell")];

/** The colours of the customer's cells: the page may hold no styles of its own, so they are set from here. */
function paint() {
  for (const cell of layout().querySelectorAll("[data-fill]")) {
    cell.style.setProperty("--fill", `#${cell.dataset.fill}`);
    cell.classList.add("filled");
  }
}

async function fetchPart(url, part, options = {}) {
  const answer = await fetch(url, { ...options, headers: { "X-Part": part } });
  if (answer.headers.get("Content-Type")?.includes("json")) {
    const { problem, stale, sign_in: door } = await answer.json();
    session.note(door);
    throw Object.assign(new Error(problem), { stale });
  }
  session.note();
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Mark what the address selects in the grid, without asking the server. */
function mark(query) {
  for (const old of layout().querySelectorAll(".layout-middle [aria-current], .column-here")) {
    old.removeAttribute("aria-current");
    old.classList.remove("column-here");
  }
  const at = query.get("at");
  const here = at && places().find((cell) => cell.dataset.at === at);
  const column = query.get("column") ?? here?.dataset.column;
  const part = here?.closest("[data-part]") ?? layout().querySelector(`[data-part="${CSS.escape(query.get("part") ?? "")}"]`);
  if (here) here.setAttribute("aria-current", "true");
  if (!column || !part) return;
  part.querySelector(`thead [data-column="${column}"]`)?.setAttribute("aria-current", "true");
  for (const cell of part.querySelectorAll(`td[data-column="${column}"]`)) cell.classList.add("column-here");
}

async function select(address, { focus = true } = {}) {
  const url = new URL(address, location.href);
  const at = url.searchParams.get("at");
  const there = !at || places().some((cell) => cell.dataset.at === at);
  const samePart = there && (!url.searchParams.has("part") || layout().querySelector(`[data-part="${CSS.escape(url.searchParams.get("part"))}"]`));
  history.replaceState(null, "", url);
  if (!samePart) { await show(url); scrollTo(at); return; }
  mark(url.searchParams);
  if (at) scrollTo(at, focus);
  else if (url.hash) document.getElementById(url.hash.slice(1))?.scrollIntoView({ block: "start" });
  try {
    const part = await fetchPart(url, "panel");
    if (location.href !== url.href) return; // something else was selected meanwhile
    swapPanel(part);
    document.querySelector(".layout-parts li[aria-current]")?.removeAttribute("aria-current");
    for (const link of document.querySelectorAll(".layout-parts a")) {
      const key = new URL(link.href).searchParams.get("part");
      const shown = url.searchParams.get("part") ?? places().find((cell) => cell.dataset.at === at)?.closest("[data-part]")?.dataset.part;
      if (key === shown) link.parentElement.setAttribute("aria-current", "true");
    }
  } catch (problem) {
    tell(problem.message);
  }
}

/** Show the panel anew; the list of questions stays where it was, unless the selected one is out of sight. */
function swapPanel(part) {
  const list = () => panel().querySelector(".question-list");
  const scrolled = list().scrollTop;
  panel().replaceWith(part.getElementById("layout-panel"));
  list().scrollTop = scrolled;
  list().querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function scrollTo(at, focus = false) {
  const cell = places().find((place) => place.dataset.at === at);
  if (!cell) return;
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focus) cell.focus({ preventScroll: true });
}

/** Show the page's changing part anew; the document stays scrolled to where it was. */
function swap(part) {
  const fresh = part.getElementById("layout");
  if (!fresh) throw new Error("The server cannot be understood just now.");
  const { scrollTop, scrollLeft } = middle();
  const list = panel().querySelector(".question-list").scrollTop;
  const focused = document.activeElement?.closest?.("[data-at]")?.dataset.at;
  layout().replaceWith(fresh);
  middle().scrollTop = scrollTop;
  middle().scrollLeft = scrollLeft;
  panel().querySelector(".question-list").scrollTop = list;
  paint();
  mark(new URL(location.href).searchParams);
  if (focused) scrollTo(focused, true);
}

async function show(url) {
  try {
    swap(await fetchPart(url, "layout"));
  } catch {
    location.href = url;
  }
}

async function send(form, button) {
  if (busy) return;
  busy = true;
  layout().classList.add("layout-busy");
  const body = new FormData(form, button);
  const url = button?.getAttribute("formaction") || form.getAttribute("action");
  try {
    const before = layout().querySelector(".layout-count strong").textContent;
    swap(await fetchPart(url, "layout", { method: "POST", body }));
    const alert = layout().querySelector("[role=alert]");
    if (alert) alert.scrollIntoView({ block: "nearest" });
    const now = layout().querySelector(".layout-count strong");
    if (now.textContent !== before) now.classList.add("layout-changed");
  } catch (problem) {
    tell(problem instanceof TypeError ? "The server does not answer; nothing was changed." : problem.message);
  } finally {
    busy = false;
    layout().classList.remove("layout-busy");
  }
}

function tell(sentence) {
  const count = document.getElementById("layout-count");
  const note = document.createElement("span");
  note.className = "warn-text";
  note.textContent = sentence;
  const door = session.wayIn();
  if (door) note.append(" ", door);
  count.append(note);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-layout]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  send(event.target, event.submitter);
}, true);

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-select]");
  const cell = event.target.closest(".place-cell");
  if (link && layout().contains(link)) {
    event.preventDefault();
    select(link.href);
  } else if (cell) {
    select(`?at=${encodeURIComponent(cell.dataset.at)}`);
  }
});

/** The nearest place beside, above or below the one that has the focus. */
function neighbour(cell, key) {
  const block = cell.closest("tr");
  if (!block) {
    const all = places();
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    return step ? all[all.indexOf(cell) + step] : null;
  }
  if (key === "ArrowRight" || key === "ArrowLeft") {
    let next = cell;
    do next = key === "ArrowRight" ? next.nextElementSibling : next.previousElementSibling;
    while (next && !next.matches(".place-cell"));
    return next;
  }
  let row = block;
  do {
    row = key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    const there = row?.querySelector(`.place-cell[data-column="${cell.dataset.column}"]`);
    if (there) return there;
  } while (row);
  return null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  const cell = event.target.closest(".place-cell");
  if (cell && event.key.startsWith("Arrow")) {
    const next = neighbour(cell, event.key);
    if (!next) return;
    event.preventDefault();
    select(`?at=${encodeURIComponent(next.dataset.at)}`);
    return;
  }
  const key = event.key.toLowerCase();
  const button = layout().querySelector(`button[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (button) { event.preventDefault(); button.click(); }
});

paint();
mark(new URL(location.href).searchParams);
if (location.hash === "" && !location.search.includes("at=")) {
  // A long document opens where its questions are.
  const address = document.querySelector(".layout-parts li[aria-current] a")?.hash;
  if (address) document.getElementById(address.slice(1))?.scrollIntoView({ block: "start" });
}
for (const cell of places().slice(0, 1)) cell.tabIndex = 0; // the document is reached by Tab, moved in by arrows
