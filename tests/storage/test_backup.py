from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from assistant.errors import InputError, StateError
from assistant.people import Role
from assistant.storage import Database, backup
from assistant.workflow.records import Session
from tests.conftest import AUDIT_KEY, StandingClock
from tests.storage import samples

Members = list[tuple[str, bytes]]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    (folder / "products").mkdir(parents=True)
    (folder / "security.md").write_text("Keys are rotated.\n")
    (folder / "products" / "größe.yaml").write_text("- question: A dog?\n")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref: main\n")
    # As a mounted ConfigMap looks: the files are links into a hidden folder.
    (folder / "..data").mkdir()
    (folder / "..data" / "mounted.md").write_text("Logs are kept.\n")
    (folder / "mounted.md").symlink_to(Path("..data", "mounted.md"))
    (folder / "nowhere.md").symlink_to("gone.md")
    return folder


@pytest.fixture
def filled(store: Database) -> Database:
    with store.writing() as tx:
        ada = samples.person(tx)
        samples.questionnaire(tx, ada)
        tx.audit.record(ada, "uploaded", "questionnaire 1")
    return store


@pytest.fixture
def archive(filled: Database, knowledge: Path, tmp_path: Path) -> Path:
    target = tmp_path / "backup.tar.gz"
    backup.make(filled, knowledge, target)
    return target


def now() -> datetime:
    return samples.NOON


def members(archive: Path) -> Members:
    found: Members = []
    with tarfile.open(archive) as opened:
        for member in opened:
            content = opened.extractfile(member)
            assert content is not None
            found.append((member.name, content.read()))
    return found


def packed(target: Path, contents: Members, **attributes: Any) -> Path:
    with tarfile.open(target, "w:gz") as out:
        for name, content in contents:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for attribute, value in attributes.get(name, {}).items():
                setattr(info, attribute, value)
            out.addfile(info, io.BytesIO(content))
    return target


def adjusted(contents: Members, name: str, content: bytes) -> Members:
    """Return the contents with one more file, named by the manifest with its proper digest."""
    manifest = json.loads(contents[0][1])
    manifest["files"][name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return [("manifest.json", json.dumps(manifest).encode()), *contents[1:], (name, content)]


def test_a_backup_holds_the_database_and_the_visible_files_and_nothing_else(archive: Path) -> None:
    assert [name for name, _ in members(archive)] == [
        "manifest.json",
        "database",
        "knowledge/mounted.md",
        "knowledge/security.md",
        "knowledge/products/größe.yaml",
    ]
    assert archive.stat().st_mode & 0o077 == 0
    assert dict(members(archive))["knowledge/mounted.md"] == b"Logs are kept.\n"


def test_a_file_that_is_edited_while_a_backup_is_made_is_in_it_as_it_was_measured(
    filled: Database, knowledge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = filled.revision

    def edited_meanwhile() -> str | None:
        (knowledge / "security.md").write_text("Keys are rotated, and more was said of it.\n")
        return revision()

    monkeypatch.setattr(filled, "revision", edited_meanwhile)
    backup.make(filled, knowledge, tmp_path / "backup.tar.gz")
    backup.restore(tmp_path / "backup.tar.gz", filled, knowledge, staging=tmp_path, replace=True)
    assert (knowledge / "security.md").read_text() == "Keys are rotated.\n"


def test_a_backup_is_not_restored_under_another_audit_key(
    archive: Path, filled: Database, knowledge: Path, open_database: Callable[..., Database]
) -> None:
    manifest = dict(members(archive))["manifest.json"]
    assert AUDIT_KEY not in manifest
    other = open_database(b"another key of thirty-two characters")
    with pytest.raises(InputError, match=r"the file audit_key .* ASSISTANT_AUDIT_KEY"):
        backup.restore(archive, other, knowledge, staging=knowledge.parent, replace=True)
    with filled.reading() as tx:
        assert [event.action for event in tx.audit.events()] == ["uploaded"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_restored_database_is_readable_by_its_owner_only(archive: Path, filled: Database, knowledge: Path) -> None:
    file = Path(filled.url.database or "")
    file.chmod(0o644)
    backup.restore(archive, filled, knowledge, staging=knowledge.parent, replace=True)
    for made in file.parent.glob(f"{file.name}*"):
        assert made.stat().st_mode & 0o077 == 0


def test_everything_comes_back(archive: Path, filled: Database, knowledge: Path) -> None:
    with filled.reading() as tx:
        before = (tx.questionnaires.all(), tx.questionnaires.questions(1), tx.people.all())
    with filled.writing() as tx:
        samples.questionnaire(tx, samples.person(tx, Role.SALES, "Eve"), content=b"another file")
        tx.questionnaires.delete(1)
    (knowledge / "security.md").write_text("Keys are never rotated.\n")
    (knowledge / "new.md").write_text("New.\n")
    (knowledge / "products" / "größe.yaml").unlink()

    backup.restore(archive, filled, knowledge, replace=True, staging=knowledge.parent)

    with filled.reading() as tx:
        assert (tx.questionnaires.all(), tx.questionnaires.questions(1), tx.people.all()) == before
        assert tx.questionnaires.original(before[0][0].original) == b"the file"
        assert [event.action for event in tx.audit.events()] == ["restored a backup", "uploaded"]
        assert tx.audit.faults() == []
    assert (knowledge / "security.md").read_text() == "Keys are rotated.\n"
    assert (knowledge / "products" / "größe.yaml").exists()
    assert not (knowledge / "new.md").exists()
    assert (knowledge / ".git" / "HEAD").exists()


def test_the_guards_and_the_giving_out_of_ids_come_back_too(
    archive: Path, filled: Database, knowledge: Path, execute: Callable[..., None]
) -> None:
    backup.restore(archive, filled, knowledge, replace=True, staging=knowledge.parent)
    with pytest.raises(DatabaseError, match="only added to"):
        execute("DELETE FROM audit")
    with filled.writing() as tx:
        tx.questionnaires.delete(1)
        assert samples.questionnaire(tx, tx.people.all()[0].person) == 2


@pytest.fixture
def fresh(filled: Database, tmp_path: Path, clock: StandingClock, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database of the same kind, on another machine to which the key of the audit log was brought."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if not filled.is_sqlite:
        server = request.getfixturevalue("postgresql_server")
        url = server.url(server.create())
    database = Database(url, AUDIT_KEY, clock)
    yield database
    database.close()


def test_it_is_restored_into_a_new_database_without_a_flag(archive: Path, fresh: Database, tmp_path: Path) -> None:
    backup.restore(archive, fresh, tmp_path / "elsewhere" / "knowledge", staging=tmp_path)
    with fresh.reading() as tx:
        assert len(tx.questionnaires.questions(1)) == 2
        assert tx.audit.faults() == []
    assert (tmp_path / "elsewhere" / "knowledge" / "security.md").exists()


def test_sessions_do_not_come_back(filled: Database, knowledge: Path, tmp_path: Path) -> None:
    with filled.writing() as tx:
        account = tx.people.all()[0].id
        tx.people.add_session(Session("a" * 64, account, samples.NOON, samples.NOON, samples.NOON))
    backup.make(filled, knowledge, tmp_path / "backup.tar.gz")
    backup.restore(tmp_path / "backup.tar.gz", filled, knowledge, replace=True, staging=knowledge.parent)
    with filled.reading() as tx:
        assert tx.people.sessions(account) == []


def test_what_is_in_use_is_not_replaced_without_a_flag(archive: Path, filled: Database, knowledge: Path) -> None:
    with pytest.raises(StateError, match="--replace"):
        backup.restore(archive, filled, knowledge, staging=knowledge.parent)
    with filled.reading() as tx:
        assert [event.action for event in tx.audit.events()] == ["uploaded"]


@pytest.mark.parametrize(("name", "text"), [("security.md", "changed"), ("new.md", "new")])
def test_files_that_would_be_lost_are_not_replaced_without_a_flag(
    archive: Path, knowledge: Path, fresh: Database, name: str, text: str
) -> None:
    (knowledge / name).write_text(text)
    with pytest.raises(StateError, match=name):
        backup.restore(archive, fresh, knowledge, staging=knowledge.parent)
    assert (knowledge / name).read_text() == text
    assert fresh.revision() is None


class TestAnArchiveThatIsRefused:
    @pytest.fixture(autouse=True)
    def unchanged(self, filled: Database, archive: Path, knowledge: Path) -> Any:
        yield
        with filled.reading() as tx:
            assert [event.action for event in tx.audit.events()] == ["uploaded"]
        assert (knowledge / "security.md").read_text() == "Keys are rotated.\n"

    def refused(self, source: Path, filled: Database, knowledge: Path, message: str) -> None:
        with pytest.raises(InputError, match=message):
            backup.restore(source, filled, knowledge, replace=True, staging=knowledge.parent)

    def test_is_no_archive(self, filled: Database, knowledge: Path, tmp_path: Path) -> None:
        for content in (b"", b"not a backup", b"\x1f\x8b\x08\x00garbage"):
            (tmp_path / "bad").write_bytes(content)
            self.refused(tmp_path / "bad", filled, knowledge, "not an intact backup|not a backup")

    def test_does_not_begin_with_a_manifest(self, archive: Path, filled: Database, knowledge: Path) -> None:
        packed(archive, members(archive)[1:])
        self.refused(archive, filled, knowledge, "not a backup of the assistant")

    def test_is_cut_off(self, archive: Path, filled: Database, knowledge: Path) -> None:
        archive.write_bytes(archive.read_bytes()[:-2000])
        self.refused(archive, filled, knowledge, "not an intact backup|damaged")

    def test_has_a_file_that_was_altered(self, archive: Path, filled: Database, knowledge: Path) -> None:
        contents = [(n, c if n != "knowledge/security.md" else b"Keys are rotatet.\n") for n, c in members(archive)]
        self.refused(packed(archive, contents), filled, knowledge, "security.md has another digest")

    def test_lacks_a_file(self, archive: Path, filled: Database, knowledge: Path) -> None:
        self.refused(packed(archive, members(archive)[:-1]), filled, knowledge, "missing")

    def test_has_a_file_twice_or_one_the_manifest_does_not_name(
        self, archive: Path, filled: Database, knowledge: Path
    ) -> None:
        contents = members(archive)
        self.refused(packed(archive, [*contents, contents[-1]]), filled, knowledge, "not what the manifest says")
        self.refused(packed(archive, [*contents, ("more", b"")]), filled, knowledge, "not what the manifest says")

    def test_names_a_place_outside(self, archive: Path, filled: Database, knowledge: Path, tmp_path: Path) -> None:
        contents = members(archive)
        for name in (
            "../escape.md",
            "/etc/escape.md",
            "knowledge/../../escape.md",
            "knowledge/./security.md",
            "knowledge/.git/config",
            "knowledge//x.md",
            "knowledge/a\\..\\b",
            "knowledge",
            "index/_MAIN_1.toc",
            "audit_key",
        ):
            self.refused(packed(archive, adjusted(contents, name, b"x")), filled, knowledge, "refused")
        assert not list(tmp_path.glob("**/escape.md"))

    def test_holds_links_or_devices(self, archive: Path, filled: Database, knowledge: Path) -> None:
        contents = adjusted(members(archive), "knowledge/link.md", b"")
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE):
            packed(archive, contents, **{"knowledge/link.md": {"type": kind, "linkname": "/etc/passwd"}})
            self.refused(archive, filled, knowledge, "not what the manifest says")

    def test_has_a_manifest_that_cannot_be_read(self, archive: Path, filled: Database, knowledge: Path) -> None:
        contents = members(archive)
        for manifest in (
            b"",
            b"[]",
            b"{}",
            b'{"format": 1, "files": {"a": 1}}',
            b'{"format": 1, "made": "", "files": {"a": {"size": "1", "sha256": ""}}}',
            b'{"format": 1, "made": "", "files": {}}',
        ):
            packed(archive, [("manifest.json", manifest), *contents[1:]])
            self.refused(archive, filled, knowledge, "manifest cannot be read")

    def test_is_of_a_newer_version_or_another_kind_of_database(
        self, archive: Path, filled: Database, knowledge: Path
    ) -> None:
        contents = members(archive)
        for change, message in (
            ({"format": 2}, "newer version"),
            ({"revision": "9999"}, "newer version"),
            ({"engine": "oracle"}, "oracle"),
        ):
            manifest = json.loads(contents[0][1]) | change
            packed(archive, [("manifest.json", json.dumps(manifest).encode()), *contents[1:]])
            self.refused(archive, filled, knowledge, message)

    def test_holds_a_database_with_damaged_pages(self, archive: Path, filled: Database, knowledge: Path) -> None:
        contents = dict(members(archive))
        database = contents.pop("database")
        middle = len(database) // 2
        spoilt = database[: middle - 6000] + b"\xff" * 12000 + database[middle + 6000 :]
        packed(archive, adjusted(list(contents.items()), "database", spoilt))
        self.refused(archive, filled, knowledge, "damaged|pg_restore failed|psql failed")

    def test_holds_a_database_that_is_none(self, archive: Path, filled: Database, knowledge: Path) -> None:
        contents = [item for item in members(archive) if item[0] != "database"]
        packed(archive, adjusted(contents, "database", b"garbage" * 1000))
        self.refused(archive, filled, knowledge, "damaged|pg_restore failed")


def test_a_link_in_the_knowledge_folder_leads_nowhere_else(
    archive: Path, filled: Database, knowledge: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (knowledge / "products" / "größe.yaml").unlink()
    (knowledge / "products").rmdir()
    outside.mkdir()
    (knowledge / "products").symlink_to(outside)
    with pytest.raises(InputError, match="leads out"):
        backup.restore(archive, filled, knowledge, replace=True, staging=knowledge.parent)
    assert list(outside.iterdir()) == []


def test_a_backup_that_fails_leaves_nothing_behind(filled: Database, knowledge: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar.gz"
    target.write_bytes(b"the one before")
    (knowledge / "secret.md").write_text("x")
    (knowledge / "gone").mkdir()
    (knowledge / "gone" / "file.md").write_text("x")
    before = sorted(tmp_path.iterdir())

    def unreadable(target: Path) -> None:
        target.write_bytes(b"half a da")
        raise OSError("No space left on device")

    filled.backup = unreadable  # type: ignore[method-assign]
    with pytest.raises(InputError, match="No space left"):
        backup.make(filled, knowledge, target)
    assert target.read_bytes() == b"the one before"
    assert sorted(tmp_path.iterdir()) == before


def test_a_database_that_cannot_be_read_is_not_saved(filled: Database, knowledge: Path, tmp_path: Path) -> None:
    lost = Database(
        f"sqlite:///{tmp_path / 'none' / 'a.db'}" if filled.is_sqlite else "postgresql:///none?host=/none", b"key", now
    )
    with pytest.raises(InputError, match=r"could not be copied|pg_dump failed"):
        backup.make(lost, knowledge, tmp_path / "backup.tar.gz")
    assert not (tmp_path / "backup.tar.gz").exists()


@pytest.mark.parametrize("address", ["ada:hu%3Ash@db/assistant", "ada@db/assistant?password=hu%3Ash"])
def test_the_password_of_the_database_is_no_argument_of_a_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    told = tmp_path / "told"
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$PGPASSWORD" "$@" > {told}\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    Database(f"postgresql://{address}", b"key", now).backup(tmp_path / "copy")
    password, named, *arguments = told.read_text().split()
    assert (password, named) == ("hu:sh", "--dbname=postgresql://ada@db/assistant")
    assert "hu" not in "".join(arguments).replace(str(tmp_path), "")


def test_a_missing_folder_is_said_so(filled: Database, knowledge: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be written"):
        backup.make(filled, knowledge, tmp_path / "none" / "backup.tar.gz")


@pytest.mark.postgresql
def test_without_postgresqls_programs_it_is_said_what_to_install(
    filled: Database, knowledge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    target = tmp_path / "backup.tar.gz"
    if filled.is_sqlite:
        backup.make(filled, knowledge, target)
        return
    with pytest.raises(InputError, match="pg_dump was not found"):
        backup.make(filled, knowledge, target)
    assert not target.exists()


def test_a_backup_is_made_while_others_write(
    filled: Database, knowledge: Path, tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    target = tmp_path / "backup.tar.gz"
    with open_database().writing() as tx:
        tx.audit.record(None, "counted", "thing")
        backup.make(filled, knowledge, target)
    backup.restore(target, filled, knowledge, replace=True, staging=knowledge.parent)
    with filled.reading() as tx:
        assert [event.action for event in tx.audit.events()] == ["restored a backup", "uploaded"]
