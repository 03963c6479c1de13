// Whether the session that this page came with has ended, and the way to sign in and come back to it.

let door = "";

/** Note what the server says of it: where to sign in, or nothing while the session goes on. */
export function note(address = "") {
  door = address;
}

/** The link to sign in, for a message about what was refused; null while the session goes on. */
export function wayIn() {
  if (!door) return null;
  const link = document.createElement("a");
  link.href = door;
  link.textContent = "Sign in and come back";
  return link;
}
