"""The README says what is so: its commands run as typed, and none is left out."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from assistant.cli import commands
from assistant.matching.concepts import Vocabulary

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def every(group: click.Group) -> list[click.Command]:
    found: list[click.Command] = []
    for command in group.commands.values():
        found += [command, *(every(command) if isinstance(command, click.Group) else [])]
    return found


@pytest.mark.parametrize("command", every(commands), ids=lambda command: command.name)
def test_every_command_and_option_has_help(command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in ("form", "existing", "name", "role"):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"`{name}[ `]", README)


def test_the_commands_of_the_tour_run_as_typed(tmp_path: Path) -> None:
    tour = README.split("## A five-minute tour")[1].split("\n## ")[0]
    script = re.findall(r"```sh\n(.*?)```", tour, re.DOTALL)
    lines = [line for line in "".join(script).replace("\\\n", " ").splitlines() if line.strip()]
    assert len(lines) == 3
    for line in lines:
        words = shlex.split(line)
        assert words[0] == ".venv/bin/python"
        written = {name: str(tmp_path / name) for name in ("draft.xlsx", "report.html")}
        arguments = [written.get(word, word) for word in words[1:]]
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_requirements_are_pinned_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^\S+==\S+", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)


def test_the_example_of_own_concepts_works(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(area: Operations.*?)```", README, re.DOTALL)
    path = tmp_path / "concepts.yaml"
    path.write_text(example, encoding="utf-8")
    vocabulary = Vocabulary.load(path)
    told = {tag.concept for tag in vocabulary.tag("Every sealed parcel gets its tamper evident tape.")}
    assert "parcel-sealing" in told
    assert "key-rotation" in {tag.concept for tag in vocabulary.tag("Last crypto hygiene week was in May.")}
    assert "clean-desk" in Vocabulary.load().concepts
    assert "clean-desk" not in vocabulary.concepts
