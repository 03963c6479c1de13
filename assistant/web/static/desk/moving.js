// From question to question: the next ones are fetched ahead, so that they are there at once.

import * as kept from "./kept.js";
import { address, current, form, neighbour, row, rows, shown } from "./page.js";
import { fetchPart } from "./server.js";
import { restore } from "./typed.js";

const FRESH = 90_000; // milliseconds after which somebody else may well have changed what was fetched ahead
const AHEAD = 4; // questions fetched ahead: who decides fast is not to wait for a server that is busy
const DWELL = 400; // milliseconds from which on a question was looked at, not only passed

export const pending = new Map(); // question -> promise of the saving under way
export const refused = new Map(); // question -> its element with the refusal and what was typed
const ahead = new Map(); // question -> when it was fetched, and the promise of its element
const { approves, finished } = document.getElementById("desk")?.dataset ?? {};
let looking;

export const forgetAhead = (question) => ahead.delete(question);

export function fetchAhead(question) {
  if (!question || !address(question)) return undefined;
  const known = ahead.get(question);
  if (known && Date.now() - known.at < FRESH) return known.element;
  if (refused.has(question)) return undefined;
  // Never read what is just being saved.
  const element = Promise.resolve(pending.get(question))
    .then(() => fetchPart(address(question)))
    .then((answer) => (answer.ok && answer.question ? answer.question : Promise.reject(new Error())));
  element.catch(() => ahead.delete(question));
  ahead.set(question, { at: Date.now(), element });
  return element;
}

/** Show a question; `element` was fetched, or is one that was refused. */
export function display(element, { push = true } = {}) {
  shown().replaceWith(element);
  const { question } = element.dataset;
  document.querySelector("#rows [aria-current]")?.removeAttribute("aria-current");
  row(question)?.setAttribute("aria-current", "true");
  row(question)?.scrollIntoView({ block: "nearest" });
  point("prev", neighbour(-1));
  point("next", neighbour(1));
  if (push && address(question)) history.pushState({ question }, "", address(question));
  document.getElementById("question-text").focus({ preventScroll: true });
  element.dispatchEvent(new Event("shown", { bubbles: true }));
  restore();
  noteLooking(element);
  fetchOn();
}

/** Fetch the next questions, the nearest first. */
export function fetchOn() {
  fetchAhead(nextToDecide());
  for (let step = 1; step <= AHEAD; step += 1) fetchAhead(neighbour(step));
}

/** The server does not know the list that is on the page; its links to the neighbours are made here. */
function point(rel, question) {
  const link = document.querySelector(`#question a[data-way=${rel}]`);
  if (!link) return;
  link.hidden = !question;
  if (question) Object.assign(link, { href: address(question), rel }).dataset.open = question;
}

/** Tell the server that this version was in front of somebody who approves. */
function noteLooking(element) {
  clearTimeout(looking);
  if (!approves) return;
  looking = setTimeout(() => {
    const body = new FormData();
    for (const name of ["csrf_token", "version"]) body.set(name, form().elements[name].value);
    fetch(element.dataset.opened, { method: "POST", body, headers: { "X-Part": "question" } })
      .catch(() => {}); // it only means that it is not approved together with others
  }, DWELL);
}

/** Return the element of a question, from where it was kept or from the server. */
export async function elementOf(question, { fresh = false } = {}) {
  const waiting = refused.get(question);
  refused.delete(question);
  row(question)?.classList.remove("row-refused");
  if (fresh) {
    ahead.delete(question);
    kept.forget(question);
  } else if (waiting) {
    return waiting;
  }
  const element = await fetchAhead(question);
  ahead.delete(question);
  return element;
}

/** Mark the questions of the list in which something was typed and never saved. */
export function markUnsaved() {
  for (const item of rows()) item.classList.toggle("row-unsaved", kept.read(item.dataset.row) !== null);
}

/**
 * Where an approval or a rejection leads: to the next answer that was submitted, else to the next that is not approved.
 * In the list of what is to approve it leads to nothing else, and at its end back to what was passed over.
 */
export function nextToDecide() {
  const all = rows();
  const at = all.findIndex((item) => item.dataset.row === current());
  const after = all.slice(at + 1);
  const waits = (item) => item.dataset.state === "submitted" && !pending.has(item.dataset.row);
  if (finished) return [...after, ...all.slice(0, at)].find(waits)?.dataset.row;
  const undecided = (item) => item.dataset.state !== "approved" && !item.matches(".row-kept");
  return ((shown()?.dataset.state === "submitted" && after.find(waits)) || after.find(undecided))?.dataset.row;
}

/** The page that says that nothing is left to approve; only the list of what is to approve has one. */
export const finish = () => finished;

/** The next question without an answer, from here on and then from the beginning of the list. */
export function nextGap() {
  const all = rows();
  const at = all.findIndex((item) => item.dataset.row === current());
  return [...all.slice(at + 1), ...all.slice(0, at)].find((item) => item.dataset.state === "unanswered")?.dataset.row;
}
