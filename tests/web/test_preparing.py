"""Pages are served while the search index is built; those that need it say so and look again."""

from __future__ import annotations

import errno
import io
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Set
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from assistant.matching import Matcher
from assistant.people import Role
from assistant.settings import Settings
from assistant.web import create_app
from assistant.wiring import Application
from tests.lantern import environment, person, workbook
from tests.web.client import CheckingClient
from tests.web.conftest import DATABASE, signed_in


@pytest.fixture
def starting(furnished: Path, tmp_path: Path) -> Iterator[Application]:
    """An application that just came up, before anything is indexed; its worker runs past no test."""
    before = set(threading.enumerate())
    folder = tmp_path / "furnished"
    shutil.copytree(furnished, folder)
    shutil.rmtree(folder / "instance" / "index")
    with Application.build(Settings.from_environment(environment(folder)), indexed=False) as application:
        yield application
    joined(before)


def joined(before: Set[threading.Thread]) -> None:
    """Wait for the worker that was begun since `before` and told to stop; other tests' own may run on."""
    for thread in set(threading.enumerate()) - before:
        if thread.name == "worker":
            thread.join(20)
            assert not thread.is_alive()


class Slow:
    """Lets the index be built when `go_on` is set, after `begun`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        real = Matcher.refresh

        def refresh(matcher: Matcher, *given: Any) -> bool:
            self.begun.set()
            assert self.go_on.wait(10)
            return real(matcher, *given)

        monkeypatch.setattr(Matcher, "refresh", refresh)


def failing(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    """Let the index be built no more, for `problem`."""

    def refresh(*_: object) -> bool:
        raise problem

    monkeypatch.setattr(Matcher, "refresh", refresh)


def dump(database: Path) -> list[str]:
    """Return all that the database holds."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def app(starting: Application) -> Flask:
    app = create_app(starting)
    app.testing = True
    return app


@pytest.fixture
def sales(app: Flask, starting: Application) -> CheckingClient:
    return signed_in(app, starting, Role.SALES)


def uploaded(sales: CheckingClient, application: Application) -> int:
    fields = {"customer": "Acme", "scope": "product=Lantern&deployment=cloud", "csrf_token": sales.token()}
    response = sales.raw.post("/questionnaires/new", data={**fields, "file": (io.BytesIO(workbook()), "acme.xlsx")})
    assert response.status_code == 302, response.text
    with application.store.reading() as tx:
        return tx.questionnaires.all()[0].id


def test_a_questionnaire_is_taken_in_at_once_and_drafted_when_the_index_is_there(
    sales: CheckingClient, starting: Application
) -> None:
    assert sales.raw.get("/health").json == {"database": "ok", "knowledge": "being indexed"}
    key = uploaded(sales, starting)
    page = sales.get(f"/questionnaires/{key}/found")
    assert page.words
    starting.layouts.confirm(person(starting, Role.SALES), key, 1)
    desk = f"/questionnaires/{key}/review"
    assert "This page looks again by itself" in sales.get(desk, status=503).words
    assert sales.raw.get(desk).headers["Refresh"] == "5"
    starting.worker.start()
    by = person(starting, Role.SALES)
    wait_until(lambda: any(item.answer.text for item in starting.review.desk(by, key).questions))
    assert sales.get(desk).words


def test_what_is_refused_meanwhile_says_when_to_try_again_and_keeps_what_was_typed(
    sales: CheckingClient, starting: Application
) -> None:
    uploaded(sales, starting)
    typed = {"text": "Every 90 days.", "version": "1", "csrf_token": sales.token()}
    refused = sales.raw.post("/questions/1/edit", data=typed)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "try again in half a minute" in refused.text
    assert "Every 90 days." in refused.text
    assert "Refresh" not in refused.headers, "nothing is sent twice"
    script = sales.raw.post("/questions/1/edit", data=typed, headers={"X-Part": "yes"})
    assert "just started" in (script.json or {})["problem"]


def test_ending_it_does_not_wait_for_the_index(starting: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    index, before = Slow(monkeypatch), set(threading.enumerate())
    starting.worker.start()
    assert index.begun.wait(10)
    starting.worker.stop()
    assert not starting.knowledge.ready
    index.go_on.set()
    joined(before)


def test_a_worker_that_was_told_to_end_changes_nothing_once_the_index_is_built(
    sales: CheckingClient, starting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uploaded(sales, starting)
    starting.layouts.confirm(person(starting, Role.SALES), key, 1)
    database = starting.settings.instance / DATABASE
    index, running = Slow(monkeypatch), set(threading.enumerate())
    starting.worker.start()
    assert index.begun.wait(10)
    starting.close()
    before = dump(database)
    index.go_on.set()
    joined(running)
    assert starting.knowledge.ready
    assert dump(database) == before
    assert starting.knowledge.refresh(), "what was left then is done by whoever comes next"


def test_an_index_that_cannot_be_built_is_told_with_what_to_mend_until_it_is(
    sales: CheckingClient, starting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        failing(broken, PermissionError(errno.EACCES, "Permission denied", "/srv/instance/index"))
        starting.worker.start()
        wait_until(lambda: starting.knowledge.hindrance)
        health = sales.raw.get("/health")
        assert health.status_code == 503
        assert health.json == {"database": "ok", "knowledge": "cannot be indexed; the log says why"}
        page = sales.get("/library", status=503)
        assert page.all("h1")[0].text == "The search index cannot be built"
        assert "Permission denied (/srv/instance/index)." in page.words
        assert "permissions, room on the disk, or a file in the knowledge folder" in page.words
        assert "half a minute" not in page.words
        assert sales.raw.get("/library").headers["Refresh"] == "5"
        assert sales.get("/").words, "what needs no index is served"
    wait_until(lambda: starting.knowledge.ready and starting.knowledge.hindrance is None)
    assert sales.raw.get("/health").json == {"database": "ok", "knowledge": "ok"}
    assert sales.get("/library").words


def test_what_keeps_the_index_from_being_built_is_told_since_the_first_try(
    starting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = []
    for problem in (OSError(errno.ENOSPC, "No space left on device"), ValueError("odd.\nSELECT 1"), KeyError()):
        failing(monkeypatch, problem)
        with pytest.raises(type(problem)):
            starting.knowledge.refresh()
        known.append(starting.knowledge.hindrance)
    assert [one.sentence for one in known if one] == ["No space left on device.", "ValueError: odd.", "KeyError."]
    assert len({one.since for one in known if one}) == 1


def test_an_index_that_is_whole_serves_on_when_a_newer_one_cannot_be_built(
    sales: CheckingClient, starting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    starting.knowledge.refresh()
    failing(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    (starting.settings.knowledge / "new.md").write_text("---\nproduct: Lantern\n---\nText.\n", encoding="utf-8")
    with pytest.raises(OSError, match="No space"):
        starting.knowledge.refresh()
    health = sales.raw.get("/health")
    assert (health.status_code, health.json) == (200, {"database": "ok", "knowledge": "at fault"})
    assert sales.get("/library").words


@pytest.mark.parametrize("address", ["/nothing-here", "/questionnaires/99", "/questionnaires/99/review"])
def test_what_is_not_there_is_not_waited_for(sales: CheckingClient, address: str) -> None:
    assert sales.get(address, status=404).words


def test_a_fault_in_a_file_is_no_reason_to_wait(starting: Application, sales: CheckingClient) -> None:
    (starting.settings.knowledge / "lantern.md").write_text("---\ntitle: No product\n---\nText.\n", encoding="utf-8")
    starting.knowledge.refresh()
    assert starting.knowledge.ready
    assert not starting.knowledge.scopes
    assert sales.get("/library").words
