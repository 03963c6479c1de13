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
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from assistant.matching.spelling import COMPOUNDS, REWRITTEN, american, uninflected

__all__ = ["BACKWARD", "Token", "opens_a_part", "sentences", "tokens", "words"]


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
    for ending, opened in _CONTRACTIONS.items() if "'" in chunk else ():
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


_PIECE = re.compile(r"\n\s*\n|\S+")
_ACROSS = re.compile(r"24\s?[/x*-]\s?7|e\.\s?g|i\.\s?e|ci\s?/\s?cd")
"""What may be read as one although spaces stand in it: "24 x 7", "e. g.", "CI / CD"."""


def _across(lowered: str) -> bool:
    # What is there in few texts is looked for in the quickest way first.
    some = "24" in lowered or "e." in lowered or "i." in lowered or "ci" in lowered
    return some and _ACROSS.search(lowered) is not None


@lru_cache(maxsize=65536)
def _read(piece: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a lower-case piece of text, each with its place; "" stands for the end of a sentence."""
    if piece.isalpha() or piece.isdecimal():
        return tuple((word, 0, len(piece)) for word in _forms(piece))
    found: list[tuple[str, int, int]] = []
    for match in _CHUNK.finditer(piece):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            forms = _forms(match.group("word"))
        elif kind == "stop":
            forms = ("",)
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
        found += [(word, start, end) for word in forms]
    return tuple(found)


@lru_cache(maxsize=65536)
def _said(piece: str) -> tuple[str, ...]:
    return tuple(word for word, *_ in _read(piece) if word)


def _pieces(lowered: str) -> Iterator[tuple[int, tuple[tuple[str, int, int], ...]]]:
    """Yield where each piece of a text begins, and its words: the same pieces come again, and are read once."""
    if _across(lowered):
        yield 0, _read.__wrapped__(lowered)
    else:
        for piece in _PIECE.finditer(lowered):
            yield piece.start(), _read(piece.group())


@lru_cache(maxsize=512)
def tokens(text: str) -> Sequence[Token]:
    """Return the words of `text` in their common form, in order, each with its place and sentence.

    The last texts are remembered: a question is looked at from several sides, one right after the other.
    """
    lowered = _lowered(text)
    found: list[Token] = []
    before, behind, sentence, ended = "", 0, 0, True
    for offset, read in _pieces(lowered):
        for word, first, last in read:
            if not word:
                sentence += not ended
                ended = True
                continue
            start, end = offset + first, offset + last
            # The parts of a compound stand side by side: only a space or hyphen between them.
            if not ended and (before, word) in COMPOUNDS and lowered[behind:start].strip() in {"", "-"}:
                before = COMPOUNDS[before, word]
                found[-1] = Token(before, found[-1].start, end, sentence)
            else:
                before = word
                found.append(Token._make((word, start, end, sentence)))
            behind, ended = end, False
    return tuple(found)


def _lowered(text: str) -> str:
    """Return `text` in lower case and with plain signs, character for character."""
    plain = text if text.isascii() and "`" not in text else text.translate(_PLAIN_CHARACTERS)
    lowered = plain.lower()
    # A few letters change their length in lower case; they are left alone to keep the places true.
    return lowered if len(lowered) == len(text) else "".join(map(_lower_one, plain))


def _lower_one(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


_JOINTS = {"and", "or", "but"}
_QUESTION_WORDS = {"how", "what", "who", "whom", "which", "when", "where", "whether", "why"}
_OPENINGS = _QUESTION_WORDS | {"be", "do", "can", "could", "may", "must", "will", "would", "should", "have"}
BACKWARD = ("it", "they", "them", "their", "its", "this", "that", "these", "those", "so", "one", "copy")
"""Words that point back to what was named before."""
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
    return len(part) >= _SHORTEST_PART and not any(token.word in BACKWARD for token in part)


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in their common form, in order: those of its `tokens`, sooner."""
    lowered = _lowered(text)
    if "\n" not in lowered and not _across(lowered):
        said = tuple(chain.from_iterable(map(_said, lowered.split())))
        if COMPOUNDS.keys().isdisjoint(pairwise(said)):
            return said
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
