// Pairs of a completed questionnaire are read anew as soon as another column is chosen.

document.addEventListener("change", async (event) => {
  if (!event.target.matches("[data-column]")) return;
  const form = document.getElementById("pairs"); // its buttons are called "action", and hide the property
  const fields = new FormData(form);
  fields.set("action", "read");
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: fields });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.getElementById("pairs");
    if (!fresh) throw new Error("not read");
    document.getElementById("found").replaceWith(page.getElementById("found"));
    form.replaceWith(fresh);
    document.getElementById(event.target.id)?.focus();
  } catch {
    form.removeAttribute("aria-busy"); // the button below does the same, and says what is wrong
  }
});
