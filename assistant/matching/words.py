"""The words of questions and statements, in one form each: `words("TLSv1.2 keys")` is `("tls", "1.2", "key")`.

Questionnaires and statements speak of the same thing in other inflections, spellings and
compounds. Here they are brought together as far as grammar and spelling go, and no further:
endings of inflection are undone (plural, -ed, -ing), words of other meaning stay apart (general and
generate, access and accessibility, container and contain, policy and police, organize and organ),
which Porter's stemmer merges. The results are real words, fit to be shown. British spelling becomes
American, contractions are opened (don't → do not), compounds that are written open, hyphenated
or closed get one form (back-up, backed up → backup). Which word means which control is no
business of this module: that is the vocabulary's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from assistant.matching.spelling import COMPOUNDS, REWRITTEN, american, uninflected

__all__ = ["Token", "opens_a_part", "sentences", "tokens", "words"]


class Token(NamedTuple):
    """One word in its common form, and where it stands in the text."""

    word: str
    start: int
    end: int
    sentence: int


# One character for one character, so that places in the text stay true.
_PLAIN_CHARACTERS = str.maketrans("‘’ʼ`´‐‑‒–—−×\u00a0\u2007\u202f", "'''''------x   ")

_CHUNK = re.compile(
    r"""
    (?P<address>https?://[^\s()<>]+ | www\.[^\s()<>]+)
  | (?P<always>\b24\s?[/x*-]\s?7 (?:\s?[/x*-]\s?365)? \b)
  | (?P<aside>\b(?:e\.\s?g|i\.\s?e)\b\.? )
  | (?P<cicd>\bci\s?/\s?cd\b)
  | (?P<abbreviation>\b(?:etc|incl|vs|approx|inc|ltd|corp|resp)\.)
  | (?P<word>
        [^\W\d_]&[^\W\d_]+ (?:'[^\W_]+)*        # R&D, T&Cs
      | [^\W_]+ (?:\.[^\W_]+)+                   # 1.2, tlsv1.2, node.js, example.com
      | [^\W_]+ (?:'[^\W_]+)* '?                 # words, numbers, don't, customers'
    ) (?:\((?:s|es|ies)\))?                      # key(s)
  | (?P<sign>[@%])
  | (?P<stop>[.!?]+(?=[\s"')\]]|$) | ; | \n\s*\n | [•▪●])
    """,
    re.VERBOSE,
)

_CONTRACTIONS = {
    "n't": ("not",),
    "'re": ("be",),
    "'ve": ("have",),
    "'ll": ("will",),
    "'d": ("would",),
    "'m": ("be",),
}
_GLUED = re.compile(
    r"""
    (?P<name>[a-z]{2,}?) v? (?P<number>\d+(?:\.\d+)*)   # tlsv1.2, iso27001, sha256, soc2
  | (?P<count>\d+) (?P<unit>[a-z]{3,})                  # 90days, 256bit
    """,
    re.VERBOSE,
)
# With a short number the letters are a name of its own (md5, ec2, ipv6), except for these.
_NUMBERED = frozenset(
    {"soc", "tls", "ssl", "sha", "tier", "type", "level", "saml", "oauth", "cvss", "pci", "rsa", "aes", "iso", "fips"}
)


@lru_cache(maxsize=65536)
def _forms(chunk: str) -> tuple[str, ...]:
    """Return the words that one lower-case chunk of letters, digits and signs stands for."""
    for ending, opened in _CONTRACTIONS.items():
        if chunk.endswith(ending):
            stem = chunk[: -len(ending)]
            stem = {"ca": "can", "wo": "will", "sha": "shall"}.get(stem, stem) if ending == "n't" else stem
            return _forms(stem) + opened if stem else opened
    chunk = chunk.removesuffix("'").removesuffix("'s")
    if chunk in REWRITTEN:
        return REWRITTEN[chunk]
    glued = _GLUED.fullmatch(chunk)
    if glued:
        name, number, count, unit = glued.group("name", "number", "count", "unit")
        if unit and unit not in {"nd", "rd", "th", "st"}:
            return (count, *_forms(unit))
        if name and (len(number) > 2 or name in _NUMBERED):
            return (*_forms(name), number)
    if "." in chunk and chunk.replace(".", "").removeprefix("v").isdigit():
        return (chunk.removeprefix("v"),)
    form = american(uninflected(chunk))
    return REWRITTEN.get(form, (form,))


@lru_cache(maxsize=4096)
def _host(address: str) -> tuple[str, ...]:
    """Return the host of an address as one word: the words of its path say little about the sentence."""
    return (re.split(r"[/?#]", address.split("://", 1)[-1], maxsplit=1)[0].rstrip(".,;:").removeprefix("www."),)


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in their common form, in order, each with its place and sentence."""
    lowered = text.translate(_PLAIN_CHARACTERS)
    # A few letters change their length in lower case; they are left alone to keep the places true.
    lowered = lowered.lower() if len(lowered.lower()) == len(text) else "".join(map(_lower_one, lowered))
    found: list[Token] = []
    sentence = 0
    for match in _CHUNK.finditer(lowered):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            forms = _forms(match.group("word"))
        elif kind == "stop":
            if found and found[-1].sentence == sentence:
                sentence += 1
            continue
        elif kind == "aside":
            continue
        elif kind == "address":
            forms = _host(match.group())
        elif kind == "always":
            forms = ("24x7",)
        elif kind == "cicd":
            forms = ("cicd",)
        elif kind == "abbreviation":
            forms = (match.group().rstrip("."),)
        else:
            forms = ("percent",) if match.group() == "%" else ("@",)
        for word in forms:
            if found and (found[-1].word, word) in COMPOUNDS and found[-1].sentence == sentence:
                # The parts of a compound stand side by side: only a space or hyphen between them.
                before = found[-1]
                if before.end >= start or lowered[before.end : start].strip() in {"", "-"}:
                    found[-1] = Token(COMPOUNDS[before.word, word], before.start, end, sentence)
                    continue
            found.append(Token(word, start, end, sentence))
    return found


def _lower_one(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


_JOINTS = {"and", "or", "but"}
_QUESTION_WORDS = {"how", "what", "who", "whom", "which", "when", "where", "whether", "why"}
_OPENINGS = _QUESTION_WORDS | {"be", "do", "can", "could", "may", "must", "will", "would", "should", "have"}
_BACKWARD = {"it", "they", "them", "their", "its", "this", "that", "these", "those", "so", "one", "copy"}
_SHORTEST_PART = 4


def opens_a_part(said: Sequence[Token], place: int) -> bool:
    """Say whether with the word at `place` of what is `said` a question goes on to ask something of its own.

    "Are logs kept, and who can enter the data center?" asks twice. With a word that points back ("and how
    often are they read?"), or few words ("and how often?"), it does not.
    """
    if said[place].word not in _JOINTS or not 0 < place < len(said) - 1 or said[place + 1].word not in _OPENINGS:
        return False
    if said[place - 1].word in _QUESTION_WORDS:
        return False
    part = list(takewhile(lambda token: token.sentence == said[place].sentence, said[place + 1 :]))
    return len(part) >= _SHORTEST_PART and not any(token.word in _BACKWARD for token in part)


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in their common form, in order."""
    return tuple(token.word for token in tokens(text))


def sentences(text: str) -> list[list[str]]:
    """Return the words of `text` by sentence; one after the other they are `words(text)`."""
    found: list[list[str]] = []
    number = -1
    for token in tokens(text):
        if token.sentence != number:
            number = token.sentence
            found.append([])
        found[-1].append(token.word)
    return found
