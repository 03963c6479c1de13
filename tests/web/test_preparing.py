"""Pages are served while the search index is built; those that need it say so and look again."""

from __future__ import annotations

import io
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from assistant.matching import Matcher
from assistant.people import Role
from assistant.settings import Settings
from assistant.web import create_app
from assistant.wiring import Application
from tests.lantern import environment, person, workbook
from tests.web.client import CheckingClient
from tests.web.conftest import signed_in


@pytest.fixture
def starting(furnished: Path, tmp_path: Path) -> Iterator[Application]:
    """An application that just came up, before anything is indexed."""
    folder = tmp_path / "furnished"
    shutil.copytree(furnished, folder)
    shutil.rmtree(folder / "instance" / "index")
    with Application.build(Settings.from_environment(environment(folder)), indexed=False) as application:
        yield application


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
    deadline = time.monotonic() + 20
    while not any(item.answer.text for item in starting.review.desk(person(starting, Role.SALES), key).questions):
        assert time.monotonic() < deadline
        time.sleep(0.02)
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
    begun, go_on = threading.Event(), threading.Event()

    def slow(*_: object) -> bool:
        begun.set()
        return go_on.wait(10)

    monkeypatch.setattr(Matcher, "refresh", slow)
    starting.worker.start()
    assert begun.wait(10)
    starting.worker.stop()
    assert not starting.knowledge.ready
    go_on.set()


def test_a_fault_in_a_file_is_no_reason_to_wait(starting: Application, sales: CheckingClient) -> None:
    (starting.settings.knowledge / "lantern.md").write_text("---\ntitle: No product\n---\nText.\n", encoding="utf-8")
    starting.knowledge.refresh()
    assert starting.knowledge.ready
    assert not starting.knowledge.scopes
    assert sales.get("/library").words
