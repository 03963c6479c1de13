// Shows how far the drafting is, and loads the page anew when it is done.

const part = document.getElementById("drafting");
const bar = document.getElementById("drafting-bar");
const count = document.getElementById("drafting-count");

async function look() {
  let wait = 700;
  try {
    const answer = await fetch(part.dataset.address, { headers: { "X-Part": "progress" } });
    if (answer.ok) {
      const progress = await answer.json();
      if (!progress.drafting || progress.error) { location.reload(); return; }
      bar.max = Math.max(progress.total, 1);
      bar.value = progress.done;
      count.textContent = `${progress.done} of ${progress.total}`;
    } else if (answer.status === 401) { location.reload(); return; }
  } catch { wait = 3000; }
  setTimeout(look, wait);
}

if (part) setTimeout(look, 300);
