// Shows how far the drafting is, and loads the page anew when it is done and nothing typed would be lost.

const part = document.getElementById("drafting");
const bar = document.getElementById("drafting-bar");
const count = document.getElementById("drafting-count");

/** Whether a field holds something else than what was loaded. */
function typed(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") {
    const options = [...field.options];
    return field.value !== (options.find((option) => option.defaultSelected) ?? options[0])?.value;
  }
  return field.value !== field.defaultValue;
}

/** Whether something typed is not saved: in a form here, on its way, or refused and kept to go back to. */
const unsaved = () => document.querySelector(".row-saving, .row-refused") !== null
  || [...document.querySelectorAll("form :is(textarea, select, input:not([type=hidden]))")].some(typed);

async function look() {
  let wait = 700;
  try {
    const answer = await fetch(part.dataset.address, { headers: { "X-Part": "progress" } });
    if (answer.ok) {
      const progress = await answer.json();
      if (!progress.drafting && !unsaved()) { location.reload(); return; }
      bar.max = Math.max(progress.total, 1);
      bar.value = progress.done;
      count.textContent = progress.drafting ? `${progress.done} of ${progress.total}` : "done, shown when what you typed is saved";
    } else if (answer.status === 401) {
      if (!unsaved()) location.reload();
      return;
    }
  } catch { wait = 3000; }
  setTimeout(look, wait);
}

if (part) setTimeout(look, 300);
