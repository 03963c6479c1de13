// The desk by keyboard. A key means one thing; the list that `?` shows names them all.

import * as acts from "./acts.js";
import { current, inField, neighbour } from "./page.js";

const list = document.getElementById("keys");
let commanded = ""; // the key whose command ran last; held down, it does nothing more

const press = (key) => document.querySelector(`#answer button[data-key="${key}"]`)?.click();

const COMMANDS = {
  j: () => acts.open(neighbour(1)),
  k: () => acts.open(neighbour(-1)),
  g: acts.openGap,
  a: () => press("a"),
  p: () => press("p"),
  u: () => acts.undo(document.querySelector("[data-undo]")),
  e: acts.edit,
  r: () => acts.reveal("reject-part", "#reason"),
  x: () => acts.reveal("not-applicable-part", "#not_applicable"),
  s: () => acts.reveal("assign-part", "#assign-person"),
  c: () => acts.reveal("comments", "#comment"),
  y: () => acts.change(() => acts.choose("y")),
  n: () => acts.change(() => acts.choose("n")),
  "/": () => document.getElementById("search")?.focus(),
};

function keyInField(event) {
  const field = event.target;
  if (event.key === "Escape") document.getElementById("question-text")?.focus({ preventScroll: true });
  if (event.key !== "Enter") return;
  const whole = event.ctrlKey || event.metaKey;
  if (field.form?.matches("[data-part]") && whole && !event.repeat) {
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  if (field.form?.id !== "answer") return;
  if (event.repeat) {
    if (field.tagName !== "TEXTAREA") event.preventDefault();
    return;
  }
  if (field.id === "reason") { event.preventDefault(); acts.act(document.querySelector("[data-reject]")); }
  else if (whole) { event.preventDefault(); acts.act(document.querySelector("[data-save]")); }
}

export function listen() {
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
      if (list.open) list.close(); else list.showModal();
      return;
    }
    if (list.open) return;
    if (inField(event.target)) { keyInField(event); return; }
    if (event.ctrlKey || event.metaKey || acts.busy()) return;
    if (!current()) {
      // Nothing is open: the page says where to go on.
      if (event.key === "j") document.querySelector("[data-further]")?.click();
      if (event.key === "u") COMMANDS.u();
      return;
    }
    const source = /^[1-5]$/.test(event.key) && document.querySelector(`.source[data-source="${event.key}"]`);
    const command = source ? () => acts.change(() => acts.take(source)) : COMMANDS[event.key];
    if (!command) return;
    event.preventDefault();
    commanded = event.key;
    command();
  });
  document.getElementById("keys-button")?.addEventListener("click", () => list.showModal());
}
