// Small things on every page; each page works without them.

// The server writes every time in the zone chosen for the account; without one it goes by this cookie.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split("; ").includes(`zone=${zone}`)) {
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
}

for (const form of document.querySelectorAll("form[data-filters]")) {
  form.addEventListener("change", (event) => { if (event.target.matches("select")) form.requestSubmit(); });
}

for (const field of document.querySelectorAll("[data-copy]")) {
  field.addEventListener("focus", () => field.select());
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // served without TLS, a page has no clipboard of its own
    }
    button.querySelector("span").textContent = "Copied";
  });
}

// A table wider than the window is scrolled by keyboard as well, where nothing in it can be reached.
const reach = () => {
  for (const part of document.querySelectorAll(".table-wrap:not(:has(a, button, input, select, textarea, summary, [tabindex]))")) {
    const name = part.querySelector("caption")?.textContent ?? part.closest("section")?.querySelector("h2, h3")?.textContent ?? "Table";
    const scrolls = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight;
    for (const [attribute, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", name.trim()]]) {
      if (scrolls) part.setAttribute(attribute, value);
      else part.removeAttribute(attribute);
    }
  }
};
reach();
window.addEventListener("resize", reach);

// An open menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A large file takes a moment to read: say so, and take no second click.
for (const form of document.querySelectorAll("form:not([method=dialog])")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || form.id === "answer" || form.method !== "post") return;
    setTimeout(() => {
      if (event.defaultPrevented) return;
      button.setAttribute("aria-busy", "true");
      button.disabled = true;
    });
  });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
});

const drop = document.getElementById("drop");
if (drop) {
  const file = drop.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("drop-over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.remove("drop-over"); });
  }
  drop.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) file.files = event.dataTransfer.files; });
}
