"""YAML that keeps its line numbers, and typed access to the values of a mapping.

Plain scalars are taken as they are written: `choice: Yes` is the word, not a truth value.
Aliases are refused, because a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import yaml

from assistant.statement import Audience
from assistant.statements.source import Source

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def composed(source: Source, text: str, first_line: int = 1) -> yaml.Node | None:
    """Return the root node of the YAML `text` that begins at `first_line`, None when it is empty or at fault."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = first_line + (mark.line if mark else 0)
        source.fault(line, f"This is not valid YAML: {problem.problem or problem.context}.")
        return None
    except yaml.YAMLError as problem:
        source.fault(first_line, f"This is not valid YAML: {problem}.")
        return None
    except RecursionError:
        source.fault(first_line, "The YAML is nested too deeply.")
        return None
    if root is None:
        return None
    seen: set[int] = set()
    for node in _walk(root):
        if id(node) in seen:
            source.fault(first_line + node.start_mark.line, "YAML aliases (*name) are not read; write the value out.")
            return None
        seen.add(id(node))
    return root


def _walk(root: yaml.Node) -> Iterator[yaml.Node]:
    """Yield every node under `root`; a node that is shared is yielded, not entered, the second time."""
    waiting, entered = [root], set()
    while waiting:
        node = waiting.pop()
        yield node
        if id(node) in entered:
            continue
        entered.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting.extend(part for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)


def line_of(node: yaml.Node, first_line: int = 1) -> int:
    """Return the line at which `node` starts."""
    return first_line + int(node.start_mark.line)


class Fields:
    """The values of a YAML mapping by key; each is taken in the type that is expected of it, or faulted."""

    def __init__(self, source: Source, mapping: yaml.MappingNode, first_line: int = 1) -> None:
        """Index `mapping`; a key that stands twice is a fault."""
        self._source, self._first = source, first_line
        self.line = line_of(mapping, first_line)
        self._values: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.Node] = {}
        for key, value in mapping.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if not name:
                source.fault(line_of(key, first_line), "A key must be a word.")
            elif name in self._keys:
                source.fault(line_of(key, first_line), f"“{name}” stands here a second time.")
            else:
                self._keys[name], self._values[name] = key, value

    def unknown(self, known: frozenset[str]) -> Iterator[tuple[str, int]]:
        """Yield the keys that are not in `known`, with their lines."""
        for name, key in self._keys.items():
            if name not in known:
                yield name, line_of(key, self._first)

    def at(self, name: str) -> int:
        """Return the line of the key `name`, or of the mapping when it is missing."""
        return line_of(self._keys[name], self._first) if name in self._keys else self.line

    def node(self, name: str) -> yaml.Node | None:
        """Return the value of `name`, None when it is missing or empty."""
        node = self._values.get(name)
        return None if node is None or node.tag == _NULL else node

    def text(self, name: str) -> str:
        """Return the text under `name`, "" when there is none."""
        node = self.node(name)
        return "" if node is None else self.scalar(node, f"“{name}” must be text.")

    def scalar(self, node: yaml.Node, problem: str) -> str:
        """Return the text of `node`, or "" with the fault `problem` when it is no scalar."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._source.fault(line_of(node, self._first), problem)
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the list of texts under `name`; a single text counts as a list of one."""
        node = self.node(name)
        return () if node is None else self.listed(node, name)

    def listed(self, node: yaml.Node, name: str) -> tuple[str, ...]:
        """Return the texts of the list `node`, called `name` in a fault."""
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value),)
        if not isinstance(node, yaml.SequenceNode):
            self._source.fault(line_of(node, self._first), f"“{name}” must be a list of texts.")
            return ()
        return tuple(self.scalar(item, f"“{name}” must be a list of texts.") for item in node.value)

    def date(self, name: str) -> date | None:
        """Return the date under `name`, or None."""
        written = self.text(name)
        if not written:
            return None
        try:
            if _DATE.fullmatch(written):
                return date.fromisoformat(written)
        except ValueError:
            pass
        self._source.fault(self.at(name), f"“{name}” must be a date such as 2027-03-31, not “{written}”.")
        return None

    def audience(self) -> Audience:
        """Return the audience, public when none is given."""
        written = self.text("audience")
        try:
            return Audience(written or Audience.PUBLIC)
        except ValueError:
            self._source.fault(self.at("audience"), f"“audience” must be public, nda or internal, not “{written}”.")
            return Audience.INTERNAL
