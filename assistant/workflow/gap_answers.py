"""One answer for a gap, put as a draft wherever the same is still asked; nothing is approved by that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import State
from assistant.errors import InvalidValueError, StateError
from assistant.filling import canonical, fit
from assistant.people import Permission, Person
from assistant.questionnaire import Question
from assistant.statement import LibraryEntry
from assistant.workflow.gaps import Gaps, OpenGap
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.library import AnswerLibrary
from assistant.workflow.records import Stage
from assistant.workflow.review import Review
from assistant.workflow.shelf import EntryRecord


@dataclass(frozen=True, slots=True)
class Put:
    """How many drafts were put, and what stood against the others: the question's subject and the reason."""

    drafts: int
    refused: tuple[tuple[str, str], ...]


class GapAnswers:
    """What reviewers do with an answer that closes a gap."""

    def __init__(self, gaps: Gaps, library: AnswerLibrary, review: Review, knowledge: KnowledgeKeeper) -> None:
        """Keep what the use cases need."""
        self._gaps, self._library, self._review, self._knowledge = gaps, library, review, knowledge

    def entry(self, by: Person, entry: int) -> EntryRecord:
        """Return the entry that somebody wrote for a gap.

        :raises NotFoundError: when there is none that `by` may read.
        """
        return self._library.entry(by, entry)

    def places(self, by: Person, key: str, entry: int) -> list[OpenGap]:
        """Return the questions of the group without any answer for whose customer and product the entry holds."""
        by.require(Permission.APPROVE)
        record = self._library.entry(by, entry)
        if record.proposed or record.retired:
            return []
        passage = record.passage
        _, found = self._gaps.group(by, key)
        return [
            gap
            for gap in found
            if gap.item.answer.state is State.UNANSWERED
            and gap.record.stage in (Stage.OPEN, Stage.COMPLETED)
            and passage.holds_for(gap.record.scope)
            and passage.tellable(gap.record.scope)
        ]

    def put(self, by: Person, key: str, entry: int, chosen: Mapping[int, int]) -> Put:
        """Put the entry's answer as a draft into the `chosen` questions (id -> version) of the group.

        What is no longer open or changed since is refused, the others are put all the same.
        """
        by.require(Permission.APPROVE)
        record = self._library.entry(by, entry)
        open_there = {gap.item.id: gap for gap in self.places(by, key, entry)}
        # The entry may be new: what is cited must be known to matching.
        self._knowledge.refresh()
        drafts, refused = 0, []
        for question, version in chosen.items():
            gap = open_there.get(question)
            if gap is None:
                refused.append((f"question {question}", "It has an answer by now, or the entry does not hold for it."))
                continue
            try:
                choice, text = _fitted(gap.item.question, record.entry)
                self._review.edit(
                    by, question, version, choice=choice, text=text, cited=[record.passage.digest], by_hand=False
                )
                drafts += 1
            except (StateError, InvalidValueError) as problem:
                refused.append((gap.item.question.number or f"#{gap.item.position + 1}", str(problem)))
        return Put(drafts, tuple(refused))


def _fitted(question: Question, entry: LibraryEntry) -> tuple[str | None, str]:
    """Return choice and text as the form takes them; a choice that it has no wording for is left to the reviewer."""
    choice, field = canonical(entry.choice), question.choice_field
    fitting = fit(choice, field.allowed(), field.meanings) if choice is not None and field is not None else None
    return fitting, entry.answer
