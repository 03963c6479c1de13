"""The command that shows the product alive: demo."""

from __future__ import annotations

import sys
from datetime import timedelta

import click

from assistant.cli.serving import settings
from assistant.errors import StateError

BEGINS = timedelta(days=170)
"""How far back the demonstration's story goes."""


@click.command()
def demo() -> None:
    """Fill a fresh instance with believable questionnaires in every state, and show the accounts made for it."""
    from assistant.demo import Calendar, Company, fill
    from assistant.wiring import Application, now

    today = now()
    calendar = Calendar(today - BEGINS)
    with Application.build(settings(), calendar) as app:
        if app.store.occupied():
            raise StateError("This instance is in use. Set ASSISTANT_INSTANCE to a new folder for the demonstration.")
        if not {"Sourcegraph", "SonarCloud"} <= set(app.knowledge.scopes):
            raise StateError("The demonstration is about the products whose statements ship in knowledge/.")
        company = Company(app, calendar, today)
        steps = 0

        def tell() -> None:
            nonlocal steps
            steps += 1
            if sys.stderr.isatty():
                click.echo(f"\rMonths pass … {steps} steps", nl=False, err=True)

        fill(company, tell)
        if sys.stderr.isatty():
            click.echo(err=True)
        with app.store.reading() as tx:
            made = len(tx.questionnaires.all())
        click.echo(f"{made} questionnaires. Sign in with one of these; the passwords are shown this once:")
        for name, role, email in company.accounts():
            click.echo(f"  {email:22} {company.passwords[email]:18} {role.value}, {name}")
        click.echo("Start it with: python -m assistant serve")
