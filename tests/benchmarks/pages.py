"""Server time of every page at 50 questionnaires of 500 questions and 10,000 library entries.

    python -m tests.benchmarks.pages [--keep FOLDER] [--profile PATH] [--runs 7]

The instance is made of generated forms, read by the real reader, and of answers in all states, put in through the
storage layer. Every GET route is asked in this process by an administrator: the first time, the median of the others,
the processor's share of it (on a busy machine the truer figure), the SQL statements. What takes more than 100 ms is
flagged. `--keep` uses the folder again. Not a test: making the instance takes minutes.
"""

from __future__ import annotations

import argparse
import cProfile
import logging
import pstats
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from assistant import documents
from assistant.answer import Answer, Approval, Citation, State, seen
from assistant.demo import forms
from assistant.people import Person, Role
from assistant.questionnaire import Question, Questionnaire
from assistant.settings import PROJECT, Settings
from assistant.statement import LibraryEntry, Scope
from assistant.suggestion import Status
from assistant.web import create_app
from assistant.wiring import Application
from assistant.workflow.assignments import Assignment
from assistant.workflow.noticing import GONE, digest_of
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage
from tests.benchmarks.matching import DEEDS, THINGS, WAYS, sentence

QUESTIONNAIRES, QUESTIONS, ENTRIES, FORMS = 50, 500, 10_000, 10
LIMIT = 0.1
PASSWORD = "a long enough password"
NOW = datetime.now(UTC)
SCOPE = Scope("Sourcegraph", "cloud")


def asked(draw: random.Random) -> str:
    """Return a question of about 15 words."""
    thing, deed, way = draw.choice(THINGS).strip(), draw.choice(DEEDS).strip(), draw.choice(WAYS).strip()
    kind = draw.choice(
        ("Are {0} {1} {2}", "Describe how {0} are {1}, for example {2}", "Is there a policy that {0} are {1} {2}")
    )
    return f"{kind.format(thing, deed, way)} in area {draw.randrange(400)}?"


def furnished(application: Application) -> None:
    """Fill an empty instance."""
    draw = random.Random(7)
    people = [
        application.accounts.add(f"{role.value}@example.com", f"{role.value.title()} Person", role, PASSWORD).person
        for role in Role
    ]
    with application.store.writing() as tx:
        for number in range(ENTRIES):
            tx.library.add(
                LibraryEntry(
                    question=asked(draw),
                    answer=" ".join(sentence(draw) for _ in range(2)),
                    product="Sourcegraph",
                    deployments=frozenset({"cloud"} if number % 3 else ()),
                    choice=("Yes", "No", "")[number % 3],
                    owner="security@example.com",
                    approved_by="Reviewer Person",
                    approved_on=date(2026, 1, 1) + timedelta(days=number % 300),
                    review_by=NOW.date() + timedelta(days=number % 400 - 20),
                    tags=(THINGS[number % len(THINGS)].strip(),),
                ),
                proposed=number % 200 == 0,
            )
    application.knowledge.refresh()
    application.library.retire(people[2], 77, "The supplier changed.")
    base = application.proposing.source(people[2], "sourcegraph.md")
    application.proposing.propose(
        people[2], base.path, base.digest, f"{base.text}\nMore is told on request.\n", "Asked"
    )
    with application.store.writing() as tx:  # a file that was away for a while
        tx.statements.add_version(base.path, digest_of(GONE), GONE, NOW)
        tx.statements.add_version(base.path, base.digest, base.text, NOW)
    passages = [*application.knowledge.knowledge.passages()]
    with application.store.reading() as tx:
        passages += [entry.passage(f"library/{key}") for key, entry in tx.library.all()[:300]]
    citations = [Citation.of(passage) for passage in passages if passage.citable(SCOPE, NOW.date())]
    for form in range(FORMS):
        texts = [(f"Area {number // 25 + 1}", asked(draw)) for number in range(QUESTIONS)]
        file = forms.workbook(f"Form {form}", texts)
        found = documents.inspect(file, "form.xlsx")
        for round_ in range(QUESTIONNAIRES // FORMS):
            number = form * (QUESTIONNAIRES // FORMS) + round_
            _add(application, draw, people, number, file, found, citations)


def _add(
    application: Application,
    draw: random.Random,
    people: Sequence[Person],
    number: int,
    file: bytes,
    found: Questionnaire,
    citations: Sequence[Citation],
) -> None:
    stage = (Stage.OPEN, Stage.OPEN, Stage.OPEN, Stage.COMPLETED, Stage.SENT)[number % 5]
    created = NOW - timedelta(days=6 * number + 1)
    done = {Stage.OPEN: 0.3, Stage.COMPLETED: 0.95, Stage.SENT: 1.0}[stage]
    reviewer = people[2]
    with application.store.writing() as tx:
        record = QuestionnaireRecord(
            id=0,
            name=f"Security questionnaire {number}.xlsx",
            customer=f"Customer {number % 35}",
            scope=SCOPE,
            due=(NOW + timedelta(days=number % 40 - 10)).date(),
            owner=people[number % 2 * 2].id,
            stage=Stage.OPEN,
            created=created,
            original=tx.questionnaires.add_original(file),
            found=replace(found, questions=()),
        )
        key = tx.questionnaires.add(
            record,
            [
                _question(draw, at, question, done, reviewer, created, citations)
                for at, question in enumerate(found.questions)
            ],
        )
        tx.audit.record(people[0], "uploaded", f"questionnaire {key}", None, {"file": record.name})
        saved = tx.questionnaires.questions(key)
        for item in saved[::7]:
            tx.audit.record(reviewer, "approved", item.subject, {"state": "drafted"}, {"state": "approved"})
        if stage is Stage.OPEN:
            tx.assignments.put(
                [
                    Assignment(item.id, key, people[1].id, NOW.date() + timedelta(days=3), people[0].id, NOW)
                    for item in saved[::9]
                ]
            )
            for item in saved[::50]:
                tx.comments.add(item.id, people[0].id, NOW, "Could somebody look at this one?", ())
    if stage is not Stage.OPEN:
        made = application.completion.complete(people[3], key)
        if stage is Stage.SENT:
            application.sent.note(people[3], made.id, "procurement@customer.example")


def _question(
    draw: random.Random,
    at: int,
    question: Question,
    done: float,
    reviewer: Person,
    created: datetime,
    citations: Sequence[Citation],
) -> QuestionRecord:
    status = draw.choices(list(Status), (45, 20, 28, 7))[0]
    confidence = draw.uniform(0.57, 0.95) if status is Status.SUGGESTED else draw.uniform(0.05, 0.5)
    answer = Answer()
    by_hand = status is not Status.SUGGESTED
    if not by_hand or draw.random() < done:
        cited = () if by_hand else (draw.choice(citations),)
        text = cited[0].text if cited else "We do so as described in our security policy, every year."
        author = reviewer.id if by_hand or draw.random() < 0.2 else None
        answer = Answer(State.DRAFTED, "Yes", text, cited, author=author)
        if draw.random() < done:
            moment = created + timedelta(days=draw.uniform(1, 6))
            approval = Approval(reviewer.id, moment, seen(question, SCOPE, answer))
            answer = replace(answer, state=State.APPROVED, approval=approval)
        elif draw.random() < 0.3:
            answer = replace(answer, state=State.SUBMITTED)
    return QuestionRecord(0, 0, at, question, answer, status, round(confidence, 4))


def addresses(application: Application, app: Flask) -> Iterator[str]:
    """Yield an address for every GET route, and some with filters and searches."""
    with application.store.reading() as tx:
        record = next(record for record in tx.questionnaires.all() if record.stage is Stage.OPEN)
        sent = next(record for record in tx.questionnaires.all() if record.stage is Stage.SENT)
        question = tx.questionnaires.questions(record.id)[250].id
        completed = tx.questionnaires.completed(sent.id)[0].id
        administrator = next(account.person for account in tx.people.all() if account.role is Role.ADMINISTRATOR)
        entry = tx.library.all()[4000][0]
        retired = next(event.id for event in tx.audit.events("library entry 77") if event.action == "retired")
        version = tx.statements.latest("sourcegraph.md")
        removals = [key for key, *_ in tx.statements.changes(10) if tx.statements.version(key).text == GONE]
    assert version is not None
    values = {
        "<int:entry>/changes/<int:event>": f"77/changes/{retired}",
        "<int:version>": version.id,
        "<int:proposal>": 1,
        "export.<form>": "export.yaml",
        "export.<kind>": "export.csv",
        "<int:key>": record.id,
        "<int:question>": question,
        "<int:completed>": completed,
        "<int:entry>": entry,
        "<int:account>": administrator.id,
        "<int:questionnaire>": record.id,
        "<path:path>": "sourcegraph.md",
        "<path:filename>": "app.css",
        "<key>": application.gaps.groups(administrator)[0].topic.key,
        "<name>": "bands",
    }
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(("/static", "/bootstrap")):
            continue
        address = rule.rule
        for name, value in values.items():
            address = address.replace(name, str(value))
        if "<" in address:
            print(f"skipped: {rule.rule}")
        else:
            yield address
    base = f"/questionnaires/{record.id}"
    yield from (
        "/?q=customer+3",
        "/library?q=encryption+keys",
        "/library?product=Sourcegraph&page=100",
        "/gaps?period=90",
        "/figures?period=all",
        "/audit?page=20",
        f"{base}/review?show=gap",
        f"{base}/review?search=keys",
        f"{base}/table?show=approved",
        *(f"/library/changes/{key}" for key in removals),
    )


def measured(client: FlaskClient, address: str, runs: int) -> tuple[int, float, float, float, int, int]:
    """Return status, seconds of the first request, median of the others, that of the processor's, SQL, bytes."""
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    took, worked = [], []
    event.listen(Engine, "before_cursor_execute", count)
    for _ in range(runs + 1):
        statements, begun, idle = 0, time.perf_counter(), time.process_time()
        with client.get(address) as response:
            size = len(response.get_data())
        took.append(time.perf_counter() - begun)
        worked.append(time.process_time() - idle)
    event.remove(Engine, "before_cursor_execute", count)
    return response.status_code, took[0], statistics.median(took[1:]), statistics.median(worked[1:]), statements, size


def main() -> None:
    """Make the instance if it is not there, and ask for every page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--profile", action="append", default=[])
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="assistant-pages-"))
    settings = Settings.from_environment(
        {"ASSISTANT_INSTANCE": str(folder), "ASSISTANT_KNOWLEDGE": str(PROJECT / "knowledge")}
    )
    begun = time.perf_counter()
    with Application.build(settings) as application:
        if not application.store.occupied():
            furnished(application)
        print(f"instance ready after {time.perf_counter() - begun:.0f} s")
        for name, work in (("conflicts", application.knowledge.find_conflicts), ("gaps", application.gaps.warm)):
            begun = time.perf_counter()
            work()
            print(f"{name}, as the worker finds them in between: {time.perf_counter() - begun:.1f} s")
        app = create_app(application)
        logging.disable(logging.CRITICAL)  # a page that fails is listed with its status
        client = app.test_client()
        token = application.accounts.sign_in("administrator@example.com", PASSWORD, "192.0.2.1", "Firefox/1 Linux")
        with client.session_transaction() as session:
            session["_user_id"] = token
        rows = []
        for address in chosen.profile or list(addresses(application, app)):
            if chosen.profile:
                profiled(client, address)
            status, first, median, worked, statements, size = measured(client, address, chosen.runs)
            rows.append((median, worked, first, statements, size, status, address))
        print(f"{'median':>8} {'CPU':>8} {'first':>8} {'SQL':>4} {'KB':>6}  page, times in ms")
        for median, worked, first, statements, size, status, address in sorted(rows, reverse=True):
            flag = " <-- slow" if median > LIMIT else ""
            odd = "" if status == 200 else f" ({status})"
            times = f"{median * 1000:8.1f} {worked * 1000:8.1f} {first * 1000:8.1f}"
            print(f"{times} {statements:4} {size / 1024:6.0f}  {address}{odd}{flag}")


def profiled(client: FlaskClient, address: str) -> None:
    """Print where the time of a page goes."""
    client.get(address)
    profile = cProfile.Profile()
    profile.runcall(client.get, address)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
