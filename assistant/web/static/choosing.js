// Choosing several questions of a page for one act: one by one, a range with Shift, or all.

const chosen = document.getElementById("chosen");
const all = document.getElementById("choose-all");
const sentence = document.getElementById("chosen-count")?.textContent;
let last = null; // the box that was set last, where a range begins

export const boxes = (within = document) => [...within.querySelectorAll('input[name="question"]')];

/** Say how many are chosen, and offer what can be done with them. */
export function count() {
  if (!chosen) return;
  const number = boxes().filter((box) => box.checked).length;
  document.getElementById("chosen-count").textContent = number ? `${number} chosen` : sentence;
  for (const button of chosen.querySelectorAll("button")) button.disabled = !number;
  if (all) show(all, boxes());
  for (const share of document.querySelectorAll("[data-choose-share]")) show(share, boxes(share.closest("section")));
}

/** Let a box that stands for several say whether all, some or none of them are chosen. */
function show(box, several) {
  const number = several.filter((one) => one.checked).length;
  box.checked = number > 0 && number === several.length;
  box.indeterminate = number > 0 && number < several.length;
}

function set(several, checked) {
  for (const box of several) box.checked = checked;
  count();
}

document.addEventListener("click", (event) => {
  const box = event.target.closest('input[name="question"]');
  if (!box) return;
  const list = boxes();
  if (event.shiftKey && last && list.includes(last)) {
    const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((one, other) => one - other);
    for (const between of list.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
  count();
});

document.addEventListener("change", (event) => {
  if (event.target === all) set(boxes(), all.checked);
  else if (event.target.matches("[data-choose-share]")) set(boxes(event.target.closest("section")), event.target.checked);
});

count();
window.addEventListener("pageshow", count);
