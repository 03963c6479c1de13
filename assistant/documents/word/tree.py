"""From a location to its node, and back from nothing: counts are per kind, wrappers looked through."""

from __future__ import annotations

import re

from assistant.documents.word.markup import BODY, TBL, TC, TR, Node, P, inner
from assistant.errors import NotWritableError

_STEP = re.compile(r"(p|tbl|tr|tc)\[(\d{1,7})\]$")
_INPUT = re.compile(r"/input\[(\d{1,3})\]$")
_TAGS = {"p": P, "tbl": TBL, "tr": TR, "tc": TC}


def input_place(path: str, index: int) -> str:
    """Return the location of one of several inputs in the paragraph at `path`."""
    return f"{path}/input[{index}]"


def around_input(location: str) -> tuple[str, int | None]:
    """Return the paragraph that holds the input at `location` and which one it is; None for any other place."""
    match = _INPUT.search(location)
    return (location[: match.start()], int(match[1])) if match else (location, None)


class Tree:
    """Finds nodes by location; what it has listed once it does not list again."""

    def __init__(self, root: Node) -> None:
        """Take the document element."""
        self._body = root.find(BODY)
        self._listed: dict[tuple[Node, str], list[Node]] = {}

    def node(self, location: str) -> Node:
        """Return the node at `location`.

        :raises NotWritableError: when there is none.
        """
        first, *steps = location.split("/")
        node = self._body
        if first != "body" or node is None or not steps:
            raise NotWritableError(location, "There is no such place in the document.")
        for step in steps:
            match = _STEP.match(step)
            children = self._children(node, match.group(1)) if match else []
            if match is None or int(match.group(2)) >= len(children):
                raise NotWritableError(location, "There is no such place in the document.")
            node = children[int(match.group(2))]
        return node

    def _children(self, node: Node, kind: str) -> list[Node]:
        key = (node, kind)
        if key not in self._listed:
            self._listed[key] = [child for child in inner(node) if child.tag == _TAGS[kind]]
        return self._listed[key]
