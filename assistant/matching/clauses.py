"""The clauses of a passage, each of which affirms or denies one thing, for what the passage says to a question."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.matching.analysis import stems
from assistant.matching.choice_wordings import NEGATION, NO_NEGATION

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_TURN = re.compile(
    r",? (?:instead|but(?! for\b)|whereas|however|although)\b|, (?:and )?(?=\w+ing\b)"
    r"|,? (?:and|or|nor) (?=(?:are |is )?(?:never|not)\b)"
)
_SUBJECT = re.compile(
    r"^[ ,]*(?P<subject>(?:[\w'’/()&-]+,? ){0,9}?[\w'’/()&-]+) "
    r"(?:is|are|was|were|has|have|can|may|must|will|do|does)\b"
)
_BARE = re.compile(r"^ ?(?:are |is )?(?:never|not)\b")
"""A predicate that leaves its subject to the clause before it."""
_ASIDE = re.compile(r"\b(?:when|if|unless|until|while|where) [^,.;]*")
_EXCEPTION = re.compile(
    r"(?:\b(?:unless|except(?:ing|ed)?(?: for| by| to| when| where| if)?|other than|apart from|aside from|save for|"
    r"with the exception of)|\b(?:no one|nobody|none|nothing|anyone|everyone) but) "
    r"(?P<what>.+?)(?=,|;|\.|$| (?:can|may|is|are|has|have|will|does|do)\b)"
)
_WITHOUT = re.compile(r"\bwithout\b.*")
_TURNS = re.compile(
    r"\b(?:not?|never|nobody|none|neither|nor|cannot|without|when|if|unless|until|while|where|whereas|instead|but|"
    r"however|although|except\w*|other than|apart from|aside from|save for|with the exception of)\b|n['’]t\b"
    r"|, (?:and )?\w+ing\b"
)
"""What none of the above can be without."""


class Clause(NamedTuple):
    """A part of a passage that affirms or denies one thing, in lower case, conditions and other asides left out.

    `terms` are those of the clause with its subject; `exceptions` those of what its sentence excepts.
    """

    text: str
    sentence: str
    denies: bool
    terms: frozenset[str]
    exceptions: frozenset[str]


def denies(text: str) -> bool:
    """Return whether `text`, in lower case, denies something; "no … without …" affirms."""
    if not NEGATION.search(text):
        return False
    bare = NO_NEGATION.sub(" ", text)
    denied = bool(NEGATION.search(bare))
    if denied and "without" in bare:
        # "Without a ticket" alone denies; "nothing is done without a ticket" says that there always is one.
        return not NEGATION.search(_WITHOUT.sub(" ", bare))
    return denied


@lru_cache(maxsize=4096)
def clauses(passage: str) -> tuple[Clause, ...]:
    """Return the clauses of `passage`, which is in lower case.

    A predicate that is joined to the one before ("are kept, and never shared") takes its subject along.
    """
    if not _TURNS.search(passage):
        none = frozenset[str]()
        return tuple(Clause(each, each, False, stems(each), none) for each in _SENTENCE.split(passage))
    found = []
    for sentence in _SENTENCE.split(passage):
        excepted = frozenset[str]().union(*(stems(one["what"]) for one in _EXCEPTION.finditer(sentence)))
        subject = ""
        for part in _TURN.split(_ASIDE.sub(" ", sentence)):
            if subject and _BARE.match(part):
                part = f"{subject} {part.strip()}"
            elif named := _SUBJECT.match(part):
                subject = named["subject"]
            found.append(Clause(part, sentence, denies(part), stems(part), excepted))
    return tuple(found)
