"""Plain and formal words for the same, so that a question is known again in other words.

The vocabulary of concepts tells which control a text speaks of; but "bounce back" and "recover", or
"rulebook" and "policy", are no controls. They stand in `plain_words.yaml`, one sense a line: its name and
the words or phrases used for it, in the language of `phrases`. A word may belong to several senses; which
one is meant is not decided, as two questions that mean another one by it seldom share the rest.

Only questions are compared in this way: in prose the same words carry many more senses than are meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml

from assistant.matching.analysis import terms
from assistant.matching.phrases import LIGHT, Language, PhraseTree
from assistant.matching.words import tokens

SHIPPED = Path(__file__).with_suffix(".yaml")


@lru_cache(maxsize=16384)
def senses(question: str) -> Mapping[str, frozenset[str]]:
    """Return the senses that `question` has words for, each with the terms of those words."""
    names, tree = _known()
    heard = [token for token in tokens(question) if token.word not in LIGHT]
    found: dict[str, frozenset[str]] = {}
    for sentence in dict.fromkeys(token.sentence for token in heard):
        said = [token.word for token in heard if token.sentence == sentence]
        for owner, first, last in tree.find(said):
            found[names[owner]] = found.get(names[owner], frozenset()) | frozenset(terms(said[first : last + 1]))
    return found


@cache
def _known() -> tuple[tuple[str, ...], PhraseTree]:
    """Return the names of the senses and the tree of their phrases, which gives their places among the names."""
    written: dict[str, str] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    names = tuple(written)
    language = Language({name: tuple(part.strip() for part in written[name].split(",")) for name in names})
    tree = PhraseTree(language)
    for owner, name in enumerate(names):
        for phrase in language.phrases(f"<{name}>"):
            tree.add(phrase, owner)
    return names, tree
