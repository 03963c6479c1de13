// The table without leaving it: rows are edited in place, and several are chosen for one act.

import { count } from "./choosing.js";
import * as kept from "./desk/kept.js";
import { swapCounts, tell } from "./desk/page.js";
import { fetchPart, post, sentenceOf } from "./desk/server.js";
import { wayIn } from "./session.js";

const table = document.querySelector("table.answers");

/** Swap in what the server answered: the row and, with it, the progress. */
function swap(part, old) {
  const fresh = part.querySelector("tr");
  const wasChosen = old.querySelector('input[name="question"]')?.checked || old.dataset.chosen;
  const box = fresh.querySelector('input[name="question"]');
  if (box) box.checked = Boolean(wasChosen);
  else if (wasChosen) fresh.dataset.chosen = "yes"; // a row that is being edited cannot be chosen, and is again afterwards
  old.replaceWith(fresh);
  count();
  swapCounts(part);
  return fresh;
}

const typedIn = (row) => ({
  text: row.querySelector("textarea").value,
  choice: row.querySelector("[name=choice]")?.value ?? "",
});

async function edit(row) {
  try {
    const { part } = await fetchPart(`${row.dataset.address}${row.dataset.address.includes("?") ? "&" : "?"}edit=1`);
    const fresh = swap(part, row);
    const record = kept.read(fresh.dataset.question);
    const field = fresh.querySelector("textarea");
    if (record && record.version === fresh.querySelector("[name=version]").value) {
      field.value = record.fields.text;
      const choice = fresh.querySelector("[name=choice]");
      if (choice) choice.value = record.fields.choice;
      look(fresh);
    }
    field.focus();
  } catch (problem) {
    tell(sentenceOf(problem), { bad: true });
  }
}

async function close(row) {
  kept.forget(row.dataset.question);
  try {
    swap((await fetchPart(row.dataset.address)).part, row).querySelector("[data-edit]")?.focus();
  } catch (problem) {
    tell(sentenceOf(problem), { bad: true });
  }
}

async function save(sent) {
  const row = sent.closest("tr");
  const { question } = row.dataset;
  state(row, "Saving…");
  try {
    const { part, ok } = await post(sent.action, new FormData(sent), row.dataset.address);
    const fresh = swap(part, row);
    if (ok) {
      kept.forget(question);
      tell(`${fresh.querySelector(".q-number").textContent} saved.`);
      fresh.querySelector("[data-edit]")?.focus();
    } else {
      // What was typed stays kept until it is saved or dropped; what stands there now is told beside it.
      tell("");
      fresh.querySelector("textarea").focus();
    }
  } catch (problem) {
    state(row, `Not saved, kept in this browser: ${sentenceOf(problem)}`, true);
  }
}

function state(row, sentence, bad = false) {
  const line = row.querySelector(".save-state");
  line.textContent = sentence;
  line.classList.toggle("save-bad", bad);
  const door = bad ? wayIn() : null;
  if (door) line.append(" ", door);
}

function look(row) {
  kept.write(row.dataset.question, { version: row.querySelector("[name=version]").value, fields: typedIn(row) });
  state(row, "Not saved yet, kept in this browser");
}

table?.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-question]");
  if (!row) return;
  if (event.target.closest('input[name="question"]')) return;
  if (event.ctrlKey || event.metaKey || event.button) return;
  if (event.target.closest("[data-cancel]")) { event.preventDefault(); close(row); }
  else if (event.target.closest("[data-edit]")) { event.preventDefault(); edit(row); }
  else if (event.target.closest(".clamp") && row.querySelector("[data-edit]") && getSelection().isCollapsed) edit(row);
});

table?.addEventListener("submit", (event) => {
  event.preventDefault();
  save(event.target);
});

for (const typing of ["input", "change"]) {
  table?.addEventListener(typing, (event) => {
    const row = event.target.closest("[data-editing]");
    if (row) look(row);
  });
}

table?.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-editing]");
  if (!row) return;
  if (event.key === "Escape") { event.preventDefault(); close(row); }
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    row.querySelector(".answers-form").requestSubmit();
  }
});
