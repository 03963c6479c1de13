"""What can be told of the templates without rendering them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from assistant.web.wording import STATES

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = ROOT / "assistant" / "web" / "static"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_uses_every_macro_it_imports(path: Path) -> None:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    imported = {name for found in tree.find_all(nodes.FromImport) for name in found.names}
    called = {call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
    assert imported <= called


def test_every_icon_is_there_and_none_is_left_over() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    text = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    named = set(re.findall(r'(?:icon|empty_state)\("([a-z0-9-]+)"', text)) | {symbol for symbol, _ in STATES.values()}
    assert named == drawn


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in (*TEMPLATES, *STATIC.glob("*.css"), *STATIC.glob("*.js")):
        assert not re.search(r"""(?:src|href|url\(|@import|fetch\()\s*=?\s*["']?(?:https?:)?//""", path.read_text()), (
            path
        )
