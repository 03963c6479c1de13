"""What was confirmed to a user survives a server that is killed at any moment."""

from __future__ import annotations

import contextlib
import io
import json
import re
import socket
import threading
import time
import urllib.error
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.integration.server import Server, Visitor
from tests.lantern import PASSWORD

QUESTIONS = 120


def workbook(questions: int = QUESTIONS) -> bytes:
    book = Workbook()
    sheet = book.create_sheet("Questions", 0)
    sheet.append(["No.", "Question", "Answer", "Details"])
    subjects = (
        "Is customer data encrypted at rest",
        "Are code changes reviewed",
        "How often are patches applied to host",
    )
    for number in range(1, questions + 1):
        sheet.append([str(number), f"{subjects[number % 3]} in area {number}?", None, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "instance")
    done = server.command(
        "users", "add", "root@example.com", "--name", "Root", "--role", "administrator", "--password", PASSWORD
    )
    assert done.returncode == 0, done.stderr
    server.start()
    yield server
    server.kill()


def again(server: Server) -> Visitor:
    """Kill the server, start it, and sign in anew."""
    server.kill()
    server.start()
    visitor = Visitor(server)
    visitor.sign_in("root@example.com")
    return visitor


def upload(visitor: Visitor, file: bytes) -> str:
    """Return the path of the questionnaire made of `file`."""
    _, page = visitor.get("/questionnaires/new")
    scope = re.search(r'<option value="([^"]*Sourcegraph[^"]*cloud[^"]*)"', page)
    assert scope, page
    fields = {"customer": "Globex", "scope": scope[1].replace("&amp;", "&"), "due": ""}
    path, page = visitor.post("/questionnaires/new", page, fields, ("globex.xlsx", file))
    found = re.match(r"/questionnaires/\d+", path)
    assert found, page
    return found[0]


def drafted(visitor: Visitor, path: str, seconds: float = 60) -> str:
    """Return the table page once all is drafted."""
    deadline = time.monotonic() + seconds
    while (progress := json.loads(visitor.get(f"{path}/progress")[1]))["drafting"]:
        assert time.monotonic() < deadline, progress
        time.sleep(0.2)
    assert progress == {"done": QUESTIONS, "total": QUESTIONS, "drafting": False, "error": ""}
    return visitor.get(f"{path}/table")[1]


def test_nothing_confirmed_is_lost_on_the_way_of_a_questionnaire(server: Server) -> None:
    file = workbook()
    visitor = Visitor(server)
    visitor.sign_in("root@example.com")

    path = upload(visitor, file)
    visitor = again(server)  # killed right after the upload was confirmed
    assert visitor.fetch(f"{path}/original") == file

    _, page = visitor.get(f"{path}/found")
    visitor.post(f"{path}/confirm", page, {"version": "1"})
    visitor = again(server)  # killed while it drafts
    table = drafted(visitor, path)
    assert table.count("Is customer data encrypted at rest in area") == QUESTIONS // 3

    _, page = visitor.get(f"{path}/review")
    question = re.search(r'data-question="(\d+)"', page)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert question
    assert version
    fields = {"version": version[1], "text": "Approved wording that must stay.", "choice": ""}
    visitor.post(f"/questions/{question[1]}/approve", page, fields)
    visitor = again(server)  # killed right after an approval
    _, page = visitor.get(f"{path}/review/{question[1]}")
    assert "Approved wording that must stay." in page
    assert "approved" in page

    _, page = visitor.get(f"{path}/completion")
    dying = threading.Timer(0.05, server.kill)  # killed while it completes
    dying.start()
    with contextlib.suppress(OSError, urllib.error.URLError):
        visitor.post(f"{path}/complete", page, {})
    dying.join()
    visitor = again(server)
    _, page = visitor.get(f"{path}/completion")
    visitor.post(f"{path}/complete", page, {})
    _, page = visitor.get(f"{path}/completion")
    downloads = re.findall(r"/completed/\d+/download", page)
    for download in dict.fromkeys(downloads):
        content = visitor.fetch(download)
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        values = {cell.value for row in load_workbook(io.BytesIO(content))["Questions"].iter_rows() for cell in row}
        assert "Approved wording that must stay." in values
    assert downloads

    server.kill()
    checked = server.command("check")
    assert checked.returncode == 0, checked.stderr


def test_half_an_upload_leaves_nothing(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(
            b"POST /questionnaires/new HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\nContent-Disposition: form-data"
        )
        server.kill()
    server.start()
    visitor = Visitor(server)
    visitor.sign_in("root@example.com")
    assert "globex.xlsx" not in visitor.get("/")[1]


def test_a_start_that_is_killed_while_it_indexes_is_made_good_by_the_next(tmp_path: Path) -> None:
    server = Server(tmp_path / "instance")
    for wait in (0.3, 0.5, 0.7, 0.9, 1.1, 1.3):
        server.start(wait=False)
        time.sleep(wait)
        server.kill()
    server.start()
    server.kill()
    checked = server.command("check")
    assert checked.returncode == 0, checked.stderr


def test_the_first_link_opens_the_page_that_makes_the_account(tmp_path: Path) -> None:
    server = Server(tmp_path / "instance")
    address = server.command("users", "first").stdout.strip()
    server.start()
    try:
        path, page = Visitor(server).get(address.removeprefix(server.address))
        assert path.startswith("/invitations/")
        assert 'type="password"' in page
    finally:
        server.kill()
