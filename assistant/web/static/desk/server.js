// Asking the server for parts of a page. It answers with the parts, or with a sentence that says what is wrong.

import * as session from "../session.js";

/** Ask for the question with what stands around it, or with `wanted` "row" only for what stands around it. */
export async function fetchPart(url, options = {}, wanted = "question") {
  const answer = await fetch(url, { ...options, headers: { "X-Part": wanted } });
  if (answer.headers.get("Content-Type")?.includes("json")) {
    const { problem, stale, sign_in: door } = await answer.json();
    session.note(door);
    throw Object.assign(new Error(problem), { stale });
  }
  if (answer.redirected) {
    location.href = answer.url; // what was asked for led elsewhere, for instance to the queue
    return new Promise(() => {});
  }
  session.note();
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!part.getElementById("progress")) throw new Error("The server cannot be understood just now.");
  const said = part.getElementById("said")?.textContent.trim() ?? "";
  return { part, question: part.getElementById("question"), said, ok: answer.ok };
}

/** Post a form; when its token is of an earlier session, once more with the token of this one, read from `page`. */
export async function post(url, body, page, wanted) {
  // What was done is finished even when somebody leaves the page at once; browsers allow that up to 64 kB.
  const keepalive = [...body.values()].join("").length < 20_000;
  try {
    return await fetchPart(url, { method: "POST", body, keepalive }, wanted);
  } catch (problem) {
    if (!problem.stale) throw problem;
    const { part } = await fetchPart(page);
    body.set("csrf_token", part.querySelector("[name=csrf_token]").value);
    return fetchPart(url, { method: "POST", body }, wanted);
  }
}

/** What a problem is called to whoever reads the page. */
export const sentenceOf = (problem) => problem instanceof TypeError ? "the server does not answer." : problem.message;
