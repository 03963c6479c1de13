"""What is new, changed and gone between two versions of a form."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.questionnaire import Question
from assistant.workflow.records import QuestionRecord

_WITH_NUMBER, _IN_PLACE, _ANYWHERE = 0.4, 0.5, 0.7
"""How much of their words two questions share (Dice's coefficient) to be the same one in other words: least when they
bear the same number, more when they stand in the same place, most otherwise."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a form side by side; each list is in the order of its document.

    `same` and `changed` are pairs of a question as it was and the position of the one that it is now; `new` are
    positions, `gone` questions of the earlier version.
    """

    same: tuple[tuple[QuestionRecord, int], ...]
    changed: tuple[tuple[QuestionRecord, int], ...]
    new: tuple[int, ...]
    gone: tuple[QuestionRecord, ...]


def compared(before: Sequence[QuestionRecord], after: Sequence[Question]) -> Comparison:
    """Return what became of the questions `before`; each is paired with at most one of `after`."""
    left = {item.id: item for item in before}
    pairs: dict[int, QuestionRecord] = {}
    for key in (_text_and_place, _text_and_number, _text):
        for position, item in _alike(list(left.values()), after, pairs, key):
            pairs[position] = left.pop(item.id)
    same = pairs.copy()
    for position, item in _reworded(list(left.values()), after, pairs):
        pairs[position] = left.pop(item.id)
    return Comparison(
        tuple((same[at], at) for at in sorted(same)),
        tuple((pairs[at], at) for at in sorted(pairs) if at not in same),
        tuple(at for at in range(len(after)) if at not in pairs),
        tuple(left.values()),
    )


def _alike(
    left: Sequence[QuestionRecord],
    after: Sequence[Question],
    taken: dict[int, QuestionRecord],
    key: Callable[[Question], object],
) -> Iterator[tuple[int, QuestionRecord]]:
    offered: dict[object, deque[QuestionRecord]] = defaultdict(deque)
    for item in left:
        offered[key(item.question)].append(item)
    for position, question in enumerate(after):
        if position not in taken and offered.get(key(question)):
            yield position, offered[key(question)].popleft()


def _reworded(
    left: Sequence[QuestionRecord], after: Sequence[Question], taken: dict[int, QuestionRecord]
) -> Iterator[tuple[int, QuestionRecord]]:
    """Yield the pairs that share most of their words, the best first; each question once."""
    free = [position for position in range(len(after)) if position not in taken]
    before = [_words(item.question.text) for item in left]
    words = {position: _words(after[position].text) for position in free}
    offered: dict[object, list[int]] = defaultdict(list)
    common = Counter(word for own in (*before, *words.values()) for word in own)
    for position in free:
        for trait in _traits(after[position], words[position], common):
            offered[trait].append(position)
    found: list[tuple[float, int, int]] = []
    for index, (item, own) in enumerate(zip(left, before, strict=True)):
        near = {position for trait in _traits(item.question, own, common) for position in offered.get(trait, ())}
        for position in near:
            question = after[position]
            if not own or not words[position]:
                continue
            shared = 2 * len(own & words[position]) / (len(own) + len(words[position]))
            numbered = bool(question.number) and question.number == item.question.number
            placed = question.location == item.question.location
            if shared >= (_WITH_NUMBER if numbered else _IN_PLACE if placed else _ANYWHERE):
                found.append((shared + numbered, index, position))
    used: set[int] = set()
    for _, index, position in sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if index not in used and position not in taken:
            used.add(index)
            yield position, left[index]


def _traits(question: Question, words: frozenset[str], common: Mapping[str, int]) -> Iterator[object]:
    """Yield what two questions have one of in common when they can be one: not every one is held against every other.

    Besides number and place these are its rarest words. Two sets of words that are alike by `_ANYWHERE` share at least
    that part of each which the coefficient gives when the other holds nothing else, so they cannot differ in as many
    of their rarest words as are left out of it, and one more.
    """
    if question.number:
        yield "number", question.number
    yield "place", question.location
    least = math.ceil(len(words) * _ANYWHERE / (2 - _ANYWHERE) - 1e-9)
    for word in sorted(words, key=lambda word: (common[word], word))[: len(words) - least + 1]:
        yield "word", word


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _text(question: Question) -> object:
    return _plain(question.text)


def _text_and_place(question: Question) -> object:
    return _plain(question.text), question.location


def _text_and_number(question: Question) -> object:
    return _plain(question.text), question.number, question.section
