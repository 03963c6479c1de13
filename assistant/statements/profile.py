"""The company's profile: plain facts with the labels customers use for them."""

from __future__ import annotations

import yaml

from assistant.statement import ProfileFact
from assistant.statements.nodes import Fields, composed, line_of
from assistant.statements.source import Source

_KEYS = frozenset({"value", "labels"})


def read_profile(source: Source, text: str) -> tuple[ProfileFact, ...]:
    """Return the facts of a profile: a mapping of names to a value, or to `value` and `labels`."""
    root = composed(source, text)
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        source.fault(line_of(root), "A profile must be a mapping, one fact a key: “Legal name: Example Software Ltd”.")
        return ()
    facts = Fields(source, root)
    found = []
    for name, line in facts.names().items():
        node, missing = facts.node(name), f"The fact “{name}” has no value; give it one or take it out."
        if isinstance(node, yaml.MappingNode):
            fact = Fields(source, node)
            for key, at in fact.unknown(_KEYS).items():
                source.fault(at, f"The key “{key}” is not known; a fact has “value” and “labels”.")
            value, labels = fact.required("value", missing), fact.texts("labels")
        else:
            value, labels = facts.required(name, missing), ()
        found.append(ProfileFact(name=name, value=value, labels=labels, line=line))
    return tuple(found)
