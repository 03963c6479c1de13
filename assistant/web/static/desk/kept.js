// What was typed and not saved yet, kept in this browser for the one who typed it: it outlives a reload, another
// page, signing out and a refused saving. Where a browser keeps nothing, it lasts as long as the page.

const PREFIX = "assistant.typed";
const DAYS = 60;
const person = document.querySelector("[data-person]")?.dataset.person;
const memory = new Map();

const name = (question, what) => `${PREFIX}.${person}.${what}.${question}`;

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function read(question, what = "answer") {
  const key = name(question, what);
  try {
    const text = storage()?.getItem(key);
    return text ? JSON.parse(text) : memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function write(question, record, what = "answer") {
  const key = name(question, what);
  const dated = { ...record, at: Date.now() };
  memory.set(key, dated);
  try {
    storage()?.setItem(key, JSON.stringify(dated));
  } catch {
    // Full, or forbidden: it stands in the page's memory.
  }
}

export function forget(question, what = "answer") {
  const key = name(question, what);
  memory.delete(key);
  try {
    storage()?.removeItem(key);
  } catch {
    // It could not be kept there either.
  }
}

// What nobody came back to for so long is not wanted any more.
try {
  const store = storage();
  for (const key of Object.keys(store ?? {})) {
    if (!key.startsWith(`${PREFIX}.`)) continue;
    if (Date.now() - JSON.parse(store.getItem(key)).at > DAYS * 86_400_000) store.removeItem(key);
  }
} catch {
  // A browser that keeps nothing has nothing old.
}
