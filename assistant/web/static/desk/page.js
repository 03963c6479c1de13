// The pieces of the desk's page, and telling something on it.

const notice = document.getElementById("notice");

export const shown = () => document.getElementById("question");
export const current = () => shown()?.dataset.question;
export const approved = () => shown()?.dataset.state === "approved";
export const form = () => document.getElementById("answer");
export const rows = () => [...document.querySelectorAll("#rows [data-row]")];
export const row = (question) => document.getElementById(`row-${question}`);
export const address = (question) => row(question)?.querySelector("a").href;
export const inField = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

export function tell(sentence, { bad = false, question = null } = {}) {
  notice.textContent = sentence;
  notice.classList.toggle("notice-bad", bad);
  if (question) {
    const back = document.createElement("a");
    back.href = address(question) ?? "";
    back.dataset.open = question;
    back.textContent = "Go back to it";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "notice-drop";
    drop.dataset.drop = question;
    drop.textContent = "Drop it";
    notice.append(" ", back, " ", drop);
  }
}

/** The question so many rows away from the one that is shown, undefined at the end of the list. */
export function neighbour(step) {
  const all = rows();
  const at = all.findIndex((item) => item.dataset.row === current());
  return all[at + step]?.dataset.row;
}

/** Swap in what stands around a question: its row in the list, and the progress. */
export function swapAround(part) {
  document.getElementById("progress").replaceWith(part.getElementById("progress"));
  for (const fresh of part.querySelectorAll("[data-row]")) {
    const old = row(fresh.dataset.row);
    if (!old) continue;
    fresh.toggleAttribute("aria-current", false);
    if (old.hasAttribute("aria-current")) fresh.setAttribute("aria-current", "true");
    for (const mark of ["row-unsaved", "row-refused"]) fresh.classList.toggle(mark, old.classList.contains(mark));
    old.replaceWith(fresh);
  }
}
