"""Imports point inwards: web, cli -> workflow -> domain <- adapters; only `wiring` joins them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"
ADAPTERS = {"statements", "matching", "documents", "storage"}
DOMAIN = {
    *("questionnaire", "answer", "statement", "errors", "people", "filling", "suggestion", "conflict"),
    *("layout", "column_roles", "correcting", "row_questions", "found_fields", "legends", "several"),
    *("followups", "difference"),
}
OUTER = {"web", "cli", "demo", "wiring", "reports", "__main__"}
MAY_IMPORT = {
    **dict.fromkeys(DOMAIN, DOMAIN),
    **dict.fromkeys(ADAPTERS, DOMAIN),
    "storage": DOMAIN | {"workflow"},  # the records and ports that it keeps and implements
    "settings": DOMAIN,
    "workflow": DOMAIN,
    "wiring": DOMAIN | ADAPTERS | {"workflow", "settings"},
    "reports": DOMAIN | {"workflow"},
    "demo": DOMAIN | {"workflow", "wiring"},
    "web": DOMAIN | {"workflow", "wiring", "reports", "settings"},
    "cli": DOMAIN | {"workflow", "wiring", "reports", "settings", "web", "demo"},
    "__main__": {"cli"},
    "__init__": set(),
}
THIRD_PARTY_ONLY_IN = {
    "flask": {"web"},
    "flask_login": {"web"},
    "flask_wtf": {"web"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "whoosh": {"matching"},
    "numpy": {"matching"},
    "lxml": {"documents"},
    "markdown_it": {"statements"},
    "ftfy": {"statements"},
    "click": {"cli"},
    "waitress": {"cli"},
    "pyotp": {"workflow"},
    "segno": {"web"},
}


def area(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            assert node.module
            yield from (
                f"{node.module}.{alias.name}" if node.module == "assistant" else node.module for alias in node.names
            )


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_area_may(path: Path) -> None:
    own = area(path)
    for name in imports(path):
        if name.startswith("assistant."):
            other = name.split(".")[1]
            assert other == own or other in MAY_IMPORT[own], f"{own} must not import {name}"
        else:
            allowed = THIRD_PARTY_ONLY_IN.get(name.split(".")[0])
            assert allowed is None or own in allowed, f"{own} must not import {name}"


@pytest.mark.parametrize("name", sorted(DOMAIN))
def test_the_domain_needs_the_standard_library_only(name: str) -> None:
    import sys

    for imported in imports(PACKAGE / f"{name}.py"):
        top = imported.split(".")[0]
        assert top == "assistant" or top in sys.stdlib_module_names


def test_every_area_has_its_rule() -> None:
    assert {area(path) for path in MODULES} <= set(MAY_IMPORT)


def test_no_module_grows_beyond_one_job() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in MODULES if (lines := path.read_text().count("\n")) > 400}
    assert not long
