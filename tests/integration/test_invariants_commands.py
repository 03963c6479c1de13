"""Trying to break the invariants of the design through the commands; numbered as there.

No command approves, completes or words an answer: that is what most of these tests hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import State
from assistant.people import Role
from assistant.wiring import running
from tests.integration.conftest import ASKED, World, written
from tests.lantern import PASSWORD, workbook

SECRET = "Only zanzibarian engineers hold the quokka keys."
ANSWERS = (
    "SELECT questionnaire, position, text, location, fields, state, choice, answer, citations, author,"
    " approved_by, approved_at, approved_digest, version FROM questions ORDER BY id"
)


@pytest.fixture(scope="module")
def key(world: World) -> int:
    """A questionnaire with an approved, a submitted, a drafted and a worded answer."""
    key = world.upload()
    approved, submitted, _, worded = world.questions(key)
    world.answered(approved, SECRET)
    world.answered(worded, "We keep two.", approve=False)
    world.application.review.submit(world.person(Role.SALES), submitted.id, submitted.version)
    return key


@pytest.fixture(scope="module")
def ran(world: World, key: int, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command printed or wrote, run beside the application; and the answers before and after all of them."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "in.xlsx").write_bytes(workbook())
    (folder / "answers.jsonl").write_text(json.dumps({"location": "Security!B2", "choice": "Yes"}) + "\n")
    entry = "- question: Do you keep bees?\n  answer: 'No.'\n  product: Lantern\n"
    (folder / "entries.yaml").write_text(entry, encoding="utf-8")
    knowledge = ("--knowledge", world.folder / "knowledge", "--product", "Lantern", "--deployment", "cloud")
    told = {"answers before": str(world.rows(ANSWERS)), "completed before": str(world.rows("SELECT id FROM completed"))}
    for name, arguments in {
        "suggest": ("suggest", *knowledge, "--format", "jsonl", "-"),
        "inspect": ("inspect", folder / "in.xlsx"),
        "fill": (
            "fill", folder / "in.xlsx", *knowledge, "--output", folder / "draft.xlsx", "--report", folder / "r.html",
        ),
        "fill given": (
            "fill", folder / "in.xlsx", *knowledge, "--output", folder / "given.xlsx",
            "--answers", folder / "answers.jsonl",
        ),
        "verify": ("verify", folder / "in.xlsx", folder / "draft.xlsx"),
        "library export": ("library", "export", folder / "out.yaml"),
        "library import": ("library", "import", folder / "entries.yaml"),
        "users list": ("users", "list"),
        "users add": (
            "users", "add", "console@example.com", "--name", "Con", "--role", "reviewer", "--password", PASSWORD,
        ),
        "users link": ("users", "link", "console@example.com"),
        "backup": ("backup", folder / "saved.tar.gz"),
        "check": ("check",),
    }.items():  # fmt: skip
        done = world.command(*arguments, given="\n".join(ASKED))
        assert done.status == 0, f"{name}: {done.err}"
        told[name] = done.out + done.err
    told["library file"] = (folder / "out.yaml").read_text(encoding="utf-8")
    told["report"] = (folder / "r.html").read_text(encoding="utf-8")
    told["draft"] = str(written((folder / "draft.xlsx").read_bytes()))
    told["answers after"] = str(world.rows(ANSWERS))
    told["completed after"] = str(world.rows("SELECT id FROM completed"))
    return told


def test_1_no_command_approves_or_completes(ran: dict[str, str]) -> None:
    assert ran["answers after"] == ran["answers before"]
    assert ran["completed after"] == ran["completed before"]


def test_1_what_a_command_drafts_says_that_nobody_reviewed_it(ran: dict[str, str]) -> None:
    assert "nobody has reviewed" in ran["fill"].casefold()


def test_2_an_account_made_on_the_console_is_recorded_and_no_answer_is_touched(
    ran: dict[str, str], world: World
) -> None:
    with world.application.store.reading() as tx:
        added = next(event for event in tx.audit.events() if event.action == "added an account")
    assert added.by is None
    assert added.after is not None
    assert added.after["email"] == "console@example.com"
    assert ran["answers after"] == ran["answers before"]


def test_3_every_answer_a_command_proposes_comes_with_the_passage_it_rests_on(
    ran: dict[str, str], world: World
) -> None:
    statement = (world.folder / "knowledge" / "lantern.md").read_text(encoding="utf-8").splitlines()
    proposed = [json.loads(line) for line in ran["suggest"].splitlines() if line.startswith("{")]
    assert any(told["answer"] for told in proposed)
    for told in proposed:
        assert (told["answer"] is None) is (told["status"] != "suggested")
        for passage in told["passages"]:
            first, last = passage["lines"]
            if passage["path"] == "lantern.md":
                assert passage["text"] in " ".join(statement[first - 1 : last])


def test_4_commands_leave_the_chain_whole(ran: dict[str, str], world: World) -> None:
    assert "No faults found." in ran["check"]
    with world.application.store.reading() as tx:
        assert tx.audit.faults() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'never happened' WHERE id = 2",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
        'UPDATE audit SET "by" = NULL WHERE id = (SELECT max(id) FROM audit WHERE "by" IS NOT NULL)',
    ],
)
def test_4_the_check_tells_of_a_log_that_was_altered(statement: str, make_world: Callable[[], World]) -> None:
    world = make_world()
    world.upload()
    assert world.command("check").status == 0
    world.tamper(statement)
    done = world.command("check")
    assert done.status == 1
    assert "audit log: " in done.err


def test_5_a_command_cannot_overwrite_what_people_edit(ran: dict[str, str], world: World, key: int) -> None:
    """There is none that writes answers, and none that resets the version by which an edit is told from another."""
    assert ran["answers after"] == ran["answers before"]
    item = world.questions(key)[2]
    assert item.answer.state is State.DRAFTED
    world.application.review.edit(world.person(Role.SALES), item.id, item.version, choice="Yes", text="It is.")


def test_5_nothing_is_restored_over_an_application_that_runs(ran: dict[str, str], world: World, tmp_path: Path) -> None:
    saved = tmp_path / "saved.tar.gz"
    assert world.command("backup", saved).status == 0
    before = world.rows(ANSWERS)
    with running(world.application.settings):
        done = world.command("restore", saved, "--replace")
    assert done.status == 1
    assert world.rows(ANSWERS) == before


def test_6_nothing_of_a_customers_answers_comes_out_of_a_command(ran: dict[str, str]) -> None:
    for name in ("suggest", "inspect", "fill", "report", "draft", "library export", "library file", "users list"):
        assert "zanzibarian" not in ran[name], name
    assert "Acme" not in ran["library file"]
