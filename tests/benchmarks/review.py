"""How fast the review is: the pages' server time, and a questionnaire reviewed by keyboard in a real browser.

    python -m tests.benchmarks.review [--questions 300] [--pages 500] [--pause 500] [--no-browser]

A questionnaire over a small knowledge of its own is drafted. First the processor time for each page of the review is
measured with `--pages` questions in it, without a browser; it should stay below 100 ms. Then Chromium opens another
questionnaire with `--questions` questions, and somebody decides each of them by keyboard with `--pause` milliseconds in
between: `a` approves a draft and goes on, once more where it lacks a choice, `j` passes over a gap. Measured is the
time from the key to the next question being painted, and how many keys a decision took: within 200 ms, with at most two
keys.

Not a test: what it prints depends on the machine.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from assistant.people import Person, Role
from assistant.statement import Scope
from assistant.web import create_app
from assistant.wiring import Application
from tests.browser.serving import served
from tests.lantern import PASSWORD, build, says

THINGS = "customer data,backups,source code,laptops,access logs,encryption keys,passwords,networks,suppliers,employees"
DEEDS = (
    "encrypted,reviewed every year,protected by multi-factor authentication,monitored around the clock,"
    "tested for vulnerabilities,kept for 90 days,deleted on request,documented in a policy,scanned for malware,"
    "kept in two data centers"
)
WHERE = "in production,at suppliers,in the office,during development,for contractors"

REVIEW = """
const [questions, pause] = [arguments[0], arguments[1]];
const desk = document.getElementById("desk");
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const press = (key) => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const shown = () => document.getElementById("question").dataset;
(async () => {
  const times = [], keys = [];
  for (let turn = 0; turn < questions - 1; turn += 1) {
    const before = shown().question, drafted = shown().state === "drafted";
    const begun = performance.now();
    const swapped = new Promise((resolve) => {
      const look = new MutationObserver(() => {
        if (shown().question !== before) { look.disconnect(); resolve(); }
      });
      look.observe(desk, { childList: true });
    });
    press(drafted ? "a" : "j");
    const asked = document.getElementById("choice-wanted");
    const wanted = drafted && shown().question === before && asked?.checkVisibility();
    if (wanted) press("a");
    keys.push(wanted ? 2 : 1);
    await swapped;
    await painted();
    times.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return { times, keys };
})().then((found) => { window.found = found; }, (problem) => { window.found = { problem: String(problem) }; });
"""
"""Somebody at the keyboard; one key for a decision, two where a choice is wanting, with a pause to read in between."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument(
        "--pause", type=int, default=250, help="milliseconds between the next question and the next key"
    )
    parser.add_argument("--no-browser", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assistant-benchmark-") as folder, application(Path(folder)) as app:
        reviewer = app.accounts.add("rosa@example.com", "Rosa Reviewer", Role.REVIEWER, PASSWORD).person
        pages(app, drafted(app, reviewer, wanted.pages))
        if not wanted.no_browser:
            keyboard(app, reviewer, drafted(app, reviewer, wanted.questions), wanted.questions, wanted.pause)


@contextmanager
def application(folder: Path) -> Iterator[Application]:
    """Return an application over statements that answer about half of what is asked."""
    lines = ["---", "title: Security at Lantern", "product: Lantern", "---", ""]
    for at, thing in enumerate(THINGS.split(",")):
        deeds = DEEDS.split(",")
        lines += [f"# {thing.capitalize()}", ""]
        lines += [line for deed in deeds[at % 2 :: 2] for line in (f"All {thing} are {deed}.", "")]
    says(folder, "\n".join(lines))
    with build(folder) as app:
        yield app


def drafted(app: Application, by: Person, count: int) -> int:
    """Return a drafted questionnaire with so many questions."""
    asked = [
        (where, f"Are {thing} {deed} {where}?")
        for where in WHERE.split(",")
        for thing in THINGS.split(",")
        for deed in DEEDS.split(",")
    ]
    rows = ["No.,Section,Question,Answer,Comment"]
    rows += [f"Q-{number},{where},{text},," for number, (where, text) in enumerate(asked[:count], 1)]
    key = app.intake.receive(by, "\n".join(rows).encode(), "bench.csv", customer="Acme", scope=Scope("Lantern"))
    app.layouts.confirm(by, key, 1)
    while app.worker.run_once():
        pass
    return key


def pages(app: Application, key: int) -> None:
    """Print the processor time of the server for each page of the review."""
    client = create_app(app).test_client()
    token = app.accounts.sign_in("rosa@example.com", PASSWORD, "127.0.0.1", "benchmark")
    with client.session_transaction() as session:
        session["_user_id"] = token
    with app.store.reading() as tx:
        questions = tx.questionnaires.questions(key)
    states = {state: sum(item.answer.state == state for item in questions) for state in ("drafted", "unanswered")}
    middle = questions[len(questions) // 2].id
    print(f"{len(questions)} questions, {states}; processor time of the server, median of 7:")
    part = {"X-Part": "question"}
    for name, address, headers in (
        ("desk", f"/questionnaires/{key}/review", {}),
        ("desk, filtered and sorted", f"/questionnaires/{key}/review?show=drafted&sort=-confidence", {}),
        ("one question for the script", f"/questionnaires/{key}/review/{middle}", part),
        ("table", f"/questionnaires/{key}/table", {}),
        ("one row for the script", f"/questions/{middle}/row?edit=1", part),
        ("queue", "/queue", {}),
        ("history", f"/questions/{middle}/history", {}),
    ):
        times = []
        for _ in range(8):
            begun = time.process_time()
            assert client.get(address, headers=headers).status_code == 200, address
            times.append(1000 * (time.process_time() - begun))
        print(f"  {name:<28} {median(times[1:]):6.1f} ms")


def keyboard(app: Application, by: Person, key: int, count: int, pause: int) -> None:
    """Print how long the next question took to be there, key by key."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        sys.exit("Chromium and chromedriver are needed for the rest: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900"):
        options.add_argument(argument)
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    with chrome as browser, served(create_app(app)) as address:
        browser.get(f"{address}/sign-in")
        browser.find_element(By.ID, "email").send_keys("rosa@example.com")
        browser.find_element(By.ID, "password").send_keys(PASSWORD + "\n")
        WebDriverWait(browser, 10).until(lambda _: "Rosa Reviewer" in browser.page_source)
        first = app.review.desk(by, key).questions[0].id
        browser.get(f"{address}/questionnaires/{key}/review/{first}")
        time.sleep(1)
        begun = time.perf_counter()
        browser.execute_script(REVIEW, count, pause)
        while (found := browser.execute_script("return window.found")) is None:
            time.sleep(1)
        taken = time.perf_counter() - begun
    if "problem" in found:
        sys.exit(found["problem"])
    times, keys = sorted(found["times"]), found["keys"]
    approved = app.review.desk(by, key).tally.approved
    late = sum(wait > 200 for wait in times)
    print(
        f"{count} questions by keyboard in {taken:.0f} s, {approved} approved, {sum(keys) / len(keys):.1f} keys each:"
    )
    print(
        f"  next question after {median(times):.0f} ms (median), {times[int(0.95 * len(times))]:.0f} ms (95 of 100), "
        f"{times[-1]:.0f} ms (slowest); {late} later than 200 ms"
    )


if __name__ == "__main__":
    main()
