"""Hand-written stand-ins for matching and documents, so that the use cases are tested alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

from assistant.conflict import Conflict, ConflictKind
from assistant.errors import StatementFormatError, UnreadableDocumentError
from assistant.filling import Entry
from assistant.layout import CellView, Part, PartKind, View
from assistant.questionnaire import AnswerField, FieldKind, Location, Question, Questionnaire
from assistant.statement import Knowledge, Passage, ProfileFact, Scope, Statement
from assistant.suggestion import Choice, Match, Status, Suggestion, Topic


class FakeDocuments:
    """Documents that are lines of questions in one section; completed ones are JSON. While `blind` it finds none."""

    def __init__(self) -> None:
        self.blind, self.section = False, ""
        self.choices: tuple[str, ...] = ("Yes", "No", "NA")
        self.meanings: tuple[tuple[str, str], ...] = ()

    def inspect(self, file: bytes, name: str = "") -> Questionnaire:
        if not file.startswith(b"questions\n"):
            raise UnreadableDocumentError(f"{name} is no questionnaire.", "Upload another.")
        questions = tuple(
            Question(
                line,
                Location(f"S!B{row}"),
                (
                    AnswerField(FieldKind.CHOICE, Location(f"S!C{row}"), options=self.choices, meanings=self.meanings),
                    AnswerField(FieldKind.TEXT, Location(f"S!D{row}"), value="theirs" if "(filled)" in line else None),
                ),
                section=self.section,
            )
            for row, line in enumerate(file.decode().splitlines()[1:], 2)
        )
        return Questionnaire("xlsx", () if self.blind else questions)

    def view(self, file: bytes, name: str = "") -> View:
        lines = file.decode().splitlines()
        texts = [(1, ("No.", "Question", "Answer", "Comment"))]
        texts += [(row, (str(row - 1), line, "", "")) for row, line in enumerate(lines[1:], 2)]
        cells = [
            CellView(
                Location(f"S!{'ABCD'[column]}{row}"),
                row,
                column + 1,
                text,
                fields=(AnswerField(FieldKind.TEXT, Location(f"S!{'ABCD'[column]}{row}"), value=text or None),),
            )
            for row, columns in texts
            for column, text in enumerate(columns)
        ]
        return View((Part("S", "S", PartKind.SHEET, tuple(cells)),))

    def fill(self, file: bytes, entries: Sequence[Entry], name: str = "") -> bytes:
        return json.dumps({str(entry.field.location): entry.value for entry in entries}).encode()

    def verify(self, original: bytes, completed: bytes, places: Collection[Location], name: str = "") -> list[str]:
        return [f"{place} changed" for place in json.loads(completed) if place not in places]


class FakeFolder:
    """A knowledge folder whose passages tests set directly."""

    def __init__(self) -> None:
        self.revision = 0
        self.passages: tuple[Passage, ...] = (
            Passage("parcel.md", (3, 3), "All disks are encrypted.", "Parcel", headings=("Storage",)),
            Passage("parcel.md", (5, 5), "Logs are kept for 90 days.", "Parcel", frozenset({"cloud"})),
        )

    def load(self, folder: Path) -> Knowledge:
        statement = Statement("parcel.md", "Parcel", "Parcel", self.passages)
        return Knowledge((statement,), scopes={"Parcel": ("cloud", "on-premise")})

    def digest(self, folder: Path) -> str:
        return " ".join((str(self.revision), *(passage.digest for passage in self.passages)))

    def sources(self, folder: Path) -> dict[str, str]:
        return {"parcel.md": "\n".join(passage.text for passage in self.passages)}

    def passages_of(self, path: str, text: str) -> tuple[Passage, ...]:
        return self.statement(path, text).passages

    def statement(self, path: str, text: str) -> Statement:
        """One passage a line, in the deployments that the passage has whose text is the same."""
        if "fault" in text:
            raise StatementFormatError(path, 1, "There is a fault.")
        known = {passage.text: passage for passage in self.passages}
        passages = tuple(known.get(line, Passage(path, (3, 3), line, "Parcel")) for line in text.split("\n"))
        return Statement(path, "Parcel", "Parcel", passages)


@dataclass
class FakeMatching:
    """Suggests the first passage that shares a word of four letters with the question."""

    passages: tuple[Passage, ...] = ()
    asked: list[str] = field(default_factory=list)
    looked: int = 0

    def refresh(self, passages: Sequence[Passage], profile: Sequence[ProfileFact] = ()) -> bool:
        self.passages = tuple(passages)
        return True

    def suggest(
        self,
        questions: Sequence[str],
        scope: Scope,
        today: date,
        *,
        top: int = 5,
        rejected: Collection[tuple[str, str]] = (),
    ) -> list[Suggestion]:
        self.asked += questions
        return [self._suggest(question, scope, today, rejected) for question in questions]

    def _suggest(self, question: str, scope: Scope, today: date, rejected: Collection[tuple[str, str]]) -> Suggestion:
        for passage in self.passages:
            shared = {word for word in passage.text.lower().split() if len(word) > 3} & set(question.lower().split())
            turned_down = (self.question_key(question), passage.digest) in rejected
            if shared and passage.citable(scope, today) and not turned_down:
                match = Match(passage, 0.9, shared=tuple(sorted(shared)))
                return Suggestion(question, Status.SUGGESTED, (match,), Choice.YES, passage.text, cited=(match,))
        return Suggestion(question, Status.NO_MATCH, reason="Nothing answers it.")

    def passage(self, digest: str) -> Passage | None:
        return next((passage for passage in self.passages if passage.digest == digest), None)

    def search(self, text: str, scope: Scope | None, limit: int) -> list[Match]:
        return [Match(passage, 0.5) for passage in self.passages if text in passage.text][:limit]

    def same(self, questions: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
        """Questions whose last word is the same are."""
        return [
            (one, other)
            for place, one in enumerate(questions)
            for other in (*questions[place + 1 :], *others)
            if _last(one) == _last(other) and self.question_key(one) != self.question_key(other)
        ]

    def stands_alone(self, question: str) -> bool:
        return " it " not in question

    def asked_before(self, questions: Sequence[str], scope: Scope) -> list[tuple[Passage, ...]]:
        entries = [passage for passage in self.passages if passage.question and passage.holds_for(scope)]
        return [tuple(p for p in entries if _last(p.question) == _last(question)) for question in questions]

    def similar(self, question: str, scope: Scope) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if passage.question and passage.holds_for(scope))

    def conflicts(self) -> list[Conflict]:
        """Texts with the same first word contradict each other in their last one."""
        self.looked += 1
        return [
            Conflict(ConflictKind.CONTRADICTION, (one, other), (), (one.text.split()[-1], other.text.split()[-1]))
            for one, other in combinations(self.passages, 2)
            if one.text.split()[0] == other.text.split()[0] and one.text != other.text
        ]

    def topics(self, texts: Sequence[str]) -> list[Topic]:
        """The last long word is the topic."""
        return [Topic((text.rstrip(" ?").split() or [""])[-1].casefold(), "", "") for text in texts]

    def vocabulary(self) -> str:
        return ""

    def question_key(self, text: str) -> str:
        return text.casefold()


def _last(question: str) -> str:
    return (question.rstrip(" ?").split() or [""])[-1].casefold()
