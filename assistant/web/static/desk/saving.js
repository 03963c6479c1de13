// Saving behind the page: what was refused is kept, with all that was typed, until somebody goes back to it.

import * as kept from "./kept.js";
import { display, fetchAhead, forgetAhead, pending, refused } from "./moving.js";
import { address, current, form, neighbour, row, shown, swapAround, tell } from "./page.js";
import { post, sentenceOf } from "./server.js";
import { changed, look, savesItself, settle, state } from "./typed.js";

const PAUSE = 2_500; // milliseconds without typing after which the answer saves itself
let timer;

/** Keep a question with what was typed, until somebody goes back to it. */
export function keepRefused(element, sentence) {
  const { question, name } = element.dataset;
  refused.set(question, element);
  row(question)?.classList.add("row-refused");
  tell(`${name} ${sentence}`, { bad: true, question });
}

const said = (element) => element.querySelector("[role=alert] p").textContent.trim().replace(/\s+/g, " ");

/** Do `work` as the saving of a question; another one waits for it. */
function queued(question, work) {
  const before = pending.get(question) ?? Promise.resolve();
  const done = before.then(work).finally(() => {
    if (pending.get(question) === done) pending.delete(question);
    if (!pending.has(question)) row(question)?.classList.remove("row-saving");
  });
  row(question)?.classList.add("row-saving");
  pending.set(question, done);
  return done;
}

/** Save behind the page; tells whether it was saved. `stay` shows the result here, for there is no next question. */
export function send(url, body, done, stay = false) {
  const leaving = shown();
  const answer = form();
  const { question, name, state: before } = leaving.dataset;
  const page = address(question) ?? location.href;
  clearTimeout(timer);
  return queued(question, async () => {
    forgetAhead(question);
    body.set("version", answer.elements.version.value); // the answer may have saved itself meanwhile
    try {
      const { part, question: element, ok } = await post(url, body, page, stay ? "question" : "row");
      const stands = part.querySelector("[data-row]").dataset.state;
      swapAround(part);
      forgetAhead(question);
      const here = current() === question;
      if (ok && !(here && changed() && !stay)) {
        kept.forget(question);
        row(question)?.classList.remove("row-unsaved");
      }
      if (!ok && !here) keepRefused(element, `was not ${done}: ${said(element)}`);
      else if (here && (stay || !ok)) display(element, { push: false });
      else if (neighbour(1) === question) fetchAhead(question);
      const undone = before === "approved" && stands !== "approved";
      if (ok) tell(`${name} ${done}${undone ? "; its approval is gone" : ""}.`);
      else if (here) tell("");
      return ok;
    } catch (problem) {
      const sentence = sentenceOf(problem);
      if (current() === question) {
        tell(`${name} was not ${done}: ${sentence}`, { bad: true });
        state(`Not saved: ${sentence}`, { bad: true });
      } else {
        keepRefused(leaving, `was not ${done}: ${sentence}`);
      }
      return false;
    }
  });
}

/** Save what is typed while somebody goes on typing; nothing on the page moves. */
function saveItself() {
  const answer = form();
  if (!answer || !savesItself(answer)) return;
  const question = current();
  queued(question, async () => {
    if (current() !== question || !savesItself(answer)) return true;
    const sent = new FormData(answer);
    sent.set("itself", "yes"); // nobody said yet that it is done
    state("Saving…", { open: true });
    try {
      const { part, question: element, ok } = await post(answer.action, sent, address(question) ?? location.href);
      forgetAhead(question);
      if (!ok) {
        answer.dataset.stuck = "";
        const act = { name: "Compare", run: () => send(answer.action, new FormData(answer), "saved", true) };
        if (current() === question) state(`Not saved: ${said(element)}`, { bad: true, act });
        return false;
      }
      swapAround(part);
      settle(answer, sent, element.querySelector("[name=version]").value);
      delete answer.dataset.draft;
      answer.dataset.itself = "";
      const leaving = answer.closest("#question");
      leaving.dataset.state = element.dataset.state;
      leaving.querySelector(".q-meta").replaceWith(element.querySelector(".q-meta"));
      if (current() === question) look();
      else if (!refused.has(question)) kept.forget(question);
      return true;
    } catch (problem) {
      if (current() === question) {
        state(`Not saved yet, kept in this browser: ${sentenceOf(problem)}`, { bad: true });
        saveSoon(4 * PAUSE);
      }
      return false;
    }
  });
}

export function saveSoon(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(saveItself, pause);
}

/** Try to save when the page is left: nobody waits for the answer, and what was typed is kept here as well. */
export function saveLeaving() {
  const answer = form();
  if (!answer || !savesItself(answer) || pending.has(current())) return;
  const body = new FormData(answer);
  body.set("itself", "yes");
  fetch(answer.action, { method: "POST", body, keepalive: true, headers: { "X-Part": "question" } })
    .catch(() => {});
}
