// What stands in the form of the answer: whether it is saved, and bringing back what was typed before.

import * as kept from "./kept.js";
import { current, form, row, shown, tell } from "./page.js";
import { wayIn } from "../session.js";

const values = (answer, name) => [...answer.elements].filter((field) => field.name === name);

/** What the form holds; of what may be cited, the digests. */
export function fields(answer) {
  const data = new FormData(answer);
  const typed = Object.fromEntries(["choice", "text", "not_applicable", "reason"].map((name) => [name, data.get(name) ?? ""]));
  return { ...typed, cited: data.getAll("cited") };
}

function differs(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") {
    return ![...field.options].some((option) => option.selected && option.defaultSelected) && field.value !== "";
  }
  return field.value !== field.defaultValue;
}

const altered = (answer, names) => !!answer && !answer.elements.text.matches(":disabled")
  && names.some((name) => values(answer, name).some(differs));

/** Whether saving would change the answer; what a refusal left in the form counts as not saved. */
export function changed(answer = form()) {
  return altered(answer, ["text", "choice", "cited", "not_applicable"]) || "refused" in (answer?.dataset ?? {});
}

/** Whether the answer saved itself while it was typed here, and nobody has said since that it is done. */
export const unsettled = () => "itself" in (form()?.dataset ?? {});

/** Whether the form may save itself: only what nobody has handed on yet, and never a reason that is half typed. */
export function savesItself(answer = form()) {
  return ["unanswered", "drafted"].includes(shown().dataset.state)
    && !("refused" in answer.dataset) && !("stuck" in answer.dataset)
    && altered(answer, ["text", "choice", "cited"]) && !altered(answer, ["not_applicable", "reason"])
    && !!(fields(answer).text.trim() || fields(answer).choice);
}

export function state(sentence, { bad = false, open = false, act = null } = {}) {
  const line = document.getElementById("save-state");
  if (!line || (line.textContent === sentence && !act)) return;
  line.textContent = sentence;
  line.classList.toggle("save-open", open);
  line.classList.toggle("save-bad", bad);
  const door = bad ? wayIn() : null;
  if (door) line.append(" ", door);
  if (act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = act.name;
    button.addEventListener("click", act.run);
    line.append(button);
  }
}

/** Say whether the answer is saved, and keep what is not. */
export function look() {
  const answer = form();
  if (!answer || answer.elements.text.matches(":disabled")) return;
  const question = current();
  const open = changed(answer);
  if (open || altered(answer, ["reason"])) {
    kept.write(question, { version: answer.elements.version.value, fields: fields(answer) });
  } else {
    kept.forget(question);
  }
  row(question)?.classList.toggle("row-unsaved", open);
  const wanted = document.getElementById("choice-wanted");
  if (wanted && fields(answer).choice) wanted.hidden = true;
  if ("stuck" in answer.dataset) return; // why it was not saved stays in sight until somebody compares
  if (open && "refused" in answer.dataset) state("Not saved, kept in this browser", { bad: true });
  else if (open) state("Not saved yet, kept in this browser", { open });
  else if (shown().dataset.state === "unanswered") state("");
  else state(unsettled() ? "Saved as you type" : "Saved");
}

function fill(answer, typed) {
  for (const name of ["text", "not_applicable", "reason"]) {
    if (typed[name] !== undefined && answer.elements[name]) answer.elements[name].value = typed[name];
  }
  for (const field of values(answer, "choice")) {
    if (field.type === "radio") field.checked = field.value === typed.choice;
    else field.value = typed.choice;
  }
  if (typed.cited) for (const box of values(answer, "cited")) box.checked = typed.cited.includes(box.value);
  answer.dispatchEvent(new Event("filled", { bubbles: true }));
}

/** Bring back what was typed here and not saved: into the form, or beside it when the answer has changed since. */
export function restore() {
  const answer = form();
  const record = answer && kept.read(current());
  if (!record || answer.elements.text.matches(":disabled") || "refused" in answer.dataset) return;
  const now = fields(answer);
  // Blanks at the ends are not saved.
  const same = ["text", "choice", "not_applicable", "reason"].every((name) => (record.fields[name] ?? now[name]).trim() === now[name].trim());
  if (same && (record.fields.cited ?? now.cited).join() === now.cited.join()) {
    kept.forget(current());
  } else if (record.version === answer.elements.version.value) {
    fill(answer, record.fields);
    look();
    tell("What you typed here before is back; it is not saved yet.");
  } else {
    beside(answer, record);
  }
}

function beside(answer, record) {
  const block = document.getElementById("typed-before").content.firstElementChild.cloneNode(true);
  const { choice, text, not_applicable: reason } = record.fields;
  block.querySelector(".versus-text").textContent = [choice, text, reason].filter(Boolean).join("\n");
  block.querySelector("[data-restore]").addEventListener("click", () => {
    fill(answer, record.fields);
    block.remove();
    look();
  });
  block.querySelector("[data-forget]").addEventListener("click", () => {
    kept.forget(current());
    row(current())?.classList.remove("row-unsaved");
    block.remove();
  });
  answer.before(block);
}

/** Take what was sent for what is saved, while somebody may go on typing. */
export function settle(answer, sent, version) {
  answer.elements.version.value = version;
  for (const name of ["text", "not_applicable"]) if (answer.elements[name]) answer.elements[name].defaultValue = sent.get(name) ?? "";
  for (const field of [...values(answer, "choice"), ...values(answer, "cited")]) {
    if (field.type === "radio" || field.type === "checkbox") field.defaultChecked = sent.getAll(field.name).includes(field.value);
    else if (field.tagName === "SELECT") for (const option of field.options) option.defaultSelected = option.value === sent.get("choice");
    else field.defaultValue = sent.get("choice") ?? "";
  }
}
