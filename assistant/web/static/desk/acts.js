// What somebody does at the desk: go on, decide, take a source, search, undo, assign, comment.

import * as kept from "./kept.js";
import { display, elementOf, finish, forgetAhead, nextGap, nextToDecide, pending, refused } from "./moving.js";
import { address, approved, current, form, neighbour, row, shown, swapAround, tell } from "./page.js";
import { fetchPart, post, sentenceOf } from "./server.js";
import { keepRefused, send } from "./saving.js";
import { changed, fields, look, unsettled } from "./typed.js";

let moving = false;
let editing = null; // the approved question that `e` was pressed for, so that keys may change it

export const busy = () => moving;

/** Keep or save what stands in the form before another question takes its place. */
function leave() {
  if (!changed() && !unsettled()) return;
  look();
  if ("refused" in form().dataset) {
    // Saving it now would replace what somebody else wrote, which nobody asks for by looking at the next question.
    keepRefused(shown(), "is not saved: compare your text with what stands there now.");
  } else if (approved()) {
    keepRefused(shown(), "has an approved answer; what you typed there is not saved.");
  } else {
    send(form().action, new FormData(form()), "saved");
  }
}

export async function open(question, { push = true, leaving = true, fresh = false } = {}) {
  if (!question) { tell("There is no further question in this list."); return; }
  if (leaving) leave();
  editing = null;
  moving = true;
  try {
    display(await elementOf(question, { fresh }), { push });
  } catch {
    location.href = address(question);
  } finally {
    moving = false;
  }
}

export function drop(question) {
  refused.delete(question);
  kept.forget(question);
  row(question)?.classList.remove("row-refused", "row-unsaved");
  tell("");
  if (current() === question) open(question, { fresh: true, leaving: false });
}

/** Whether what is typed leaves blank a choice that the form wants, where the button asks for one. */
function leavesBlank(button, typed) {
  const stands = approved() && !changed();
  return "wants" in button.dataset && !stands && !typed.choice.trim() && !typed.not_applicable.trim();
}

/** Say once that a choice is wanting; whoever presses again knows. */
function tellsFirst(button) {
  const wanted = document.getElementById(button.dataset.wants);
  if (!wanted.hidden) return false;
  wanted.hidden = false;
  wanted.scrollIntoView({ block: "nearest" });
  return true;
}

export async function act(button) {
  if (moving || !button) return;
  const answer = form();
  if ("reject" in button.dataset && !answer.elements.reason.value.trim()) {
    answer.elements.reason.focus();
    tell("Say why it is rejected, so that the author can mend it.", { bad: true });
    return;
  }
  const typed = fields(answer);
  if ("goesOn" in button.dataset && ![typed.text, typed.choice, typed.not_applicable].some((value) => value.trim())) {
    tell("There is no answer here yet: write one, or take a source.", { bad: true });
    return;
  }
  const blank = leavesBlank(button, typed);
  if (blank && tellsFirst(button)) return;
  const body = new FormData(answer);
  if (button.name) body.set(button.name, button.value);
  if (blank) body.set("without_choice", "yes");
  const decides = "decides" in button.dataset;
  const next = "goesOn" in button.dataset ? (decides ? nextToDecide() : neighbour(1)) : undefined;
  const ends = decides && !next && finish();
  const url = button.getAttribute("formaction") || answer.action;
  const saved = send(url, body, button.dataset.done, !next && !ends);
  if (next) open(next, { leaving: false });
  else if (ends) end(saved);
}

/** Once all is saved, say that nothing is left; what was refused meanwhile is opened instead. */
async function end(saved) {
  moving = true;
  const done = await saved;
  await Promise.all(pending.values());
  const left = nextToDecide();
  moving = false;
  if (!done) return; // why not is told where it happened
  if (left) open(left, { leaving: false });
  else location.href = finish();
}

/** Put the text of a source into the answer and cite it: in place of an untouched draft, else behind what is there. */
export function take(source) {
  const text = form()?.elements.text;
  if (!text || text.matches(":disabled")) return;
  const passage = source.querySelector(".source-text").textContent.trim();
  const untouched = form().dataset.draft === "yes" && text.value === text.defaultValue;
  const before = untouched ? "" : text.value.trim();
  if (untouched) for (const box of document.querySelectorAll("input[name=cited]")) box.checked = false;
  // Typed into the field rather than set, so that the browser's own undo takes it back.
  text.focus();
  text.select();
  document.execCommand("insertText", false, before ? `${before}\n${passage}` : passage);
  document.getElementById("question-text").focus({ preventScroll: true });
  source.querySelector("input[name=cited]").checked = true;
  // An approved answer brings its choice, where none is chosen yet.
  const chosen = new FormData(form()).get("choice");
  if (!chosen && source.dataset.choice) choose(source.dataset.choice.charAt(0).toLowerCase());
  showCited();
  look();
  tell("The text of the source is in the answer; it is saved when you approve, submit or go on.");
}

export function showCited() {
  for (const box of document.querySelectorAll("input[name=cited]")) {
    box.closest(".source").classList.toggle("source-cited", box.checked);
  }
}

export async function search(asked) {
  const url = new URL(asked.action);
  for (const [name, value] of new FormData(asked)) if (value) url.searchParams.set(name, value);
  try {
    const { question } = await fetchPart(url);
    // Only the sources are swapped: what is being typed in the answer stays.
    const fresh = question.querySelector(".desk-sources");
    const cited = new Set([...document.querySelectorAll("input[name=cited]:checked")].map((box) => box.value));
    document.querySelector(".desk-sources").replaceWith(fresh);
    fresh.dispatchEvent(new Event("shown", { bubbles: true }));
    for (const box of fresh.querySelectorAll("input[name=cited]")) box.checked = cited.has(box.value);
    showCited();
    document.getElementById("search").focus();
  } catch (problem) {
    tell(sentenceOf(problem), { bad: true });
  }
}

/** Save what is typed here before all drafts are submitted, for it belongs to them. */
export async function submitAll(sent) {
  if ((changed() || unsettled()) && !approved()) send(form().action, new FormData(form()), "saved", true);
  const saved = await Promise.all(pending.values());
  if (saved.every(Boolean)) sent.submit();
}

/** Take back one's own last change, wherever in this questionnaire it was made, and show that question. */
export async function undo(asked) {
  if (moving || !asked) return;
  if (!current()) {
    asked.submit();
    return;
  }
  if (changed()) {
    // Otherwise a change made elsewhere would go, and not what is before one's eyes.
    tell("What stands in the answer is not saved yet. Take it back with Ctrl+Z, or save it first.", { bad: true });
    return;
  }
  moving = true;
  try {
    await Promise.all(pending.values());
    const { part, question: element, said } = await post(asked.action, new FormData(asked), location.href);
    const back = [...part.querySelectorAll("[data-row]")].map((item) => item.dataset.row);
    swapAround(part);
    for (const question of back) {
      forgetAhead(question);
      refused.delete(question);
    }
    display(element);
    tell(said);
  } catch (problem) {
    tell(sentenceOf(problem), { bad: true });
  } finally {
    moving = false;
  }
}

/** Send a form that concerns a part of the page only, and swap in that part. */
export async function sendPart(sent, button) {
  const question = current();
  const part = sent.dataset.part;
  const url = button?.getAttribute("formaction") || sent.action;
  if (button) button.disabled = true;
  try {
    const answer = await post(url, new FormData(sent), address(question) ?? location.href);
    swapAround(answer.part);
    forgetAhead(question);
    if (part === "comments") {
      sent.reset(); // a field that goes away with the focus tells that it changed, and would be kept once more
      kept.forget(question, "comment");
    }
    tell(answer.said);
    if (current() !== question) return;
    // Whoever has the question now may be mentioned, and whoever had it may not be any more.
    document.getElementById("people").replaceWith(answer.question.querySelector("#people"));
    const fresh = answer.question.querySelector(`#${part}`);
    document.getElementById(part).replaceWith(fresh);
    fresh.dispatchEvent(new Event("shown", { bubbles: true }));
    document.getElementById("question-text").focus({ preventScroll: true });
  } catch (problem) {
    if (button) button.disabled = false;
    tell(sentenceOf(problem), { bad: true });
  }
}

export function reveal(id, field) {
  const part = document.getElementById(id);
  if (!part) return;
  if (part.tagName === "DETAILS") part.open = true;
  part.querySelector(field)?.focus({ preventScroll: true });
  part.scrollIntoView({ block: "nearest" });
}

export function choose(key) {
  const choice = document.querySelector(`#answer input[data-key="${key}"], #answer option[data-key="${key}"]`);
  if (!choice || choice.matches(":disabled")) return;
  if (choice.type === "radio") choice.checked = true;
  else choice.selected = true;
  look();
  tell(`Choice: ${choice.value}.`);
}

/** Change the answer by a key; an approved one only after `e`, so that no stray key touches it. */
export function change(doing) {
  if (approved() && editing !== current()) tell("This answer is approved: press e first to change it.");
  else doing();
}

export function openGap() {
  const gap = nextGap();
  if (gap) open(gap);
  else tell("No other question in this list is without an answer.");
}

export function edit() {
  editing = current();
  const text = form()?.elements.text;
  text?.focus();
  text?.setSelectionRange(text.value.length, text.value.length);
}
