"""The audit log as a page and as files."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from assistant.people import Role
from assistant.web import audit
from assistant.wiring import Application
from tests.lantern import account_of, person
from tests.web.client import CheckingClient, Page


def record(application: Application, action: str, subject: str = "thing 1", **after: object) -> None:
    with application.store.writing() as tx:
        tx.audit.record(person(application, Role.REVIEWER), action, subject, None, after or None)


def rows(page: Page) -> list[str]:
    body = next(iter(page.all("tbody")), None)
    return (
        [] if body is None else [" ".join(" ".join(row.itertext()).split()) for row in body if row.tag.endswith("tr")]
    )


def test_the_filters_stand_in_the_address(administrator: CheckingClient, application: Application) -> None:
    record(application, "counted")
    record(application, "weighed", "thing 2")
    reviewer = account_of(application, "reviewer@example.com").id
    assert len(rows(administrator.get(f"/audit?by={reviewer}&subject=thing+2"))) == 1
    page = administrator.get(f"/audit?by={reviewer}&action=counted")
    assert len(rows(page)) == 1
    fields = page.fields(page.form("/audit"))
    assert (fields["by"], fields["action"]) == ([str(reviewer)], ["counted"])
    assert "nothing was logged like that" in administrator.get("/audit?action=nothing").words.casefold()
    assert len(rows(administrator.get("/audit?by=0"))) > 3, "what the application did"


def test_days_are_those_of_the_viewer(administrator: CheckingClient, application: Application) -> None:
    record(application, "counted")
    today = application.store.now().date().isoformat()
    administrator.submit("/account", "/account/zone", {"zone": "UTC"})
    assert len(rows(administrator.get(f"/audit?action=counted&from={today}&to={today}"))) == 1
    assert rows(administrator.get("/audit?action=counted&to=2020-01-01")) == []
    administrator.get("/audit?from=0001-01-01&to=9999-12-31")
    assert "is no day" in administrator.get("/audit?from=yesterday", status=400).words


def test_pages_lead_to_older_events_and_back(
    administrator: CheckingClient, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    for number in range(5):
        record(application, "counted", f"thing {number}")

    def shown(page: Page) -> list[str]:
        return re.findall(r"thing \d", " ".join(rows(page)))

    def link(page: Page, rel: str) -> str:
        return next(a.get("href", "") for a in page.all("a") if a.get("rel") == rel)

    page = administrator.get("/audit?action=counted")
    assert shown(page) == ["thing 4", "thing 3"]
    page = administrator.get(link(page, "next"))
    assert shown(page) == ["thing 2", "thing 1"]
    last = administrator.get(link(page, "next"))
    assert shown(last) == ["thing 0"]
    assert not [a for a in last.all("a") if a.get("rel") == "next"]
    page = administrator.get(link(last, "prev"))
    assert shown(page) == ["thing 2", "thing 1"]
    page = administrator.get(link(page, "prev"))
    assert shown(page) == ["thing 4", "thing 3"]
    assert not [a for a in page.all("a") if a.get("rel") == "prev"]


def test_before_and_after_show_what_differs(administrator: CheckingClient, application: Application) -> None:
    with application.store.writing() as tx:
        tx.audit.record(
            None, "counted", "thing 1", {"text": "Kept for 30 days."}, {"text": "Kept for 90 days.", "why": None}
        )
    page = administrator.get("/audit?subject=thing+1")
    assert "<mark>30</mark> days" in page.text
    assert "<mark>90</mark> days" in page.text


def test_the_csv_holds_all_that_pass_and_no_formula(administrator: CheckingClient, application: Application) -> None:
    for subject in ("=1+1", "+1", "-1", "@x"):
        record(application, "counted", subject, text="Grüße")
    response = administrator.file("/audit/export.csv?action=counted")
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == list(audit.COLUMNS)
    assert [line[4] for line in lines] == ["'@x", "'-1", "'+1", "'=1+1"]
    assert lines[0][2] == "Reviewer Person"
    assert json.loads(lines[0][6]) == {"text": "Grüße"}


def test_the_json_lines_say_the_same(administrator: CheckingClient, application: Application) -> None:
    record(application, "counted", "=1+1", text="Grüße")
    response = administrator.file("/audit/export.jsonl?action=counted")
    (told,) = (json.loads(line) for line in response.get_data(as_text=True).splitlines())
    assert (told["subject"], told["after"], told["name"]) == ("=1+1", {"text": "Grüße"}, "Reviewer Person")


def test_an_export_reads_on_beyond_one_batch(
    administrator: CheckingClient, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.workflow.audit_log.BATCH", 3)
    for number in range(7):
        record(application, "counted", f"thing {number}")
    lines = administrator.file("/audit/export.jsonl?action=counted").get_data(as_text=True).splitlines()
    assert [json.loads(line)["subject"][-1] for line in lines] == list("6543210")


def test_that_it_was_exported_is_in_the_log(administrator: CheckingClient) -> None:
    administrator.file("/audit/export.csv?subject=account+1")
    assert "exported the audit log" in rows(administrator.get("/audit"))[0]


def test_there_are_two_kinds_of_files(administrator: CheckingClient) -> None:
    administrator.get("/audit/export.xml", status=404)
