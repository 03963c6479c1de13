// Pairs of a completed questionnaire are read anew as soon as another column is chosen, unless that would set back what
// somebody wrote or ticked: then the button does it, which says so.

let asked = 0;

const touched = (form) =>
  "kept" in form.dataset ||
  [...form.querySelectorAll(".pairs textarea, .pairs input")].some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );

document.addEventListener("change", async (event) => {
  if (!event.target.matches("[data-column]")) return;
  const form = document.getElementById("pairs"); // its buttons are called "action", and hide the property
  if (touched(form)) return;
  asked += 1;
  const mine = asked;
  const fields = new FormData(form);
  fields.set("action", "read");
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: fields });
    if (mine !== asked || touched(form)) return; // another column was chosen, or something written, meanwhile
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.getElementById("pairs");
    if (!fresh) throw new Error("not read");
    document.getElementById("found").replaceWith(page.getElementById("found"));
    form.replaceWith(fresh);
    document.getElementById(event.target.id)?.focus();
  } catch {
    // The button below does the same, and says what is wrong.
  } finally {
    if (mine === asked) form.removeAttribute("aria-busy");
  }
});
