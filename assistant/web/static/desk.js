// The review desk without reloading: the next question is fetched ahead and shown at once; saving
// happens behind it, and what was refused is kept, with all that was typed, until somebody goes back.
// The server answers with pieces of the page (#progress, #row-…, #question) that are swapped in.

const notice = document.getElementById("notice");
const keys = document.getElementById("keys");
const ahead = new Map(); // question -> promise of its element, fetched before it is asked for
const pending = new Map(); // question -> promise of the saving under way
const refused = new Map(); // question -> its element with the refusal and what was typed
let moving = false;
let editing = null; // the approved question that `e` was pressed for, so that keys may change it
let commanded = ""; // the key whose command ran last; held down, it does nothing more

const shown = () => document.getElementById("question");
const current = () => shown()?.dataset.question;
const approved = () => shown()?.dataset.state === "approved";
const form = () => document.getElementById("answer");
const rows = () => [...document.querySelectorAll("#rows [data-row]")];
const row = (question) => document.getElementById(`row-${question}`);
const address = (question) => row(question)?.querySelector("a").href;
const inField = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

function tell(sentence, { bad = false, question = null } = {}) {
  notice.textContent = sentence;
  notice.classList.toggle("notice-bad", bad);
  if (question) {
    const back = document.createElement("a");
    back.href = address(question);
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

async function fetchPart(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { "X-Part": "question" } });
  if (answer.headers.get("Content-Type")?.includes("json")) {
    const { problem, stale } = await answer.json();
    throw Object.assign(new Error(problem), { stale });
  }
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  const question = part.getElementById("question");
  if (!question) throw new Error("The server cannot be understood just now.");
  return { part, question, ok: answer.ok };
}

/** Post a form; when its token is of an earlier session, once more with the token of this one. */
async function post(url, body, page) {
  try {
    return await fetchPart(url, { method: "POST", body });
  } catch (problem) {
    if (!problem.stale) throw problem;
    const { question } = await fetchPart(page);
    body.set("csrf_token", question.querySelector("[name=csrf_token]").value);
    return fetchPart(url, { method: "POST", body });
  }
}

function fetchAhead(question) {
  if (!question || !address(question) || ahead.has(question) || refused.has(question)) return ahead.get(question);
  // Never read what is just being saved.
  const fetched = Promise.resolve(pending.get(question))
    .then(() => fetchPart(address(question)))
    .then((answer) => (answer.ok ? answer.question : Promise.reject(new Error())));
  fetched.catch(() => ahead.delete(question));
  ahead.set(question, fetched);
  return fetched;
}

/** Swap in what stands around a question: its row in the list, and the progress. */
function swapAround(part) {
  document.getElementById("progress").replaceWith(part.getElementById("progress"));
  for (const fresh of part.querySelectorAll("[data-row]")) {
    const old = document.getElementById(fresh.id);
    if (!old) continue;
    fresh.toggleAttribute("aria-current", false);
    if (old.hasAttribute("aria-current")) fresh.setAttribute("aria-current", "true");
    old.replaceWith(fresh);
  }
}

function display(element, { push = true } = {}) {
  editing = null;
  shown().replaceWith(element);
  element.dispatchEvent(new Event("shown", { bubbles: true }));
  const question = element.dataset.question;
  for (const item of rows()) {
    if (item.dataset.row === question) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  }
  row(question)?.scrollIntoView({ block: "nearest" });
  if (push && address(question)) history.pushState({ question }, "", address(question));
  document.getElementById("question-text").focus({ preventScroll: true });
  fetchAhead(neighbour(1));
}

function neighbour(step) {
  const all = rows();
  const at = all.findIndex((item) => item.dataset.row === current());
  return all[at + step]?.dataset.row;
}

async function open(question, { push = true, leave = true, fresh = false } = {}) {
  if (!question) { tell("There is no further question in this list."); return; }
  if (leave && changed()) {
    // Saving would undo the approval, which nobody asks for by looking at the next question.
    if (approved()) keep(shown(), "has an approved answer; what you typed there is not saved.");
    else send(form().action, new FormData(form()), "saved");
  }
  const kept = refused.get(question);
  refused.delete(question);
  row(question)?.classList.remove("row-refused");
  if (fresh) ahead.delete(question);
  if (kept && !fresh) { display(kept, { push }); return; }
  moving = true;
  try {
    const element = await fetchAhead(question);
    ahead.delete(question);
    display(element, { push });
  } catch {
    location.href = address(question);
  } finally {
    moving = false;
  }
}

/** Whether anything in the form differs from what was loaded. */
function changed() {
  const answer = form();
  if (!answer || answer.elements.text.matches(":disabled")) return false;
  return [...answer.elements].some((field) => {
    if (field.name === "cited" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return ![...field.options].some((option) => option.selected && option.defaultSelected)
      && field.value !== "";
    return ["text", "choice", "not_applicable"].includes(field.name) && field.value !== field.defaultValue;
  });
}

/** Keep a question with what was typed, until somebody goes back to it. */
function keep(element, sentence) {
  const { question, name } = element.dataset;
  refused.set(question, element);
  row(question)?.classList.add("row-refused");
  tell(`${name} ${sentence}`, { bad: true, question });
}

function drop(question) {
  refused.delete(question);
  row(question)?.classList.remove("row-refused");
  tell("");
  if (current() === question) open(question, { fresh: true, leave: false });
}

/** Save behind the page; tells whether it was saved. `stay` shows the result here, because there is no next question. */
function send(url, body, done, stay = false) {
  const leaving = shown();
  const { question, name, state } = leaving.dataset;
  const work = (async () => {
    ahead.delete(question);
    row(question)?.classList.add("row-saving");
    try {
      const { part, question: element, ok } = await post(url, body, address(question));
      swapAround(part);
      const here = current() === question;
      const said = () => element.querySelector("[role=alert]").textContent.trim().replace(/\s+/g, " ");
      if (!ok && !here) keep(element, `was not ${done}: ${said()}`);
      else if (here && (stay || !ok)) display(element, { push: false });
      const undone = state === "approved" && element.dataset.state !== "approved";
      if (ok) tell(`${name} ${done}${undone ? "; its approval is gone" : ""}.`);
      else if (here) tell("");
      return ok;
    } catch (problem) {
      const sentence = problem instanceof TypeError ? "the server does not answer." : problem.message;
      if (current() === question) tell(`${name} was not ${done}: ${sentence}`, { bad: true });
      else keep(leaving, `was not ${done}: ${sentence}`);
      return false;
    } finally {
      row(question)?.classList.remove("row-saving");
      pending.delete(question);
    }
  })();
  pending.set(question, work);
  return work;
}

function act(button) {
  if (moving || pending.has(current())) return;
  const answer = form();
  if ("reject" in button.dataset && !answer.elements.reason.value.trim()) {
    answer.elements.reason.focus();
    tell("Say why it is rejected, so that the author can mend it.", { bad: true });
    return;
  }
  const data = new FormData(answer);
  if ("goesOn" in button.dataset && !["text", "choice", "not_applicable"].some((name) => data.get(name)?.trim())) {
    tell("There is no answer here yet: write one, or take a source.", { bad: true });
    return;
  }
  const next = "goesOn" in button.dataset ? neighbour(1) : undefined;
  send(button.getAttribute("formaction") || answer.action, data, button.dataset.done, !next);
  if (next) open(next, { leave: false });
}

/** Put the text of a source into the answer and cite it: in place of an untouched draft, else behind what is there. */
function take(source) {
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
  tell("The text of the source is in the answer; it is saved when you approve, submit or go on.");
}

function showCited() {
  for (const box of document.querySelectorAll("input[name=cited]")) {
    box.closest(".source").classList.toggle("source-cited", box.checked);
  }
}

async function search(asked) {
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
    tell(problem.message, { bad: true });
  }
}

/** Save what is typed here before all drafts are submitted, for it belongs to them. */
async function submitAll(sent) {
  if (changed() && !approved()) send(form().action, new FormData(form()), "saved", true);
  const saved = await Promise.all(pending.values());
  if (saved.every(Boolean)) sent.submit();
}

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.id === "answer") {
    event.preventDefault();
    if (event.submitter?.name === "take") take(event.submitter.closest(".source"));
    else act(event.submitter ?? document.querySelector("[data-save]"));
  } else if (sent.matches("[data-all]")) {
    event.preventDefault();
    submitAll(sent);
  } else if (sent.matches("[data-search]")) {
    event.preventDefault();
    search(sent);
  } else if (sent.matches("[data-part]")) {
    event.preventDefault();
    if (!pending.has(current())) send(sent.action, new FormData(sent), sent.dataset.done, true);
  }
});

document.addEventListener("click", (event) => {
  const dropped = event.target.closest("[data-drop]");
  if (dropped) { drop(dropped.dataset.drop); return; }
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const question = link.dataset.open ?? link.closest("[data-row]")?.dataset.row;
  if (!question || !row(question)) return;
  event.preventDefault();
  const fresh = "fresh" in link.dataset;
  open(question, { fresh, leave: !fresh });
});

document.addEventListener("change", (event) => { if (event.target.name === "cited") showCited(); });

function reveal(id, field) {
  const part = document.getElementById(id);
  if (!part) return;
  part.open = true;
  part.querySelector(field).focus({ preventScroll: true });
  part.scrollIntoView({ block: "nearest" });
}

function choose(key) {
  const choice = document.querySelector(`#answer input[data-key="${key}"], #answer option[data-key="${key}"]`);
  if (!choice || choice.matches(":disabled")) return;
  if (choice.type === "radio") choice.checked = true;
  else choice.selected = true;
  tell(`Choice: ${choice.value}.`);
}

/** Change the answer by a key; an approved one only after `e`, so that no stray key touches it. */
function change(act) {
  if (approved() && editing !== current()) tell("This answer is approved: press e first to change it.");
  else act();
}

function nextGap() {
  const all = rows();
  const at = all.findIndex((item) => item.dataset.row === current());
  const gap = [...all.slice(at + 1), ...all.slice(0, at)].find((item) => item.dataset.state === "unanswered");
  if (gap) open(gap.dataset.row);
  else tell("No other question in this list is without an answer.");
}

function edit() {
  editing = current();
  const text = form()?.elements.text;
  text?.focus();
  text?.setSelectionRange(text.value.length, text.value.length);
}

const press = (key) => document.querySelector(`#answer button[data-key="${key}"]`)?.click();

const COMMANDS = {
  j: () => open(neighbour(1)),
  k: () => open(neighbour(-1)),
  g: nextGap,
  a: () => press("a"),
  s: () => press("s"),
  e: edit,
  r: () => reveal("reject-part", "#reason"),
  x: () => reveal("not-applicable-part", "#not_applicable"),
  y: () => change(() => choose("y")),
  n: () => change(() => choose("n")),
  "/": () => document.getElementById("search")?.focus(),
};

function keyInField(event) {
  const field = event.target;
  if (event.key === "Escape") document.getElementById("question-text")?.focus({ preventScroll: true });
  if (event.key !== "Enter" || field.form?.id !== "answer") return;
  if (event.repeat) {
    if (field.tagName !== "TEXTAREA") event.preventDefault();
    return;
  }
  if (field.id === "reason") { event.preventDefault(); act(document.querySelector("[data-reject]")); }
  else if (event.ctrlKey || event.metaKey) { event.preventDefault(); act(document.querySelector("[data-save]")); }
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.defaultPrevented) return;
  if (!event.repeat) commanded = "";
  // A key that is held repeats itself: only moving on may, not approving, nor typing where a command led.
  if (event.repeat && (event.key === commanded || !inField(event.target)) && !"jk".includes(event.key)) {
    if (event.key === commanded) event.preventDefault();
    return;
  }
  if (event.key === "?" && !inField(event.target)) {
    event.preventDefault();
    if (keys.open) keys.close(); else keys.showModal();
    return;
  }
  if (keys.open) return;
  if (inField(event.target)) { keyInField(event); return; }
  if (event.ctrlKey || event.metaKey || !current() || moving) return;
  const source = /^[1-5]$/.test(event.key) && document.querySelector(`.source[data-source="${event.key}"]`);
  const command = source ? () => change(() => take(source)) : COMMANDS[event.key];
  if (!command) return;
  event.preventDefault();
  commanded = event.key;
  command();
});

window.addEventListener("popstate", (event) => {
  const question = event.state?.question;
  if (question && row(question)) open(question, { push: false });
  else location.reload();
});

window.addEventListener("beforeunload", (event) => {
  if (pending.size || refused.size || changed()) event.preventDefault();
});

document.getElementById("keys-button")?.addEventListener("click", () => keys.showModal());

if (current()) {
  history.replaceState({ question: current() }, "");
  row(current())?.scrollIntoView({ block: "nearest" });
  fetchAhead(neighbour(1));
}
