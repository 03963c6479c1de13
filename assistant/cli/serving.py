"""Commands that run and look after the application: serve, users, check."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

import click

from assistant.errors import AssistantError, NotFoundError, SettingError
from assistant.people import Role

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.wiring import Application

THREADS = 8
"""Requests served at a time; each is short."""


def settings() -> Settings:
    """Return the settings of the environment. :raises SettingError: naming the variable at fault."""
    from assistant.settings import Settings

    return Settings.from_environment(os.environ)


def application(*, indexed: bool = True) -> Application:
    """Return the wired application; what needs no search need not wait until the knowledge is `indexed`."""
    from assistant.wiring import Application

    return Application.build(settings(), indexed=indexed)


def invitation(app: Application, token: str) -> str:
    """Return the address of the page that `token` opens."""
    return f"{app.settings.public_url}/invitations/{token}"


@click.command()
def serve() -> None:
    """Start the application and print its address."""
    from waitress.server import create_server

    from assistant.web import MAX_UPLOAD, create_app
    from assistant.wiring import Application, running

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    current = settings()
    with running(current), Application.build(current, indexed=False) as app:
        try:
            server = create_server(
                create_app(app),
                host=app.settings.host,
                port=app.settings.port,
                threads=THREADS,
                max_request_body_size=MAX_UPLOAD,
                ident=None,
            )
        except OSError as problem:
            raise SettingError(
                f"Port {app.settings.port} cannot be opened ({problem.strerror}). Set ASSISTANT_PORT to another one."
            ) from problem
        app.worker.start()
        greet(app)
        server.run()


def greet(app: Application) -> None:
    """Print where the application is and, before there is any account, how to make the first."""
    click.echo(f"Running at {app.settings.public_url}  (Ctrl+C stops it)")
    if app.knowledge.problem is not None:
        click.echo(f"Knowledge not loaded: {app.knowledge.problem}", err=True)
    if not app.accounts.needs_first_administrator():
        click.echo("Sign in with your account there.")
    elif sys.stdout.isatty():
        click.echo(f"First start: make the administrator's account at {invitation(app, app.accounts.first_link())}")
    else:
        # The link is a key: it must not end up in a log.
        click.echo("First start: no account exists yet. On a terminal, run: python -m assistant users first")


@click.group()
def users() -> None:
    """Keep accounts from the console."""


@users.command(name="first")
def first_link() -> None:
    """Print the one-time link that makes the first administrator's account."""
    with application(indexed=False) as app:
        click.echo(invitation(app, app.accounts.first_link()))


@users.command(name="list")
def list_accounts() -> None:
    """List every account with its role."""
    with application(indexed=False) as app, app.store.reading() as tx:
        for account in tx.people.all():
            click.echo(
                f"{account.email}\t{account.role.value}\t{'' if account.active else 'deactivated'}\t{account.name}"
            )


@users.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.password_option(help="Asked for when it is not given; a given one is seen by others on this machine.")
def add(email: str, name: str, role: str, password: str) -> None:
    """Add an account."""
    with application(indexed=False) as app:
        app.accounts.add(email, name, Role(role), password)
    click.echo(f"{email} may sign in as {role}.")


@users.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time link with which the account EMAIL sets a new password."""
    with application(indexed=False) as app:
        click.echo(invitation(app, app.accounts.reset_link(None, numbered(app, email))))


@users.command()
@click.argument("email")
def forget_second_factor(email: str) -> None:
    """Take away the second factor of the account EMAIL, whose device is lost; its sessions end."""
    with application(indexed=False) as app:
        app.accounts.factors.reset(None, numbered(app, email))
    click.echo(f"{email} signs in with the password alone again.")


def numbered(app: Application, email: str) -> int:
    """Return the id of the account.

    :raises NotFoundError: when there is none.
    """
    with app.store.reading() as tx:
        account = tx.people.by_email(email)
    if account is None:
        raise NotFoundError(f"There is no account {email}; `users list` shows them all.")
    return account.id


@click.command()
def check() -> None:
    """Show every setting and look for faults in settings, database and knowledge; status 1 when there are any."""
    from assistant.wiring import Application, statements

    current = settings()
    for name, value, meaning in current.described():
        click.echo(f"{name}={value}\n    {meaning}")
    faults = [str(problem) for problem in statements.problems(current.knowledge)]
    try:
        with Application.build(current) as app:
            if app.knowledge.problem is not None and str(app.knowledge.problem) not in faults:
                faults.append(str(app.knowledge.problem))
            with app.store.reading() as tx:
                faults += [f"audit log: {fault}" for fault in tx.audit.faults()]
        click.echo(f"Database: {len(app.knowledge.scopes)} products known, migrations up to date.")
    except AssistantError as problem:
        faults.append(str(problem))
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    click.echo("No faults found.")
