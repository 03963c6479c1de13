"""YAML that keeps its line numbers, and typed access to the values of a mapping.

Plain scalars are taken as they are written: `choice: Yes` is the word, not a truth value.
Aliases are refused, because a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

import re
from datetime import date

import yaml

from assistant.statement import Audience
from assistant.statements.source import Source

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"
_DEEPEST = 10
"""Levels of nesting; a front matter needs three."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def composed(source: Source, text: str, first_line: int = 1) -> yaml.Node | None:
    """Return the root node of the YAML `text` that begins at `first_line`, None when it is empty or at fault."""
    try:
        obstacle = _obstacle(text)
        if obstacle is None:
            root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
            return root
        line, problem = obstacle
    except yaml.MarkedYAMLError as error:
        # What is never closed is reported at the end of the file, but is to be mended where it begins.
        unclosed = "end of stream" in (error.problem or "") and error.context_mark
        mark = error.context_mark if unclosed or not error.problem_mark else error.problem_mark
        line = mark.line if mark else 0
        problem = f"This is not valid YAML: {', '.join(filter(None, (error.context, error.problem)))}."
    source.fault(first_line + line, problem)
    return None


def _obstacle(text: str) -> tuple[int, str] | None:
    """Return the line (from 0) and name of the first thing that is not read, or None.

    The events of the parser tell without building anything: libyaml's composer recurses on the C
    stack and takes the process down when the text is nested deeply enough.
    """
    if character := yaml.reader.Reader.NON_PRINTABLE.search(text):
        return text.count("\n", 0, character.start()), "There is a control character here; take it out."
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            return line, "YAML aliases (*name) are not read; write the value out."
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return line, "The YAML is nested too deeply."
    return None


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

    def names(self) -> dict[str, int]:
        """Return the line of every key, in their order."""
        return {name: line_of(key, self._first) for name, key in self._keys.items()}

    def unknown(self, known: frozenset[str]) -> dict[str, int]:
        """Return the line of every key that is not in `known`."""
        return {name: line for name, line in self.names().items() if name not in known}

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

    def required(self, name: str, problem: str) -> str:
        """Return the text under `name`; when it is missing or blank, `problem` is the fault."""
        node = self.node(name)
        text = self.text(name)
        if not text.strip() and (node is None or isinstance(node, yaml.ScalarNode)):
            self._source.fault(self.at(name), problem)
        return text

    def scalar(self, node: yaml.Node, problem: str) -> str:
        """Return the text of `node`, or "" with the fault `problem` when it is no scalar."""
        if isinstance(node, yaml.ScalarNode):
            # A block scalar ends with a line feed that its author does not mean.
            return str(node.value).removesuffix("\n") if node.style in ("|", ">") else str(node.value)
        self._source.fault(line_of(node, self._first), problem)
        return ""

    def deployments(self, name: str) -> tuple[str, ...]:
        """Return the deployments listed under `name`.

        A key without a value is a fault: what was meant for one deployment would hold for all.
        """
        if name in self._keys and self.node(name) is None:
            self._source.fault(self.at(name), f"“{name}” names no deployment; without one, leave the key out.")
        return self.texts(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the list of texts under `name`; a single text counts as a list of one."""
        node = self.node(name)
        return () if node is None else self.listed(node, name)

    def listed(self, node: yaml.Node, name: str) -> tuple[str, ...]:
        """Return the texts of the list `node`, called `name` in a fault."""
        if isinstance(node, yaml.MappingNode):
            self._source.fault(line_of(node, self._first), f"“{name}” must be a list of texts.")
            return ()
        texts: list[str] = []
        for item in node.value if isinstance(node, yaml.SequenceNode) else (node,):
            texts.append(self.scalar(item, f"“{name}” must be a list of texts."))
            if isinstance(item, yaml.ScalarNode) and (item.tag == _NULL or not texts[-1].strip()):
                self._source.fault(line_of(item, self._first), f"“{name}” has an empty item.")
        return tuple(texts)

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
            return Audience(written.casefold() or Audience.PUBLIC)
        except ValueError:
            self._source.fault(self.at("audience"), f"“audience” must be public, nda or internal, not “{written}”.")
            return Audience.INTERNAL
