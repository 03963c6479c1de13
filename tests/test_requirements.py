"""What the application imports is installed with it, not only with the tools for its tests."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def imported() -> set[str]:
    """Return the names of all packages that modules of the application import."""
    names: set[str] = set()
    for module in (ROOT / "assistant").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"assistant"}


def test_every_package_that_is_imported_is_installed_with_the_application() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    installed = {name.lower() for name in re.findall(r"(?m)^([A-Za-z0-9_.\-]+)==", text)}
    distributions = packages_distributions()
    missing = {name for name in imported() if not installed & {each.lower() for each in distributions.get(name, [])}}
    assert not missing
    assert len(imported()) > 10
