"""The commands. Each is thin: it reads its arguments, calls the wired application, and prints.

Exit status: 0 done, 1 the input is at fault (one line on standard error), 2 wrong usage.
"""

from __future__ import annotations

import sys

import click

from assistant.cli import answering, demo, keeping, serving
from assistant.errors import AssistantError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Answer security questionnaires from your own security statements, in the customer's own file."""


for command in (
    answering.suggest,
    answering.inspect,
    answering.fill,
    answering.verify,
    serving.serve,
    serving.users,
    serving.check,
    keeping.library,
    keeping.index,
    keeping.backup,
    keeping.restore,
    demo.demo,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        commands(prog_name="python -m assistant")
    except AssistantError as problem:
        click.echo(f"{problem}", err=True)
        sys.exit(1)
