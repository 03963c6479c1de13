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
    for name, line in facts.unknown(frozenset()):
        node = facts.node(name)
        fact, value_key = (Fields(source, node), "value") if isinstance(node, yaml.MappingNode) else (facts, name)
        value = fact.required(value_key, f"The fact “{name}” has no value; give it one or take it out.")
        labels: tuple[str, ...] = ()
        if fact is not facts:
            labels = fact.texts("labels")
            for key, at in fact.unknown(_KEYS):
                source.fault(at, f"The key “{key}” is not known; a fact has “value” and “labels”.")
        found.append(ProfileFact(name=name, value=value, labels=labels, line=line))
    return tuple(found)
