"""Text into the terms that are indexed and asked for. A question is data: it never meets a query parser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from whoosh.analysis import STOP_WORDS
from whoosh.lang.porter import stem

from assistant.matching.words import Token, words

_NUMBER = re.compile(
    r"^(?P<frame>\s*(?:(?:please |kindly )?(?:describe|explain|state|confirm|indicate|specify) "
    r"(?:whether|if|how|that) )?)"
    r"(?:(?:"
    r"[(\[]?(?:question|q|no\.?|item|control)?[ .#:]*(?:[A-Z][&.\-]?)*[0-9]+(?:[.\-][0-9a-z]+)*[)\].:]*"
    r"|[(\[]?[a-z][)\].]|[-•*]"
    r")\s+)+",
    re.IGNORECASE,
)
_SET_UP = (
    r"(?:established|documented|approved|communicated|applied|evaluated|maintained|defined|implemented|adopted|"
    r"developed|enforced|disseminated|published|executed|operated|followed|created|formalized|formalised|in place)"
)
_DEED = _SET_UP[:-1] + r"|reviewed|updated|designed|managed|conducted|performed)"
_COMPANY = (
    r"(?:you|your (?:company|organi[sz]ation|firm|team|business|service|solution|product|platform)|"
    r"the (?:vendor|supplier|provider|company|organi[sz]ation|service provider|csp|third[- ]party))"
)
_BOILERPLATE = tuple(
    re.compile(rule)
    for rule in (
        r"\b(?:please )?(?:describe|explain|indicate|confirm|specify|state|outline|detail|elaborate(?: on)?|"
        r"clarify|advise|"
        r"tell us|let us know|provide (?:details|information|a description|an overview|an explanation)(?: (?:of|on|"
        r"about|"
        r"regarding))?)(?: (?:whether(?: or not)?|if|how|that|what|in detail))?\b",
        r"\bplease\b|\bkindly\b|\bto what extent\b|\bwhere (?:applicable|appropriate|possible|feasible|necessary)\b|"
        r"\bas (?:applicable|appropriate|necessary|needed|required)\b",
        r"\b(?:processes,? procedures,? and technical measures|processes and (?:procedures|technical measures)|"
        r"policies,? (?:and )?procedures,? (?:and )?(?:standards|processes)|policies and procedures|"
        r"policies,? procedures,? and standards|procedures,? and technical measures|technical measures|"
        r"controls and processes|processes and controls)\b",
        rf"\b{_DEED}(?:[ ,/&]+(?:and |or )?{_DEED}){{2,}}\b",
        rf"\b{_SET_UP}[ ,/&]+(?:and |or )?{_SET_UP}\b",
        r"\b(?:periodically |regularly )?(?:reviewed?|revised?|updated?|approved?)(?:[ ,/]+(?:and |or )?"
        r"(?:reviewed?|revised?|updated?|approved?|maintained))+(?: on an? \w+ basis| at least \w+| \w+ly| every \w+)?",
        r"\bin accordance with\b[^,.?]{0,40}\b(?:standards|requirements|regulations|practices)\b",
        rf"\b(?:do|does|is|are|has|have|can|how do|how does|what|which) {_COMPANY}"
        r"(?: (?:currently|regularly|formally|also))?(?: (?:have|has|had|maintain|maintains|operate|use|ensure|provide|"
        r"perform|conduct|employ|implement|utili[sz]e))?\b",
        r"\b(?:is|are) there (?:an?|any)?\b|\bin place\b|\bif (?:yes|so|no|not)\b|\bhow (?:do|does|is|are)\b",
    )
)
LATER, EXAMPLE = 0.7, 0.6
"""What the words of later sentences and of examples count, beside 1 for the first sentence's."""

_EXAMPLES = re.compile(
    r"\b(?:e\.? ?g|for example|such as|for instance|including|i\.? ?e)\b[^?!;)]{0,60}",
    re.IGNORECASE,
)
"""Examples: from their mark to the end of the brackets or sentence, and no further than some eight words."""
_AFRESH = re.compile(
    r"(?<=[\w)] )(?:Do|Does|Is|Are|Has|Have|Can|Will|How|What|Which|Who|Where|When|Describe|Explain|Provide|List|"
    r"Specify|Identify|Please|If)\b"
)
"""Where a sentence begins though nothing ends the one before: people leave punctuation out."""

_STOP = STOP_WORDS | frozenset(
    words("do does have has been being was were etc such any all which what how who our their its they them we us your")
)


@lru_cache(maxsize=65536)
def term(word: str) -> str:
    """Return the stem of a word in its common form, nothing for a stop word."""
    return "" if word in _STOP else str(stem(word))


def terms(said: Iterable[str]) -> list[str]:
    """Return the stems of words in their common form, in order, stop words left out."""
    return list(filter(None, map(term, said)))


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """Return the distinct terms of `text`; remembered, as the same sentences are looked at again and again."""
    return frozenset(terms(words(text)))


@lru_cache(maxsize=4096)
def unnumbered(question: str) -> str:
    """Return the question without the number, letter or bullet in front of it, in one line."""
    return _NUMBER.sub(r"\g<frame>", " ".join(unicodedata.normalize("NFKC", question).split()))


@lru_cache(maxsize=4096)
def core(question: str) -> str:
    """Return the question with blanks in place of the phrases that every questionnaire uses; places stay true."""
    # The rules are in lower case; a few letters change their length in it, and then case is left as it is.
    plain = question.lower()
    if len(plain) != len(question):
        plain = question
    blanked = list(question)
    for rule in _BOILERPLATE:
        spans = [found.span() for found in rule.finditer(plain)]
        for start, end in spans:
            blanked[start:end] = " " * (end - start)
            plain = f"{plain[:start]}{' ' * (end - start)}{plain[end:]}"
    return "".join(blanked)


def emphasis(question: str, heard: Sequence[Token]) -> list[float]:
    """Return how much each of the words `heard` in a question counts: its first sentence most, examples least."""
    examples = [found.span() for found in _EXAMPLES.finditer(question)]
    afresh = _AFRESH.search(question)
    later = next((token.start for token in heard if token.sentence != heard[0].sentence), len(question))
    if afresh is not None:
        later = min(later, afresh.start())
    return [
        EXAMPLE
        if any(start <= token.start < end for start, end in examples)
        else (1.0 if token.start < later else LATER)
        for token in heard
    ]


_WORD = re.compile(r"\w+")


def question_key(text: str) -> str:
    """Return the normal form of a question: the same for other case, punctuation, spacing and numbering."""
    return " ".join(_WORD.findall(unnumbered(text).casefold()))
