"""Passages that say nearly the same, and approved answers to the same question.

An approved answer often quotes the statement it rests on: that is as it should be. So statements are
held against statements, and approved answers against each other by what they were asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.matching.analysis import question_key, stems
from assistant.matching.claims import KINDS, OWN, denied, telling, weight
from assistant.matching.library import Library
from assistant.matching.quantities import quantities
from assistant.matching.scoring import Field, Floats, Postings
from assistant.matching.signs import DIMENSIONS, signs
from assistant.matching.words import words
from assistant.statement import Passage

ALIKE = 0.8
"""From here on two statements say nearly the same: chosen on pairs made up for it (tests/matching)."""
_WORDS = 0.7
"""What the words count in that; the rest is the concepts'."""
_WORDS_ALIKE = 0.65
"""With fewer words in common two statements are not looked at."""
_SPARED = 0.3
"""Which share of the weight of a passage's words is looked up only where the rarer words agree."""
_SHORTEST = 1.5
"""Passages of less weight ("See above.") say too little to be a duplicate of anything."""
_ASKED = 0.7
"""From here on two approved answers were asked for the same."""
_RAREST = 3
"""Two wordings of a question share one of this many of their rarest terms or concepts."""
_LIMIT = 200_000
"""How many pairs are looked at at a time."""
_MOST = 3
"""How many near-duplicates are told of one passage."""

Pair = tuple[int, int]


def together(one: Passage, other: Passage) -> bool:
    """Return whether both can hold for the same scope."""
    if one.product and other.product and one.product.casefold() != other.product.casefold():
        return False
    ours, theirs = ({name.casefold() for name in passage.deployments} for passage in (one, other))
    return not ours or not theirs or not ours.isdisjoint(theirs)


def exact(one: Passage, other: Passage) -> bool:
    """Return whether both are the same text, case and spacing aside."""
    return _same_text(one) == _same_text(other)


def _same_text(passage: Passage) -> tuple[str, str]:
    return question_key(passage.question) if passage.question else "", " ".join(passage.text.casefold().split())


def holding(terms: Collection[str], postings: Postings, share: float) -> list[int]:
    """Return the numbers of the passages that hold at least that `share` of `terms`, by weight."""
    weights = {term: weight(term) for term in terms}
    found = np.zeros(postings.size, dtype=np.float32)
    for term, told in weights.items():
        found[postings.fields["words"].documents(term)] += told
    return [int(number) for number in np.flatnonzero(found >= share * sum(weights.values()) - 1e-4)]


def same_questions(passages: Sequence[Passage], library: Library) -> list[Pair]:
    """Return the pairs of approved answers that were asked for the same and can hold at the same time."""
    wordings = [(number, wording) for number, each in library.before.items() for wording in each]
    items = [frozenset(wording.terms) | frozenset(wording.concepts) | {f"={wording.key}"} for _, wording in wordings]
    found: set[Pair] = set()
    for one, other in sharing_rare(items, _RAREST):
        (first, ours), (second, theirs) = wordings[one], wordings[other]
        pair = (min(first, second), max(first, second))
        if first == second or pair in found or not together(passages[first], passages[second]):
            continue
        if library.likeness(ours, theirs) >= _ASKED:
            found.add(pair)
    return sorted(found)


def sharing_rare(
    items: Sequence[frozenset[str]],
    rarest: int,
    kinds: Sequence[int] | None = None,
    against: Mapping[int, Collection[int]] | None = None,
) -> Iterator[Pair]:
    """Yield each pair of places in `items` that share one of the `rarest` items of either.

    With `kinds`, the kind of each place, only pairs of which one is of a kind `against` the other's.
    At most `_LIMIT` pairs: one sentence in ten thousand copies has fifty million.
    """
    spread = Counter(item for held in items for item in held)
    kinds = kinds or [0] * len(items)
    postings: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, held in enumerate(items):
        for item in held:
            postings[item][kinds[place]].append(place)
    seen: set[Pair] = set()
    for place, held in enumerate(items):
        opposed = against[kinds[place]] if against is not None else (0,)
        for item in sorted(held, key=lambda each: (spread[each], each))[:rarest]:
            for kind in opposed if len(opposed) < len(postings[item]) else postings[item].keys() & set(opposed):
                for other in postings[item].get(kind, ()):
                    pair = (place, other) if place < other else (other, place)
                    if place == other or pair in seen:
                        continue
                    if len(seen) >= _LIMIT:
                        return
                    seen.add(pair)
                    yield pair


def near(
    passages: Sequence[Passage], postings: Postings, same: Iterable[Pair]
) -> Iterator[tuple[Pair, frozenset[str]]]:
    """Yield the pairs of passages that say nearly the same, with the concepts they share.

    `same` are the pairs of approved answers that were asked for the same.
    """
    concepts = _forward(postings.fields["concepts"], postings.size)
    names = tuple(postings.fields["concepts"].terms)
    for pair in same:
        yield pair, _shared(concepts, names, pair)
    firsts: dict[tuple[str, str], int] = {}
    copies: set[int] = set()
    for number, passage in enumerate(passages):
        first = firsts.setdefault(_same_text(passage), number)
        if first != number and not passage.question and together(passages[first], passage):
            copies.add(number)
            if len(passage.text.split()) > 3:
                yield (first, number), _shared(concepts, names, (first, number))
    field = postings.fields["words"]
    terms = _forward(field, postings.size)
    weights = np.array([weight(term) for term in field.terms], dtype=np.float32)
    totals = np.array([weights[held].sum() for held in terms], dtype=np.float32)
    for number, passage in enumerate(passages):
        if passage.question or number in copies or totals[number] < _SHORTEST:
            continue
        told = 0
        for other, words_alike in _words_alike(number, field, terms, weights, totals):
            their = passages[other]
            if their.question or other in copies or not together(passage, their) or exact(passage, their):
                continue
            alike = _WORDS * words_alike + (1 - _WORDS) * _dice(concepts[number], concepts[other])
            if alike >= ALIKE and _interchangeable(passage, their):
                told += 1
                yield (number, other), _shared(concepts, names, (number, other))
                if told == _MOST:
                    break


def _words_alike(
    number: int, field: Field, terms: Sequence[npt.NDArray[np.int32]], weights: Floats, totals: Floats
) -> Iterator[tuple[int, float]]:
    """Yield the later passages that share most words with passage `number`, most alike first."""
    held = terms[number]
    row = np.zeros(len(totals), dtype=np.float32)
    # The rarest first; when what is left could not make up for what is missing, it is spared: it stands everywhere.
    left = float(totals[number])
    for term in held[np.argsort(field.starts[held + 1] - field.starts[held], kind="stable")]:
        row[field.ids[field.starts[term] : field.starts[term + 1]]] += weights[term]
        left -= float(weights[term])
        if left < _SPARED * totals[number]:
            break
    row[: number + 1] = -1
    likely = np.flatnonzero(2 * (row + left) >= _WORDS_ALIKE * (totals[number] + totals))
    found = [
        (int(place), 2 * float(weights[np.intersect1d(held, terms[place], assume_unique=True)].sum()) / total)
        for place in likely[row[likely] > 0]
        if (total := float(totals[number] + totals[place]))
    ]
    yield from sorted(((place, alike) for place, alike in found if alike >= _WORDS_ALIKE), key=lambda each: -each[1])


def _interchangeable(one: Passage, other: Passage) -> bool:
    """Return whether nothing that matters tells the two apart: a number, a denial, another kind of thing."""
    if bool(denied(one.text)) != bool(denied(other.text)):
        return False
    ours, theirs = ({(q.dimension, q.low, q.high) for q in quantities(text)} for text in (one.text, other.text))
    if ours != theirs:
        return False
    differing = stems(one.text) ^ stems(other.text)
    if differing & KINDS or any(any(map(str.isdigit, term)) for term in differing):
        return False
    mine, their = telling(one.text), telling(other.text)
    own = (sum(map(weight, each)) for each in (mine - their, their - mine))
    if min(own) > OWN:
        return False
    mine, their = (frozenset(signs(words(each.text), each.text)) for each in (one, other))
    deeds, their_deeds = ({sign for sign in each if sign.startswith("aspect:")} for each in (mine, their))
    if deeds - their_deeds and their_deeds - deeds:
        return False
    return not any(
        mine & set(dimension) and their & set(dimension) and not mine & their & set(dimension)
        for dimension in DIMENSIONS.values()
    )


def _forward(field: Field, size: int) -> list[npt.NDArray[np.int32]]:
    """Return the numbers of the terms of every passage, ascending."""
    order = np.argsort(field.ids, kind="stable")
    numbers = np.repeat(np.arange(len(field.terms), dtype=np.int32), np.diff(field.starts))[order]
    ends = np.searchsorted(field.ids[order], np.arange(1, size))
    return list(np.split(numbers, ends)) if size else []


def _dice(ours: npt.NDArray[np.int32], theirs: npt.NDArray[np.int32]) -> float:
    total = len(ours) + len(theirs)
    return 2 * len(np.intersect1d(ours, theirs, assume_unique=True)) / total if total else 1.0


def _shared(concepts: Sequence[npt.NDArray[np.int32]], names: Sequence[str], pair: Pair) -> frozenset[str]:
    one, other = pair
    return frozenset(names[concept] for concept in np.intersect1d(concepts[one], concepts[other]))
