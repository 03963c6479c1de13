"""What a passage claims, sentence by sentence, so that two passages can be held against each other.

A claim is one statement about one thing: what it speaks of (terms and concepts), the quantities it
states, and whether it affirms or denies. Joined predicates are taken apart ("taken daily and kept for
30 days") and an answer that is no sentence is completed by its question ("Every 90 days.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.matching import background, choice_wordings, plain_words
from assistant.matching.analysis import core, terms, unnumbered
from assistant.matching.quantities import WORD_NUMBER, Quantity, quantities
from assistant.matching.reading import Reader
from assistant.matching.signs import signs
from assistant.matching.words import words
from assistant.statement import Passage

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_SUBJECT = re.compile(
    r"^(?P<subject>(?:[\w'’/()&-]+,? ){0,9}?[\w'’/()&-]+) (?:is|are|was|were|has been|have been|must be|must|will be|"
    r"will|can be|can|may be)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:, which|;|,? (?:and|but|while|whereas))(?: then| also)?(?: (?:is|are))? (?=(?:(?:\w+ly|never|not) )?"
    r"(?:[a-z]{2,}ed|kept|held|sent|built|written|taken|done|made)\b)"
)
_ALSO = re.compile(r"(?:;|,? (?:and|but|while|whereas)) (?=(?:they|it|we|the|these|those|all|each|every)\b)")
_PRONOUN = re.compile(r"^(?:(?:they|it|this|these|those|both)\b)(?! \w+ (?:is|are)\b)", re.IGNORECASE)
_DENIAL = re.compile(
    rf"(?:\b(?:{choice_wordings.AUXILIARY}) )?(?:\b(?:not|never|no|none|neither|nobody|cannot)\b|n['’]t\b)"
    r"|\b(?:prohibited|forbidden|barred|disallowed|banned|disabled|rejected|refused|unsupported)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:except|unless|only|if|when|whenever|until|otherwise|other than|apart from|besides|where|solely|exclusively|"
    r"nor|alone|yet|without|instead|rather|but|no one except|may|should|nothing)\b",
    re.IGNORECASE,
)
_NOT_STATED = re.compile(
    r"\b(?:below|older than|earlier than|lower than|prior to|before|disabled|deprecated|rejected|refused|unsupported|"
    r"blocked|weaker than|for example|e\.g\.|such as)\b",
    re.IGNORECASE,
)
_AFFIRMED = re.compile(rf"\b{choice_wordings.AUXILIARY}\b(?!n['’]t)", re.IGNORECASE)
_OPPOSED = {
    **dict.fromkeys(("disabled", "deactivated"), "enabled"),
    **dict.fromkeys(("prohibited", "forbidden", "barred", "disallowed", "banned", "permitted"), "allowed"),
    "unencrypted": "encrypted",
}
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(_OPPOSED)})\b", re.IGNORECASE)
_LIGHT = frozenset(
    terms(
        words(
            """perform conduct carry take make do undertake complete execute occur happen keep apply implement
            ensure our we us you your they them this these those both any all every each always ever generally
            automatically automatic fully completely strictly securely currently also then once least most minimum
            maximum period time basis frequency schedule duration length currently own such within
            more than per about years year month day hour week quarter annual annually daily weekly monthly quarterly
            yearly continuously or later higher greater above newer longer never not no none neither be have can
            will must shall may for with by in on at of to from the a an and as is using use used well other out
            up after it its their there yes"""
        )
    )
)
"""Terms that tell nothing about what a claim is about."""

KINDS = frozenset(
    terms(
        words(
            """critical high medium moderate low severe urgent emergency major minor important full incremental
            differential privileged standard normal administrative first second third initial primary secondary
            tertiary free enterprise premium basic new former internal external public private confidential
            restricted short long hot cold online offline onsite offsite local remote automated manual default
            security guest visitor idle temporary emergency paid trial starter team"""
        )
    )
)
"""Terms that pick one of several kinds: what is said of critical findings is no contradiction to all findings."""

_TERM = 4
"""Words that stand this near each other are one term."""
_NUMBERS = re.compile(rf"\d[\d.,%]*|\b(?:{WORD_NUMBER})\b", re.IGNORECASE)
_HOW = re.compile(r"\bhow (?:long|short|soon|quickly|fast|often|frequently|many|much)\b", re.IGNORECASE)
"""What asks for a quantity is no kind of the thing, as in "long sessions"."""
_BARE = 2
"""A claim with fewer telling terms than this is completed by what stands above it."""


@dataclass(frozen=True)
class Claim:
    """One statement of the passage `number`: its `sentence`, and what it is `about`, completed and without quantities.

    `terms` tell what the claim is about, `explained` holds for each concept named the terms it is
    named by, `pairs` the terms that stand side by side; `around` are the terms that question and
    headings add. `denial` are the words that deny.
    """

    number: int
    sentence: str
    about: str
    terms: frozenset[str]
    around: frozenset[str]
    explained: Mapping[str, frozenset[str]]
    pairs: frozenset[tuple[str, str]]
    signs: frozenset[str]
    signs_around: frozenset[str]
    quantities: tuple[Quantity, ...]
    denial: str
    hedged: bool

    @cached_property
    def senses(self) -> Mapping[str, frozenset[str]]:
        """Return what it has plain or formal words for, each with their terms: kept, held and retained."""
        return plain_words.senses(self.about)

    @cached_property
    def weight(self) -> float:
        """Return how much its terms tell, together."""
        return sum(map(weight, self.terms))

    def affirmation(self, denial: Claim) -> str:
        """Return the words that affirm what `denial` denies, for showing them beside it."""
        opposite = _OPPOSITE.search(self.sentence) or re.search(r"\b(?:enabled|allowed|encrypted)\b", self.sentence)
        found = opposite or _AFFIRMED.search(self.sentence)
        if found:
            return found.group()
        after = re.search(rf"{re.escape(denial.denial)}\W+(\w+)", denial.sentence)
        verb = words(after[1]) if after else ()
        return next((word for word in re.findall(r"\w+", self.sentence) if words(word) == verb), "the contrary")


def beyond(one: Claim, other: Claim) -> frozenset[str]:
    """Return the terms of `one` that `other` has neither itself, nor around it, nor in other words."""
    told = [one.explained[each] for each in one.explained.keys() & other.explained.keys()]
    told += [one.senses[each] for each in one.senses.keys() & other.senses.keys()]
    return one.terms - other.terms - other.around - frozenset().union(*told)


OWN = 0.35
"""How much (in weights of terms) a claim may tell of its own when the other tells something of its own too."""


def weight(term: str) -> float:
    """Return how telling `term` is."""
    return background.weight(term, 0, 0)


def stated(text: str) -> bool:
    """Return whether `text` may hold a quantity at all: one quick look."""
    return _ANY_QUANTITY.search(text) is not None


_ANY_QUANTITY = re.compile(
    r"\d|\b(?:hourly|daily|nightly|weekly|monthly|quarterly|annual|yearly|continuously|every|each|once|twice|two|three|"
    r"four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety|one (?:hour|day|week|month|year)|fortnight)",
    re.IGNORECASE,
)


def denied(text: str) -> str:
    """Return the words by which `text` denies, "" when it affirms."""
    if not _DENIAL.search(text):
        return ""
    found = _DENIAL.search(choice_wordings.NO_NEGATION.sub(lambda passed: " " * len(passed.group()), text))
    return found.group().strip() if found else ""


def clauses(text: str) -> Iterator[str]:
    """Yield the statements of `text`, each with its subject."""
    subject = ""
    for sentence in _SENTENCE.split(text):
        for part in _ALSO.split(sentence):
            pronoun = _PRONOUN.match(part)
            whole = f"{subject}{part[pronoun.end() :]}" if pronoun and subject else part
            first, *further = _NEXT.split(whole)
            found = _SUBJECT.match(first)
            if not pronoun and found:
                subject = found["subject"]
            if further and not found:
                yield whole
                continue
            yield first
            for predicate in further:
                yield f"{found['subject'] if found else ''} are {predicate}"


def claims(number: int, passage: Passage, reader: Reader, *, denials: bool = True) -> Iterator[Claim]:
    """Yield what `passage`, the one with that number, claims with a quantity, and (`denials`) what it denies."""
    asked = _HOW.sub(" ", core(unnumbered(passage.question))) if passage.question else ""
    for clause in clauses(passage.text):
        read = tuple(quantities(clause)) if stated(clause) else ()
        denial = denied(clause)
        if read and (denial or _NOT_STATED.search(clause)):
            read = tuple(quantity for quantity in read if _bounded_denial(quantity))
        if read or (denial and denials):
            yield claim(number, passage, clause, asked, reader, read)


def _bounded_denial(quantity: Quantity) -> bool:
    """Return whether the denial is part of a limit ("not kept for more than 30 days")."""
    return quantity.most and denied(quantity.text) != ""


def claim(
    number: int, passage: Passage, clause: str, asked: str, reader: Reader, read: Sequence[Quantity] = ()
) -> Claim:
    """Return the claim that `clause` of `passage` makes; `asked` is the question it answers, without boilerplate."""
    about = _blanked(clause, read)
    own = telling(about)
    heading = passage.headings[-1] if passage.headings and not passage.question else ""
    if len(own) < _BARE and (asked or heading):
        about = f"{asked or heading}. {about}"
        own = telling(about)
    around = f"{asked} {' '.join(passage.headings) if not passage.question else ''}"
    said = words(about)
    named: dict[str, frozenset[str]] = {}
    for tag in reader.vocabulary.tag(about):
        # Over more words a phrase has a gap, and what stands in it is not said of the concept.
        by = said[tag.first : tag.last + 1] if tag.last - tag.first < _TERM else ()
        named[tag.concept] = named.get(tag.concept, frozenset()) | frozenset(terms(by))
    return Claim(
        number,
        clause,
        about,
        own,
        frozenset(terms(words(around))) - own,
        named,
        frozenset(pairwise(terms(said))),
        signs(said, about),
        signs(words(around), around),
        tuple(read),
        denied(clause),
        bool(_HEDGED.search(clause) or choice_wordings.UNSURE.search(clause) or choice_wordings.NOT_YET.search(clause)),
    )


def telling(text: str) -> frozenset[str]:
    """Return the terms that tell what `text` is about; of opposites ("disabled") the affirmed one."""
    unopposed = _OPPOSITE.sub(lambda found: _OPPOSED[found.group().lower()], text)
    return frozenset(term for term in terms(words(unopposed)) if term not in _LIGHT)


def _blanked(clause: str, read: Sequence[Quantity]) -> str:
    """Return `clause` with the numbers of its quantities gone; what they are of ("TLS", "zones") stays."""
    for quantity in sorted(read, key=lambda each: -each.start):
        kept = _NUMBERS.sub(" ", quantity.text)
        if quantity.dimension.startswith(("every", "lasting")):
            kept = " "
        clause = f"{clause[: quantity.start]}{kept}{clause[quantity.end :]}"
    return clause
