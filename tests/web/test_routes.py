"""Who gets what answer from every route: each rule, method and role stands in the table.

`yes` is a page or a redirect to one, `no` a refusal by role, `in` the way to the sign-in form.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from assistant.answer import State
from assistant.matching import Matcher
from assistant.people import Role
from assistant.statement import LibraryEntry, Scope
from assistant.web.security import HEADERS
from assistant.wiring import Application
from assistant.workflow.assignments import Assignment
from assistant.workflow.knowledge import KnowledgeKeeper
from tests.lantern import PASSWORD, account_of, build, person, workbook
from tests.web.client import CheckingClient
from tests.web.conftest import DATABASE, signed_in

ALL = {Role.SALES, Role.EXPERT, Role.REVIEWER, Role.ADMINISTRATOR}
UPLOADERS = {Role.SALES, Role.REVIEWER, Role.ADMINISTRATOR}
APPROVERS = {Role.REVIEWER, Role.ADMINISTRATOR}
ADMINISTRATORS = {Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Row:
    """A route: who may use it (`None`: everybody, signed in or not), and what the request brings."""

    roles: set[Role] | None
    form: dict[str, str] | None = None


ANSWER = {"choice": "Yes", "text": "It is so.", "version": "{version}"}

ENTRY = {"question": "Are lamps switched off at night?", "answer": "They are."}

ENTRIES = {
    "/accept": "proposed",
    "/turn-down": "proposed",
    "/bring-back": "retired",
    "/changes/<int:event>": "changed",
}
"""Which entry of the library a route is tried with, by how its rule ends."""

TABLE: dict[tuple[str, str], Row] = {
    ("GET", "/static/<path:filename>"): Row(None),
    ("GET", "/bootstrap/static/<path:filename>"): Row(None),
    ("GET", "/health"): Row(None),
    ("GET", "/favicon.ico"): Row(None),
    ("GET", "/sign-in"): Row(None),
    ("POST", "/sign-in"): Row(None),
    ("GET", "/sign-in/code"): Row(None),
    ("POST", "/sign-in/code"): Row(None),
    ("GET", "/invitations/<link>"): Row(None),
    ("POST", "/invitations/<link>"): Row(None),
    ("POST", "/sign-out"): Row(ALL),
    ("GET", "/account"): Row(ALL),
    ("POST", "/account/password"): Row(ALL, {"old": PASSWORD, "password": PASSWORD + "!", "again": PASSWORD + "!"}),
    ("POST", "/account/zone"): Row(ALL, {"zone": "Europe/Berlin"}),
    ("POST", "/account/notifications"): Row(ALL, {"kind": "assigned"}),
    ("POST", "/account/sessions/<session_key>/end"): Row(ALL),
    ("POST", "/account/sessions/others/end"): Row(ALL),
    ("POST", "/account/sessions/end"): Row(ALL),
    ("GET", "/account/second-factor"): Row(ALL),
    ("POST", "/account/second-factor"): Row(ALL),
    ("POST", "/account/second-factor/off"): Row(ALL),
    ("POST", "/account/second-factor/codes"): Row(ALL),
    ("GET", "/help"): Row(ALL),
    ("GET", "/"): Row(ALL),
    ("GET", "/questionnaires/new"): Row(UPLOADERS),
    ("POST", "/questionnaires/new"): Row(UPLOADERS, {"customer": "Acme", "scope": "product=Lantern"}),
    ("GET", "/questionnaires/sample"): Row(ALL),
    ("GET", "/questionnaires/<int:key>"): Row(ALL),
    ("GET", "/questionnaires/<int:key>/found"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/confirm"): Row(UPLOADERS, {"version": "1"}),
    ("POST", "/questionnaires/<int:key>/take-in"): Row(UPLOADERS, {"version": "1", "place": "0"}),
    ("POST", "/questionnaires/<int:key>/draft"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/change"): Row(UPLOADERS, {"customer": "Acme", "version": "{record}"}),
    ("GET", "/questionnaires/<int:key>/scope"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/scope"): Row(UPLOADERS, {"scope": "product=Lantern", "version": "1"}),
    ("POST", "/questionnaires/<int:key>/delete"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/archive"): Row(UPLOADERS, {"archived": "yes"}),
    # Its owner, who is the reviewer here, and administrators.
    ("POST", "/questionnaires/<int:key>/restrict"): Row(APPROVERS, {"restricted": "yes", "version": "{record}"}),
    ("POST", "/questionnaires/<int:key>/members"): Row(APPROVERS, {"person": "{seller}"}),
    ("POST", "/questionnaires/<int:key>/members/<int:account>/remove"): Row(APPROVERS),
    ("GET", "/questionnaires/<int:key>/rounds"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/newer"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/reopen"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/follow"): Row(UPLOADERS, {"earlier": "{earlier}"}),
    ("GET", "/questionnaires/<int:key>/original"): Row(UPLOADERS),
    ("GET", "/questionnaires/<int:key>/layout"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/layout/correct"): Row(
        UPLOADERS, {"kind": "part", "part": "Security", "used": "yes", "version": "{record}"}
    ),
    ("POST", "/questionnaires/<int:key>/layout/undo"): Row(UPLOADERS, {"version": "{record}"}),
    ("POST", "/questionnaires/<int:key>/layout/reset"): Row(UPLOADERS, {"version": "{record}"}),
    ("POST", "/questionnaires/<int:key>/layout/confirm"): Row(UPLOADERS, {"version": "1"}),
    ("GET", "/questionnaires/<int:key>/review"): Row(ALL),
    ("GET", "/questionnaires/<int:key>/review/<int:question>"): Row(ALL),
    ("GET", "/questionnaires/<int:key>/table"): Row(ALL),
    ("POST", "/questionnaires/<int:key>/undo"): Row(ALL),
    ("POST", "/questionnaires/<int:key>/chosen/assign"): Row(
        UPLOADERS, {"question": "{question}", "person": "{account}"}
    ),
    ("POST", "/questionnaires/<int:key>/chosen/unassign"): Row(UPLOADERS, {"question": "{question}"}),
    ("POST", "/questionnaires/<int:key>/chosen/submit"): Row(ALL, {"question": "{question}"}),
    ("POST", "/questionnaires/<int:key>/chosen/approve"): Row(APPROVERS, {"question": "{question}"}),
    ("GET", "/questionnaires/<int:key>/progress"): Row(ALL),
    ("POST", "/questionnaires/<int:key>/submit"): Row(ALL),
    ("GET", "/questions/<int:question>/history"): Row(ALL),
    ("POST", "/questions/<int:question>/edit"): Row(ALL, ANSWER),
    ("GET", "/questions/<int:question>/row"): Row(ALL),
    ("POST", "/questions/<int:question>/row"): Row(ALL, ANSWER),
    ("POST", "/questions/<int:question>/opened"): Row(ALL, {"version": "{version}"}),
    ("POST", "/questions/<int:question>/assign"): Row(UPLOADERS, {"person": "{account}"}),
    ("POST", "/questions/<int:question>/unassign"): Row(ALL),
    ("POST", "/questions/<int:question>/comments"): Row(ALL, {"comment": "Is it so?"}),
    ("POST", "/comments/<int:comment>/remove"): Row({Role.REVIEWER}),  # whose comment it is
    ("GET", "/queue"): Row(ALL),
    ("POST", "/questions/<int:question>/submit"): Row(ALL, ANSWER),
    ("POST", "/questions/<int:question>/approve"): Row(APPROVERS, ANSWER),
    ("POST", "/questions/<int:question>/reject"): Row(APPROVERS, {**ANSWER, "reason": "Too short."}),
    ("POST", "/questions/<int:question>/library"): Row(APPROVERS),
    ("GET", "/questionnaires/<int:key>/completion"): Row(UPLOADERS),
    ("POST", "/questionnaires/<int:key>/complete"): Row(UPLOADERS),
    ("GET", "/completed/<int:completed>/download"): Row(UPLOADERS),
    ("GET", "/completed/<int:completed>"): Row(UPLOADERS),
    ("POST", "/completed/<int:completed>/sent"): Row(UPLOADERS, {"recipient": "Ann at Acme"}),
    ("GET", "/questionnaires/<int:key>/report"): Row(ALL),
    ("GET", "/library"): Row(ALL),
    ("POST", "/questions/<int:question>/offer"): Row(ALL),
    ("GET", "/library/files/<int:line>/<path:path>"): Row(ALL),
    ("GET", "/library/new"): Row(ALL),
    ("POST", "/library/new"): Row(ALL, ENTRY),
    ("GET", "/library/<int:entry>"): Row(ALL),
    ("GET", "/library/<int:entry>/edit"): Row(ALL),
    ("POST", "/library/<int:entry>/edit"): Row(ALL, {**ENTRY, "version": "1"}),
    ("POST", "/library/<int:entry>/accept"): Row(APPROVERS, {"version": "1"}),
    ("POST", "/library/<int:entry>/turn-down"): Row(APPROVERS, {"reason": "Too short."}),
    ("POST", "/library/<int:entry>/retire"): Row(APPROVERS),
    ("POST", "/library/<int:entry>/bring-back"): Row(APPROVERS),
    ("POST", "/library/<int:entry>/confirm"): Row(APPROVERS, {"version": "1"}),
    ("POST", "/library/<int:entry>/reassign"): Row(APPROVERS, {"owner": "owner@example.com"}),
    ("GET", "/library/<int:entry>/changes/<int:event>"): Row(ALL),
    ("GET", "/library/changes"): Row(ALL),
    ("GET", "/library/changes/<int:version>"): Row(ALL),
    ("POST", "/library/told"): Row(UPLOADERS, {"sending": "{sending}", "answer": "{answer}", "told": "yes"}),
    ("GET", "/library/several"): Row(APPROVERS),
    ("POST", "/library/several"): Row(APPROVERS, {"act": "confirm"}),
    ("GET", "/library/due"): Row(ALL),
    ("GET", "/library/decisions"): Row(APPROVERS),
    ("POST", "/library/decisions/take-back"): Row(APPROVERS, {"one": "keys", "other": "d" * 64}),
    ("GET", "/library/import"): Row(ALL),
    ("POST", "/library/import"): Row(APPROVERS),
    ("POST", "/library/import/questionnaire"): Row(ALL, {"customer": "Acme", "scope": "product=Lantern"}),
    ("POST", "/library/import/pairs"): Row(ALL, {"pairs": "", "scope": "product=Lantern"}),
    ("GET", "/library/export.<form>"): Row(APPROVERS),
    ("GET", "/library/proposals"): Row(ALL),
    ("GET", "/library/proposals/<int:proposal>"): Row(ALL),
    ("GET", "/library/proposals/<int:proposal>/patch"): Row(ALL),
    ("GET", "/library/proposals/<int:proposal>/file"): Row(ALL),
    ("POST", "/library/proposals/<int:proposal>/close"): Row(APPROVERS, {"outcome": "turned down"}),
    ("GET", "/library/propose/<path:path>"): Row(ALL),
    ("POST", "/library/propose/<path:path>"): Row(ALL, {"source": "{source}", "digest": "{digest}"}),
    ("POST", "/library/statements/confirm"): Row(APPROVERS, {"path": "lantern.md"}),
    ("POST", "/library/conflicts/keep"): Row(APPROVERS, {"keep": "{entry}", "other": "{another}"}),
    ("POST", "/library/conflicts/merge"): Row(APPROVERS, {"keep": "{another}", "other": "{changed}"}),
    ("GET", "/library/conflicts"): Row(ALL),
    ("POST", "/library/conflicts/both-right"): Row(APPROVERS, {"one": "{one}", "other": "{other}"}),
    ("GET", "/library/statements"): Row(ALL),
    ("GET", "/library/statements/<path:path>"): Row(ALL),
    ("GET", "/gaps"): Row(UPLOADERS),
    ("GET", "/gaps/<key>"): Row(UPLOADERS),
    ("POST", "/gaps/<key>/answer"): Row(
        UPLOADERS, {"question": "Do you?", "answer": "We do.", "scope": "Lantern/cloud"}
    ),
    ("POST", "/gaps/<key>/drafts"): Row(APPROVERS, {"entry": "{entry}", "question": "{question}.{version}"}),
    ("GET", "/questionnaires/<int:key>/left"): Row(ALL),
    ("POST", "/questionnaires/<int:key>/remind"): Row(UPLOADERS, {"person": "{account}"}),
    ("GET", "/figures"): Row(UPLOADERS),
    ("GET", "/figures/<name>.csv"): Row(UPLOADERS),
    ("GET", "/notifications"): Row(ALL),
    ("POST", "/notifications/open"): Row(ALL, {"notes": "1,2", "to": "/library"}),
    ("POST", "/notifications/seen"): Row(ALL),
    ("GET", "/people"): Row(ADMINISTRATORS),
    ("POST", "/people/invite"): Row(ADMINISTRATORS, {"email": "new@example.com", "name": "New", "role": "sales"}),
    ("POST", "/people/withdraw"): Row(ADMINISTRATORS, {"email": "guest@example.com"}),
    ("POST", "/people/<int:account>/reset"): Row(ADMINISTRATORS),
    ("POST", "/people/<int:account>/role"): Row(ADMINISTRATORS, {"role": "expert"}),
    ("POST", "/people/<int:account>/active"): Row(ADMINISTRATORS, {"active": "no"}),
    ("GET", "/people/<int:account>/sessions"): Row(ADMINISTRATORS),
    ("POST", "/people/<int:account>/sessions/end"): Row(ADMINISTRATORS),
    ("POST", "/people/<int:account>/sessions/<session_key>/end"): Row(ADMINISTRATORS),
    ("POST", "/people/<int:account>/second-factor/reset"): Row(ADMINISTRATORS),
    ("GET", "/audit"): Row(ADMINISTRATORS),
    ("POST", "/audit/check"): Row(ADMINISTRATORS),
    ("GET", "/audit/export.<kind>"): Row(ADMINISTRATORS),
}

ASKED_AGAIN = {
    *("/questionnaires/new", "/questionnaires/<int:key>/newer"),
    *("/account/second-factor", "/account/second-factor/off", "/account/second-factor/codes"),
    *("/library/import", "/library/import/questionnaire", "/library/import/pairs"),
}
"""What is answered with its form again when it lacks a file, a code or a password: the role was let through."""

DONE = {"/questionnaires/<int:key>/undo": (302, 409), "/questions/<int:question>/opened": (204,)}
"""What else says that the role was let through: that there is nothing of theirs to take back, or nothing at all."""

SEND = [key for key, row in TABLE.items() if key[0] == "POST" and row.roles is not None]
READ = [key for key, row in TABLE.items() if key[0] == "GET"]


@dataclass
class Scene:
    """Things for the routes to work on: `values` fills addresses and forms."""

    values: dict[str, str]

    def address(self, rule: str, method: str) -> str:
        key = "fresh" if rule.endswith(("/confirm", "/delete", "/follow", "/scope")) and method == "POST" else "key"
        key = "sent" if rule.endswith("/reopen") else key
        question = (
            "done"
            if rule.endswith(("/library", "/offer"))
            else "rejectable"
            if rule.endswith("/reject")
            else "question"
        )
        for name, value in (
            ("<int:key>", self.values[key]),
            ("<int:question>", self.values[question]),
            ("<int:completed>", self.values["completed"]),
            ("<int:entry>", self.values[ENTRIES.get(rule.removeprefix("/library/<int:entry>"), "entry")]),
            ("<int:comment>", self.values["comment"]),
            ("<int:event>", self.values["event"]),
            ("<int:version>", self.values["statement_version"]),
            ("<int:proposal>", self.values["proposal"]),
            ("<form>", "yaml"),
            ("<int:account>", self.values["account"]),
            ("<key>", self.values["gap"]),
            ("<name>.csv", "bands.csv"),
            ("<int:line>/<path:path>", "1/library.yaml"),
            ("<path:path>", "lantern.md"),
            ("<path:filename>", "css/bootstrap.min.css" if rule.startswith("/bootstrap") else "app.css"),
            ("<link>", self.values["link"]),
            ("<session_key>", "0123456789abcdef"),
            ("<kind>", "csv"),
        ):
            rule = rule.replace(name, value)
        return rule

    def form(self, rule: str, row: Row) -> dict[str, str]:
        version = self.values["rejectable_version" if rule.endswith("/reject") else "version"]
        return {name: value.format(**{**self.values, "version": version}) for name, value in (row.form or {}).items()}


@pytest.fixture(scope="module")
def furnished_scene(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scene]:
    """A copy of the furnished folder in which there is something for every route."""
    folder = tmp_path_factory.mktemp("scene") / "furnished"
    shutil.copytree(furnished, folder)
    application = build(folder)
    scene = arranged(application)
    application.store.close()
    return folder, scene


@pytest.fixture
def arranged_database(furnished_scene: tuple[Path, Scene]) -> Path:
    return furnished_scene[0] / "instance" / DATABASE


@pytest.fixture
def scene(furnished_scene: tuple[Path, Scene]) -> Scene:
    return furnished_scene[1]


def arranged(application: Application) -> Scene:
    """Make a questionnaire with answers in several states, one to be confirmed, and a completed document."""
    by = person(application, Role.REVIEWER)
    scope = Scope("Lantern", "cloud")
    receive = application.intake.receive
    key = receive(by, workbook(), "a.xlsx", customer="Acme", scope=scope)
    earlier = receive(by, workbook(), "early.xlsx", customer="Borealis", scope=scope)
    fresh = receive(by, workbook(), "b.xlsx", customer="Borealis", scope=scope)
    application.layouts.confirm(by, key, 1)
    application.worker.run_once()
    questions = application.review.desk(by, key).questions
    done, again, rejectable, *_ = questions
    for item in (done, again):
        item = application.review.edit(by, item.id, item.version, choice="Yes", text="It is so.")
        application.review.approve(by, item.id, item.version)
    completed = application.completion.complete(by, key)
    entry = application.library.take(by, again.id)
    application.library.bring_in([LibraryEntry("How old do keys get?", "Encryption keys are rotated every 7 days.")])
    application.knowledge.refresh()
    one, other = application.knowledge.conflicts(by)[0].key
    library = arranged_library(application)
    colleague = account_of(application, "colleague@example.com")
    with application.store.writing() as tx:
        tx.people.update(replace(colleague, second_factor="a seed"))
    item = application.review.edit(by, rejectable.id, rejectable.version, choice="Yes", text="Perhaps.")
    last = questions[-1]
    seller, expert = person(application, Role.SALES).id, person(application, Role.EXPERT).id
    sent = receive(by, workbook(), "c.xlsx", customer="Cobalt", scope=scope)
    application.layouts.confirm(by, sent, 1)
    application.worker.run_once()
    first = application.review.desk(by, sent).questions[0]
    cited = [citation.digest for citation in first.answer.citations]
    first = application.review.edit(by, first.id, first.version, choice="Yes", text="It is so.", cited=cited)
    application.review.approve(by, first.id, first.version)
    application.sent.note(by, application.completion.complete(by, sent).id, "Cobalt's portal")
    with application.store.writing() as tx:
        # An expert sees what is assigned to them, so each of these is.
        tx.assignments.put(
            [
                Assignment(item.id, questionnaire, expert, None, by.id, application.store.now())
                for questionnaire in (key, fresh, sent)
                for item in tx.questionnaires.questions(questionnaire)
            ]
        )
    with application.store.reading() as tx:
        told = tx.usage.sent("lantern.md", None)[0]
    return Scene(
        {
            "comment": str(application.commenting.add(by, last.id, "Is it so?").comment.id),
            "sending": str(told.sending),
            "answer": str(told.answer),
            "key": str(key),
            "earlier": str(earlier),
            "fresh": str(fresh),
            "sent": str(sent),
            "seller": str(seller),
            "done": str(done.id),
            "rejectable": str(rejectable.id),
            "rejectable_version": str(item.version),
            "question": str(last.id),
            "version": str(last.version),
            "record": str(application.review.desk(by, key).record.version),
            "completed": str(completed.id),
            "entry": str(entry),
            "one": one,
            "other": other,
            **library,
            "gap": application.gaps.groups(by)[0].topic.key,
            "account": str(account_of(application, "colleague@example.com").id),
            "link": application.accounts.invite(
                person(application, Role.ADMINISTRATOR), "guest@example.com", "Guest", Role.SALES
            ),
        }
    )


@pytest.fixture(autouse=True)
def library_file(request: pytest.FixtureRequest, application: Application) -> Iterator[None]:
    """A library file, for the one page that shows an entry of it: to load it takes a while."""
    if "/library/files/" not in request.node.name:
        yield
        return
    file = application.settings.knowledge / "library.yaml"
    file.write_text("- question: Is a lamp in the file?\n  answer: There is.\n", encoding="utf-8")
    application.knowledge.refresh()
    yield
    file.unlink()


def arranged_library(application: Application) -> dict[str, str]:
    """Make an entry in every state, two versions of a statement, a proposal to change it, and a rejected source."""
    by, library = person(application, Role.REVIEWER), application.library
    another, changed, retired = (
        library.add(by, LibraryEntry(f"Is lamp {number} lit?", f"Lamp {number} is.")) for number in (1, 2, 3)
    )
    library.change(by, changed, 1, LibraryEntry("Is lamp 2 lit?", "It is out."))
    library.retire(by, retired)
    source = application.proposing.source(by, "lantern.md")
    text = source.text.replace("every 90 days", "every 60 days")
    with application.store.writing() as tx:
        tx.statements.add_version("lantern.md", "e" * 64, text, application.store.now())
        tx.statements.add_version("lantern.md", source.digest, source.text, application.store.now())
        tx.library.reject("keys", "d" * 64, by.id, application.store.now())
        proposed = tx.library.add(LibraryEntry("Is a lamp there?", "It is."), proposed=True)
        version = tx.statements.changes(1)[0][0]
        event = next(e for e in tx.audit.events(f"library entry {changed}") if e.action == "changed")
    return {
        "another": str(another),
        "changed": str(changed),
        "retired": str(retired),
        "proposed": str(proposed),
        "event": str(event.id),
        "statement_version": str(version),
        "proposal": str(application.proposing.propose(by, "lantern.md", source.digest, text, "They are sooner.")),
        "source": text,
        "digest": source.digest,
    }


def rules(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule.rule


def test_every_route_stands_in_the_table(app: Flask) -> None:
    assert set(rules(app)) == set(TABLE)


def test_whoever_is_not_signed_in_is_refused(anonymous: CheckingClient, scene: Scene) -> None:
    for method, rule in (key for key, row in TABLE.items() if row.roles is not None):
        response = anonymous.raw.open(scene.address(rule, method), method=method)
        if method == "GET":
            assert response.status_code == 302, rule
            assert response.headers["Location"].startswith("/sign-in"), rule
        else:
            assert response.status_code == 401, rule


def test_while_the_index_is_built_every_page_does_without_it_or_says_so(
    administrator: CheckingClient, application: Application, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touched(*_: object, **__: object) -> None:
        raise AssertionError("it was asked before it was whole")

    monkeypatch.setattr(application.knowledge, "_ready", False)
    for name in ("suggest", "passage", "search", "topics", "conflicts", "asked_before", "similar", "same"):
        monkeypatch.setattr(Matcher, name, touched)
    for name in ("cited", "audience", "fault", "find_conflicts"):
        monkeypatch.setattr(KnowledgeKeeper, name, touched)
    opened = set()
    for method, rule in READ:
        with administrator.raw.get(scene.address(rule, method)) as response:
            if response.status_code == 503:
                assert "index is not ready yet" in response.get_data(as_text=True)
                assert response.headers["Refresh"] == response.headers["Retry-After"]
            else:
                assert response.status_code in (200, 302), rule
                opened.add(rule)
    assert {"/", "/questionnaires/new", "/questionnaires/<int:key>/found", "/people"} <= opened
    assert not {"/questionnaires/<int:key>/review", "/library", "/questionnaires/<int:key>/completion"} & opened


@pytest.mark.parametrize("method_rule", READ, ids=" ".join)
def test_pages_open_for_the_roles_in_the_table_only(
    method_rule: tuple[str, str], app: Flask, application: Application, scene: Scene
) -> None:
    method, rule = method_rule
    roles = TABLE[method_rule].roles
    for role in Role:
        with signed_in(app, application, role).raw.get(scene.address(rule, method)) as response:
            expected = roles is None or role in roles
            assert (response.status_code in (200, 302)) is expected, f"{role}: {response.status_code}"
            assert expected or response.status_code == 403


def test_changes_are_refused_to_every_other_role(app: Flask, application: Application, scene: Scene) -> None:
    for method, rule in SEND:
        row = TABLE[method, rule]
        for role in set(Role) - (row.roles or set()):
            client = signed_in(app, application, role)
            response = send(client, scene.address(rule, method), scene.form(rule, row))
            assert response.status_code == 403, f"{rule} {role}"


@pytest.mark.parametrize(
    ("method_rule", "role"),
    [(key, role) for key in SEND for role in sorted(TABLE[key].roles or ())],
    ids=lambda value: value.value if isinstance(value, Role) else " ".join(value),
)
def test_changes_are_made_for_the_roles_in_the_table(
    method_rule: tuple[str, str], role: Role, app: Flask, application: Application, scene: Scene
) -> None:
    rule, row = method_rule[1], TABLE[method_rule]
    client = signed_in(app, application, role)
    response = send(client, scene.address(rule, "POST"), scene.form(rule, row))
    expected = (400,) if rule in ASKED_AGAIN else DONE.get(rule, (200, 302))
    assert response.status_code in expected, response.text


def send(client: CheckingClient, address: str, form: dict[str, str]) -> TestResponse:
    return client.raw.post(address, data={"csrf_token": client.token(), **form})


@pytest.mark.parametrize("role", [Role.SALES, Role.EXPERT])
def test_nobody_but_a_reviewer_or_administrator_can_approve_by_any_route(
    role: Role, app: Flask, application: Application, scene: Scene
) -> None:
    """Whatever they post, with the fields of every other form besides, no answer becomes approved."""
    key, reviewer = int(scene.values["key"]), person(application, Role.REVIEWER)
    before = approved(application, key)
    everything = {
        **ANSWER,
        "state": "approved",
        "approve": "yes",
        "action": "approve",
        "reason": "x",
        "role": "reviewer",
    }
    last = ["/sign-out", "/account/sessions/end", "/account/password"]  # they end what the others need
    for method, rule in sorted(SEND, key=lambda route: last.index(route[1]) if route[1] in last else -1):
        client = signed_in(app, application, role)
        if "/sign-in" in client.get("/").address:
            client.sign_in(f"{role.value}@example.com", PASSWORD)
        form = {**everything, **(TABLE[method, rule].form or {})}
        for question in application.review.desk(reviewer, key).questions:
            if "<int:question>" in rule:
                filled = {name: value.replace("{version}", str(question.version)) for name, value in form.items()}
                send(client, rule.replace("<int:question>", str(question.id)), filled)
        send(client, scene.address(rule, method), {**form, "version": scene.values["version"]})
        assert approved(application, key) <= before, rule


def approved(application: Application, key: int) -> set[int]:
    with application.store.reading() as tx:
        if key not in {record.id for record in tx.questionnaires.all()}:
            return set()
        return {item.id for item in tx.questionnaires.questions(key) if item.answer.state is State.APPROVED}


def test_no_change_is_made_without_the_token_of_a_form(administrator: CheckingClient, scene: Scene) -> None:
    for method, rule in SEND:
        form = scene.form(rule, TABLE[method, rule])
        assert administrator.raw.post(scene.address(rule, method), data=form).status_code == 400, rule


def test_every_answer_bears_the_strict_headers(administrator: CheckingClient, scene: Scene) -> None:
    """Pages, downloads, files of the application, redirects and refusals alike, on both schemes."""
    for method, rule in [*TABLE, ("GET", "/no/such/page"), ("DELETE", "/")]:
        for scheme in ("http", "https"):
            address = scene.address(rule, method)
            with administrator.raw.open(address, method=method, base_url=f"{scheme}://localhost") as response:
                headers = response.headers
                assert {name: headers.get(name) for name in HEADERS} == HEADERS, f"{method} {rule}"
                cached = "no-cache" if "static" in rule else "no-store"
                assert headers["Cache-Control"] == cached, f"{method} {rule}"
                assert ("Strict-Transport-Security" in headers) is (scheme == "https"), f"{method} {rule}"
                assert "Server" not in headers
                assert "X-Powered-By" not in headers


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert {source for sources in rules.values() for source in sources.split()} == {"'none'", "'self'", "data:"}
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == rules["connect-src"] == "'self'"
    assert HEADERS["Referrer-Policy"] == "same-origin"
    assert HEADERS["Cross-Origin-Opener-Policy"] == HEADERS["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in HEADERS["Permissions-Policy"]


def test_an_unknown_address_does_not_tell_strangers_that_it_is_unknown(anonymous: CheckingClient) -> None:
    response = anonymous.raw.get("/no/such/page")
    assert response.status_code == 302
