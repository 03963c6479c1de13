// The review desk without reloading: the next question is fetched ahead and shown at once; saving happens behind it.
// The server answers with pieces of the page (#progress, #row-…, #question) that are swapped in.

import * as acts from "./desk/acts.js";
import * as kept from "./desk/kept.js";
import * as keys from "./desk/keys.js";
import * as mentions from "./desk/mentions.js";
import { fetchOn, markUnsaved, pending } from "./desk/moving.js";
import { current, row } from "./desk/page.js";
import { saveLeaving, saveSoon } from "./desk/saving.js";
import { look, restore } from "./desk/typed.js";

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.id === "answer") {
    event.preventDefault();
    if (event.submitter?.name === "take") acts.take(event.submitter.closest(".source"));
    else acts.act(event.submitter ?? document.querySelector("[data-save]"));
  } else if (sent.matches("[data-all]")) {
    event.preventDefault();
    acts.submitAll(sent);
  } else if (sent.matches("[data-search]")) {
    event.preventDefault();
    acts.search(sent);
  } else if (sent.matches("[data-undo]")) {
    event.preventDefault();
    acts.undo(sent);
  } else if (sent.matches("[data-part]")) {
    event.preventDefault();
    acts.sendPart(sent, event.submitter);
  }
});

document.addEventListener("click", (event) => {
  const dropped = event.target.closest("[data-drop]");
  if (dropped) { acts.drop(dropped.dataset.drop); return; }
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const question = link.dataset.open ?? link.closest("[data-row]")?.dataset.row;
  if (!question || !row(question)) return;
  event.preventDefault();
  const fresh = "fresh" in link.dataset;
  acts.open(question, { fresh, leaving: !fresh });
});

for (const typing of ["input", "change"]) {
  document.addEventListener(typing, (event) => {
    if (event.target.name === "cited") acts.showCited();
    if (event.target.form?.id === "answer") {
      look();
      saveSoon();
    } else if (event.target.id === "comment") {
      if (event.target.value.trim()) kept.write(current(), { text: event.target.value }, "comment");
      else kept.forget(current(), "comment");
    }
  });
}

document.addEventListener("filled", acts.showCited);

function bringBackComment() {
  const comment = document.getElementById("comment");
  if (comment && !comment.value) comment.value = kept.read(current(), "comment")?.text ?? "";
}
document.addEventListener("shown", bringBackComment);

window.addEventListener("popstate", (event) => {
  const question = event.state?.question;
  if (question && row(question)) acts.open(question, { push: false });
  else location.reload();
});

// What is typed is kept and comes back; only a saving under way would be cut off.
window.addEventListener("beforeunload", (event) => { if (pending.size) event.preventDefault(); });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saveLeaving(); });

keys.listen();
mentions.listen();
if (current()) {
  history.replaceState({ question: current() }, "");
  row(current())?.scrollIntoView({ block: "nearest" });
  markUnsaved();
  restore();
  bringBackComment();
  fetchOn();
}
