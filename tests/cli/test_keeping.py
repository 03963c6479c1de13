"""Accounts, library, index, backup and the check, from the console."""

from __future__ import annotations

import os
from pathlib import Path

import pyotp
import pytest

from assistant.cli import serving
from assistant.storage.occupancy import alone, running
from tests.cli.conftest import Run

PASSWORD = "long enough for everybody"
ENTRY = """- question: Do you keep bees?
  answer: |-
    No.
    We keep none.
  choice: 'No'
  product: Sourcegraph
"""


def test_an_account_is_added_once(run: Run) -> None:
    add = ("users", "add", "ann@example.com", "--name", "Ann", "--role", "sales", "--password", PASSWORD)
    assert run(*add).status == 0
    assert run(*add).status == 1
    assert "ann@example.com\tsales" in run("users", "list").out


def test_a_weak_password_is_refused(run: Run) -> None:
    done = run("users", "add", "ann@example.com", "--name", "Ann", "--role", "sales", "--password", "short")
    assert done.status == 1
    assert "12" in done.err


def test_a_reset_link_needs_an_account(run: Run) -> None:
    assert run("users", "link", "nobody@example.com").status == 1


def test_the_library_goes_in_and_out_without_loss_and_only_once(run: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "entries.yaml", tmp_path / "out.yaml"
    file.write_text(ENTRY, encoding="utf-8")
    assert "1 of 1" in run("library", "import", file).out
    assert "0 of 1" in run("library", "import", file).out
    run("library", "export", out)
    assert "We keep none." in out.read_text(encoding="utf-8")
    assert "0 of 1" in run("library", "import", out).out


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_what_is_written_is_readable_by_whom_the_umask_says(run: Run, tmp_path: Path, mask: int, mode: int) -> None:
    run("users", "list")
    before = os.umask(mask)
    try:
        run("library", "export", tmp_path / "out.yaml")
    finally:
        os.umask(before)
    assert (tmp_path / "out.yaml").stat().st_mode & 0o777 == mode
    assert not list(tmp_path.glob(".out.yaml*"))


def test_a_faulty_library_file_names_its_line_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "entries.yaml"
    file.write_text(ENTRY + "- question: And wasps?\n  review_by: soon\n  answer: No.\n", encoding="utf-8")
    done = run("library", "import", file)
    assert done.status == 1
    assert "entries.yaml:8" in done.err
    run("library", "export", tmp_path / "out.yaml")
    assert "bees" not in (tmp_path / "out.yaml").read_text(encoding="utf-8")


def test_a_lost_second_factor_is_taken_away_on_the_console(run: Run) -> None:
    run("users", "add", "ann@example.com", "--name", "Ann", "--role", "sales", "--password", PASSWORD)
    assert "Ann has no second factor." in run("users", "forget-second-factor", "ann@example.com").err
    with serving.application() as app:
        with app.store.reading() as tx:
            ann = tx.people.by_email("ann@example.com")
        assert ann is not None
        code = app.accounts.factors.offer(ann.person, "seed").secret
        app.accounts.factors.switch_on(ann.person, "seed", PASSWORD, pyotp.TOTP(code).now())
    done = run("users", "forget-second-factor", "ann@example.com")
    assert "signs in with the password alone again" in done.out
    with serving.application() as app:
        assert not app.accounts.factors.standing(ann.person).on
    assert run("users", "forget-second-factor", "nobody@example.com").status == 1


def test_the_index_can_be_deleted_and_rebuilt(run: Run, tmp_path: Path) -> None:
    assert run("index", "rebuild").status == 0
    assert any((tmp_path / "instance" / "index").iterdir())


def test_a_backup_brings_accounts_back(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("users", "add", "ann@example.com", "--name", "Ann", "--role", "sales", "--password", PASSWORD)
    assert run("backup", tmp_path / "saved.tar.gz").status == 0
    monkeypatch.setenv("ASSISTANT_INSTANCE", str(tmp_path / "fresh"))
    monkeypatch.setenv("ASSISTANT_KNOWLEDGE", str(tmp_path / "knowledge"))
    (tmp_path / "knowledge").mkdir()
    done = run("restore", tmp_path / "saved.tar.gz")
    assert done.status == 1
    assert "copy the file audit_key" in done.err
    (tmp_path / "fresh" / "audit_key").write_bytes((tmp_path / "instance" / "audit_key").read_bytes())
    done = run("restore", tmp_path / "saved.tar.gz")
    assert done.status == 0, done.err
    assert "ann@example.com" in run("users", "list").out
    assert (tmp_path / "knowledge" / "profile.yaml").exists()


def test_nothing_is_restored_while_the_application_runs(run: Run, tmp_path: Path) -> None:
    run("users", "list")
    assert run("backup", tmp_path / "saved.tar.gz").status == 0
    with running(tmp_path / "instance"), running(tmp_path / "instance"):
        done = run("restore", tmp_path / "saved.tar.gz", "--replace")
        assert done.status == 1
        assert "stop it first" in done.err
    with alone(tmp_path / "instance"):
        done = run("serve")
        assert done.status == 1
        assert "being restored just now" in done.err
    assert run("restore", tmp_path / "saved.tar.gz", "--replace").status == 0


def test_check_lists_every_setting_and_finds_faults_in_the_knowledge(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("check").status == 0
    monkeypatch.setenv("ASSISTANT_KNOWLEDGE", str(tmp_path / "faulty"))
    (tmp_path / "faulty").mkdir()
    (tmp_path / "faulty" / "a.md").write_text("---\ntitle: No product\n---\n\nText.\n", encoding="utf-8")
    (tmp_path / "faulty" / "b.md").write_text("Text without a header.\n", encoding="utf-8")
    done = run("check")
    assert done.status == 1
    assert "a.md:" in done.err
    assert "b.md:1" in done.err
    assert "ASSISTANT_PORT=8000" in done.out


def test_a_misspelt_setting_is_pointed_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PROT", "9000")
    done = run("check")
    assert done.status == 1
    assert "ASSISTANT_PORT" in done.err


KEYS = """---
title: Keys
product: Lantern
---

Encryption keys are rotated every 90 days.

{second}
"""


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("We rotate encryption keys every 30 days.", "Contradictions: 1. Duplicates: 0."),
        ("Encryption keys are rotated every 90 days.", "Contradictions: 0. Duplicates: 1."),
    ],
)
def test_conflicts_in_a_folder_are_listed_with_file_and_line(run: Run, tmp_path: Path, second: str, said: str) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "keys.md").write_text(KEYS.format(second=second), encoding="utf-8")
    done = run("library", "conflicts", "--knowledge", tmp_path / "knowledge")
    assert done.status == 0
    assert said in done.out
    assert "keys.md:6  Encryption keys are rotated every 90 days." in done.out
    assert f"keys.md:8  {second}" in done.out


def test_without_a_folder_conflicts_of_the_instance_are_listed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_KNOWLEDGE", str(tmp_path / "knowledge"))
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "keys.md").write_text(KEYS.format(second=""), encoding="utf-8")
    file = tmp_path / "entries.yaml"
    file.write_text(
        "- question: How old do keys get?\n  answer: Encryption keys are rotated every 7 days.\n", encoding="utf-8"
    )
    run("library", "import", file)
    done = run("library", "conflicts")
    assert done.status == 0
    assert "“every 90 days” against “every 7 days”" in done.out
    assert "library/1:1  How old do keys get? → Encryption keys" in done.out
