// The pieces of the desk's page, and telling something on it.

import { wayIn } from "../session.js";

const notice = document.getElementById("notice");
const narrow = matchMedia("(max-width: 1199px)"); // there the bar may be out of sight
const LONG = 90; // characters for which the bar has no room
const PASSING = 6_000; // milliseconds for which a narrow screen shows what need not be read
let passing;

export const shown = () => document.getElementById("question");
export const current = () => shown()?.dataset.question;
export const approved = () => shown()?.dataset.state === "approved";
export const form = () => document.getElementById("answer");
export const rows = () => [...document.querySelectorAll("#rows [data-row]")];
export const row = (question) => document.getElementById(`row-${question}`);
export const address = (question) => row(question)?.querySelector("a").href;
export const inField = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

function button(name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "notice-button";
  made.textContent = name;
  Object.assign(made.dataset, act);
  return made;
}

/** Say something: in the bar, or before the page where there is more to read or to do, and on a narrow screen. */
export function tell(sentence, { bad = false, question = null } = {}) {
  clearTimeout(passing);
  notice.textContent = sentence;
  notice.classList.toggle("notice-bad", bad);
  const door = bad ? wayIn() : null;
  const apart = Boolean(sentence) && (sentence.length > LONG || question !== null || door || narrow.matches);
  notice.classList.toggle("notice-apart", apart);
  if (!apart) return;
  const acts = document.createElement("span");
  acts.className = "notice-acts";
  if (door) acts.append(door);
  if (question) {
    const back = document.createElement("a");
    back.href = address(question) ?? "";
    back.dataset.open = question;
    back.textContent = "Go back to it";
    acts.append(back, button("Drop it", { drop: question }));
  }
  acts.append(button("Close", { close: "" }));
  notice.append(" ", acts);
  if (narrow.matches && !bad && sentence.length <= LONG) passing = setTimeout(() => tell(""), PASSING);
}

notice?.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) tell(""); });

/** The question so many rows away from the one that is shown, undefined at the end of the list. */
export function neighbour(step) {
  const all = rows();
  const at = all.findIndex((item) => item.dataset.row === current());
  return all[at + step]?.dataset.row;
}

/** Swap in how far the questionnaire is and, where something was done, how much waits for the reader. */
export function swapCounts(part) {
  for (const id of ["progress", "queue-link"]) {
    const fresh = part.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(fresh);
  }
}

/** Swap in what stands around a question: its row in the list, and the counts. */
export function swapAround(part) {
  swapCounts(part);
  for (const fresh of part.querySelectorAll("[data-row]")) {
    const old = row(fresh.dataset.row);
    if (!old) continue;
    fresh.toggleAttribute("aria-current", false);
    if (old.hasAttribute("aria-current")) fresh.setAttribute("aria-current", "true");
    for (const mark of ["row-unsaved", "row-refused"]) fresh.classList.toggle(mark, old.classList.contains(mark));
    old.replaceWith(fresh);
  }
}
