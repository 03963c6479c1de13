"""The application over a small knowledge of its own, four people, and a client that checks every page it gets."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from assistant.people import Role
from assistant.web import create_app
from assistant.wiring import Application
from assistant.workflow.shelf import Shelf
from tests.lantern import PASSWORD, build, says
from tests.web.client import CheckingClient

DATABASE = "assistant.db"


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with knowledge and an instance that has an account and an open session a role, to be copied."""
    folder = tmp_path_factory.mktemp("furnished")
    says(folder)
    application = build(folder)
    for role in Role:
        application.accounts.add(f"{role.value}@example.com", f"{role.value.title()} Person", role, PASSWORD)
        token = application.accounts.sign_in(f"{role.value}@example.com", PASSWORD, "192.0.2.1", "Firefox/1 Linux")
        (folder / f"{role.value}.session").write_text(token, encoding="ascii")
    application.accounts.add("colleague@example.com", "Colleague Person", Role.EXPERT, PASSWORD)
    application.store.close()
    return folder


@pytest.fixture(scope="session")
def resident(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Application, Flask]]:
    """The one application that the tests share; each finds its database as `arranged_database` says."""
    folder = tmp_path_factory.mktemp("resident") / "furnished"
    shutil.copytree(furnished, folder)
    application = build(folder)
    app = create_app(application)
    app.testing = True
    yield application, app
    application.store.close()


@pytest.fixture
def arranged_database(furnished: Path) -> Path:
    """The database that a test begins with; a module may arrange its own."""
    return furnished / "instance" / DATABASE


@pytest.fixture
def application(resident: tuple[Application, Flask], arranged_database: Path) -> Application:
    application = resident[0]
    application.store.close()
    for file in application.settings.instance.glob(f"{DATABASE}*"):
        file.unlink()
    shutil.copy(arranged_database, application.settings.instance / DATABASE)
    # Another database under the same entries' numbers: what is held at hand is of the one before.
    vars(application.library.shelf).update(vars(Shelf()))
    application.knowledge.refresh()
    return application


@pytest.fixture
def app(resident: tuple[Application, Flask], application: Application) -> Flask:
    return resident[1]


@pytest.fixture
def make_application(application: Application) -> Iterator[Callable[..., Application]]:
    """Returns further applications over the test's database, with other settings."""
    made: list[Application] = []

    def make(**changes: object) -> Application:
        made.append(build(application.settings.instance.parent, **changes))
        return made[-1]

    yield make
    for other in made:
        other.store.close()


@pytest.fixture
def anonymous(app: Flask) -> CheckingClient:
    return CheckingClient(app)


def signed_in(app: Flask, application: Application, role: Role) -> CheckingClient:
    """Return a client with the session that was opened for the role when the folder was furnished."""
    client = CheckingClient(app)
    token = application.settings.instance.parent / f"{role.value}.session"
    client.enter(token.read_text(encoding="ascii"))
    return client


@pytest.fixture
def sales(app: Flask, application: Application) -> CheckingClient:
    return signed_in(app, application, Role.SALES)


@pytest.fixture
def expert(app: Flask, application: Application) -> CheckingClient:
    return signed_in(app, application, Role.EXPERT)


@pytest.fixture
def reviewer(app: Flask, application: Application) -> CheckingClient:
    return signed_in(app, application, Role.REVIEWER)


@pytest.fixture
def administrator(app: Flask, application: Application) -> CheckingClient:
    return signed_in(app, application, Role.ADMINISTRATOR)
