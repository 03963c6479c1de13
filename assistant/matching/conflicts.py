"""Contradictions among passages: the same matter with another number, frequency, version, polarity or choice.

A page full of false alarms is not read, so two claims are held against each other only when they
speak of the same thing: what one says beyond the other must be little, and both saying something of
their own ("database keys", "signing keys") makes them claims about two things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from assistant.conflict import Conflict, ConflictKind
from assistant.filling import canonical
from assistant.matching import duplicates
from assistant.matching.claims import KINDS, OWN, Claim, beyond, claim, claims, clauses, denied, weight
from assistant.matching.duplicates import together
from assistant.matching.library import Library
from assistant.matching.quantities import EVERY, Quantity, quantities
from assistant.matching.reading import Reader
from assistant.matching.scoring import Postings
from assistant.matching.signs import DIMENSIONS
from assistant.statement import Passage

_BEYOND = 0.5
"""Which share of a claim may go beyond the other, when the other tells nothing of its own."""
_COMMON = 0.5
"""How much two claims must have in common at least, in weights of terms."""
_SAME = 0.08
"""Which share of a denial and an affirmation may differ: they are to say the same but for the denial."""
_TELLING = 1.0
"""How much a denial must tell to be held against affirmations."""
_RAREST = 4
"""Claims about the same share one of this many of their rarest terms or concepts."""

_BEGINNING = re.compile(r"(?:yes|no)\b(?=[.,;:!]|$)", re.IGNORECASE)

_NARROWING = frozenset(DIMENSIONS["environment"])
_THINGS = frozenset(("aspect:back-up", "aspect:encrypt", "aspect:log"))
"""Deeds whose words often name the thing that something else is done to: backups tested, encryption keys rotated."""


def conflicts(
    passages: Sequence[Passage],
    reader: Reader,
    postings: Postings,
    library: Library,
) -> list[Conflict]:
    """Return the pairs of `passages` that contradict each other, and then those that nearly say the same.

    `postings` and `library`, the approved answers among them, are those of the same passages.
    """
    found: dict[tuple[int, int], Conflict] = {}
    same = duplicates.same_questions(passages, library)
    told = [each for number, passage in enumerate(passages) for each in claims(number, passage, reader)]
    pairs = (
        *((one, other, _choices(passages[one], passages[other]), ()) for one, other in same),
        *_measured(told, passages),
        *_denied([each for each in told if each.denial], passages, reader, postings),
    )
    for one, other, readings, shared in pairs:
        if readings is None or (min(one, other), max(one, other)) in found:
            continue
        if one > other:
            one, other, readings = other, one, (readings[1], readings[0])
        names = _names(shared, reader)
        found[one, other] = Conflict(ConflictKind.CONTRADICTION, (passages[one], passages[other]), names, readings)
    alike: list[Conflict] = []
    for (one, other), shared in duplicates.near(passages, postings, same):
        if (one, other) in found:
            continue
        pair, names = (passages[one], passages[other]), _names(shared, reader)
        readings = _other_quantity(*pair)
        if readings is not None:
            found[one, other] = Conflict(ConflictKind.CONTRADICTION, pair, names, readings)
        else:
            alike.append(Conflict(ConflictKind.DUPLICATE, pair, names, exact=duplicates.exact(*pair)))
    return [found[pair] for pair in sorted(found)] + alike


def same_matter(one: Claim, other: Claim) -> frozenset[str] | None:
    """Return the concepts that both claims name when they are about the same thing, None when they are not."""
    shared = frozenset(one.explained) & frozenset(other.explained)
    ours, theirs = beyond(one, other), beyond(other, one)
    if (
        KINDS & ((one.terms - other.around) ^ (other.terms - one.around))
        or _other_kinds(one, other)
        or _other_things(one, other)
    ):
        return None
    own, their_own = sum(map(weight, ours)), sum(map(weight, theirs))
    if min(own, their_own) > OWN or one.weight - own < _COMMON or other.weight - their_own < _COMMON:
        return None
    if own > _BEYOND * one.weight or their_own > _BEYOND * other.weight:
        return None
    return None if _apart(one, other) else shared


def _other_kinds(one: Claim, other: Claim) -> bool:
    """Return whether the two speak of different kinds of one thing, as of audit logs and application logs."""
    ours, theirs = (
        {
            thing
            for kind, thing in mine.pairs
            if kind in mine.terms and thing in their.terms and kind not in their.terms | their.around
        }
        for mine, their in ((one, other), (other, one))
    )
    return bool(ours & theirs)


def _other_things(one: Claim, other: Claim) -> bool:
    """Return whether each names a concept in words of its own that the other has neither as concept nor as words."""
    return all(
        any(
            not mine.explained[name] <= theirs.terms | theirs.around
            for name in mine.explained.keys() - theirs.explained
        )
        for mine, theirs in ((one, other), (other, one))
    )


def _apart(one: Claim, other: Claim) -> bool:
    """Return whether the claims are about different deeds, or narrow the matter differently."""
    deeds, theirs = _deeds(one), _deeds(other)
    if deeds and theirs and not deeds & theirs:
        return True
    if (one.signs & _NARROWING) != (other.signs & _NARROWING):
        return True
    for dimension in map(frozenset, DIMENSIONS.values()):
        ours = one.signs & dimension or one.signs_around & dimension
        others = other.signs & dimension or other.signs_around & dimension
        if ours and others and not ours & others:
            return True
    return False


_Pair = tuple[int, int, tuple[str, str] | None, Iterable[str]]


def _measured(told: Iterable[Claim], passages: Sequence[Passage]) -> Iterator[_Pair]:
    """Yield the pairs that state another quantity of the same matter."""
    by_dimension: dict[str, list[tuple[Claim, Quantity]]] = defaultdict(list)
    for each in told:
        for quantity in each.quantities:
            by_dimension[quantity.dimension].append((each, quantity))
    for dimension, stating in by_dimension.items():
        for (one, ours), (other, theirs) in _candidates(stating):
            if one.number == other.number or not together(passages[one.number], passages[other.number]):
                continue
            shared = same_matter(one, other)
            if shared is not None and (not dimension.startswith(EVERY) or _same_deed(one, other)):
                yield one.number, other.number, (ours.text, theirs.text), shared


_Stated = tuple[Claim, Quantity]


def _candidates(stating: Sequence[_Stated]) -> Iterator[tuple[_Stated, _Stated]]:
    """Yield the pairs whose quantities contradict and that share one of the rarest items of either."""
    kinds: dict[tuple[float, float, bool], int] = {}
    kind_of = [kinds.setdefault((each.low, each.high, each.roughly), len(kinds)) for _, each in stating]
    samples = {kind: stating[place][1] for place, kind in reversed(list(enumerate(kind_of)))}
    against = {
        kind: frozenset(other for other, their in samples.items() if sample.contradicts(their))
        for kind, sample in samples.items()
    }
    items = [each.terms | frozenset(each.explained) for each, _ in stating]
    for one, other in duplicates.sharing_rare(items, _RAREST, kind_of, against):
        yield stating[one], stating[other]


def _denied(
    denials: Iterable[Claim], passages: Sequence[Passage], reader: Reader, postings: Postings
) -> Iterator[_Pair]:
    """Yield the pairs of which one denies what the other affirms."""
    affirmations: dict[int, list[Claim]] = {}
    for denial in denials:
        if denial.hedged or denial.weight < _TELLING:
            continue
        for number in duplicates.holding(denial.terms, postings, 1 - _SAME):
            if number == denial.number or not together(passages[denial.number], passages[number]):
                continue
            if number not in affirmations:
                passage = passages[number]
                affirmations[number] = [
                    claim(number, passage, clause, passage.question, reader, quantities(clause))
                    for clause in clauses(passage.text)
                    if not denied(clause)
                ]
            for affirmation in affirmations[number]:
                shared = _same_but_denied(denial, affirmation)
                if shared is not None:
                    yield denial.number, number, (denial.denial, affirmation.affirmation(denial)), shared
                    break


def _same_but_denied(denial: Claim, affirmation: Claim) -> frozenset[str] | None:
    """Return the concepts that both name when they differ in nothing but the denial, None otherwise."""
    shared = frozenset(denial.explained) & frozenset(affirmation.explained)
    if affirmation.hedged or KINDS & (denial.terms ^ affirmation.terms):
        return None
    for one, other in ((denial, affirmation), (affirmation, denial)):
        if sum(map(weight, one.terms - other.terms)) > _SAME * one.weight:
            return None
    return None if _apart(denial, affirmation) else shared


def _same_deed(one: Claim, other: Claim) -> bool:
    """Return whether the same is done to a thing in both, as far as it is said what is done."""
    ours, theirs = (_deeds(each) - _THINGS for each in (one, other))
    return bool(ours & theirs) or not (ours or theirs)


def _deeds(one: Claim) -> frozenset[str]:
    return frozenset(sign for sign in one.signs if sign.startswith("aspect:"))


def _other_quantity(one: Passage, other: Passage) -> tuple[str, str] | None:
    """Return the quantities by which two that say nearly the same contradict each other, None when they do not.

    A dimension of which one states several quantities is left: which of them belong together is not told.
    """
    stated: list[dict[str, list[Quantity]]] = []
    for passage in (one, other):
        stated.append(defaultdict(list))
        for clause in clauses(passage.text):
            for quantity in quantities(clause):
                stated[-1][quantity.dimension].append(quantity)
    for dimension, ours in stated[0].items():
        theirs = stated[1].get(dimension, [])
        if len(ours) == len(theirs) == 1 and ours[0].contradicts(theirs[0]):
            return ours[0].text, theirs[0].text
    return None


def _choices(one: Passage, other: Passage) -> tuple[str, str] | None:
    """Return the choices of two answers to the same question when they differ, None otherwise."""
    if not together(one, other):
        return None
    said, replied = _choice(one), _choice(other)
    ours, theirs = canonical(said), canonical(replied)
    return (said, replied) if ours and theirs and ours is not theirs else None


def _choice(answer: Passage) -> str:
    """Return the choice of an answer, or the one its text begins with: “No.”, “Yes, with AES-256.”."""
    begun = _BEGINNING.match(answer.text)
    return answer.choice or (begun.group() if begun else "")


def _names(concepts: Iterable[str], reader: Reader) -> tuple[str, ...]:
    """Return the names of `concepts`, broader ones left out where a narrower one is among them."""
    kept = frozenset(concepts)
    implied = frozenset().union(*(reader.vocabulary.ancestors(concept) for concept in kept))
    return tuple(reader.vocabulary.concepts[concept].name for concept in sorted(kept - implied))
