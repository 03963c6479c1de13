"""What the review page shows of the question that is open: its sources, what was typed, what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup, escape

from assistant.answer import Answer, Citation
from assistant.filling import chosen
from assistant.people import Person
from assistant.questionnaire import AnswerField
from assistant.statement import Passage
from assistant.suggestion import Choice, Match, Suggestion
from assistant.web.marking import stems
from assistant.web.redline import compared
from assistant.workflow.comments import Comment, mentioned
from assistant.workflow.overview import sent_back_by
from assistant.workflow.records import AuditEvent, QuestionRecord

NEAR = 0.02
"""Below this confidence a passage is not proposed: what stands there has nothing to do with the question."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage beside the answer. `match` is None for a citation that matching does not propose."""

    path: str
    lines: tuple[int, int]
    heading: str
    text: str
    digest: str
    cited: bool
    passage: Passage | None = None
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the answer's form: as saved, or as somebody typed it before it was refused."""

    choice: str
    text: str
    not_applicable: str
    cited: tuple[str, ...]
    reason: str = ""
    wrong_source: bool = False

    @classmethod
    def saved(cls, answer: Answer) -> Typed:
        """Return what `answer` holds."""
        return cls(answer.choice or "", answer.text, answer.not_applicable, tuple(c.digest for c in answer.citations))

    def differs(self, answer: Answer) -> bool:
        """Return whether saving this would change `answer`."""
        now = Typed.saved(answer)
        mine = (self.choice, self.text.replace("\r\n", "\n").strip(), self.not_applicable.strip(), set(self.cited))
        return mine != (now.choice, now.text, now.not_applicable, set(now.cited))

    def with_source(self, citation: Citation, answer: Answer) -> Typed:
        """Return it citing one more passage, with that passage's text.

        A draft nobody has touched gives way to the text; what a person wrote is followed by it.
        """
        untouched = answer.author is None and not self.differs(answer)
        before = "" if untouched else self.text.strip()
        text = "\n".join(part for part in (before, citation.text) if part)
        cited = (citation.digest,) if untouched else tuple(dict.fromkeys((*self.cited, citation.digest)))
        return replace(self, text=text, cited=cited)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the last change was not made; with `theirs` somebody else's version stands there now.

    With `choice` only a choice was wanting: who was told so may approve without.
    """

    sentence: str
    theirs: bool = False
    choice: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment with who said it; the names in it are marked."""

    comment: Comment
    name: str
    shown: Markup


@dataclass(frozen=True, slots=True)
class Since:
    """What was approved before the answer was changed or its approval undone, against what stands there now."""

    by: str
    at: datetime
    choice: Markup
    text: Markup
    same: bool


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The question in the middle of the page with everything around it.

    `wants` is what the form wants chosen, "" when a text alone will do; `rests` says whether the text is the one that
    matching proposes.
    """

    item: QuestionRecord
    typed: Typed
    sources: tuple[Source, ...]
    found: tuple[Source, ...]
    reason: str
    wanted: frozenset[str]
    previous: int | None
    next: int | None
    refusal: Refusal | None = None
    returned_by: str = ""
    in_library: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Remark, ...] = ()
    since: Since | None = None
    people: tuple[Person, ...] = ()
    audience: tuple[Person, ...] = ()
    wants: str = ""
    rests: bool = False

    @property
    def unsaved(self) -> bool:
        """Return whether what was refused stands in the form and nowhere else."""
        return self.refusal is not None and self.typed.differs(self.item.answer)


def choice_keys(field: AnswerField) -> dict[str, str]:
    """Return for each value the field allows the key that chooses it, "" when there is none."""
    keys = {Choice.YES: "y", Choice.NO: "n"}
    taken: dict[str, str] = {}
    for value in field.allowed():
        said = chosen(value, field)
        key = keys.pop(said, "") if said is not None else ""
        taken[value] = key
    return taken


def returned_by(answer: Answer, events: Iterable[AuditEvent], names: Mapping[int, str]) -> str:
    """Return who sent the answer back, by what was done to it; "" when nobody or the application did."""
    by = sent_back_by(events, answer.objection) if answer.objection else None
    return names.get(by, "somebody who left") if by else ""


def since_approval(answer: Answer, events: Iterable[AuditEvent], names: Mapping[int, str]) -> Since | None:
    """Return how the answer differs from what was last approved of it; None when it is approved or never was."""
    last = next((event for event in events if event.action == "approved"), None)
    if answer.approval is not None or last is None or last.after is None:
        return None
    choice, text = last.after.get("choice") or "", last.after.get("text") or ""
    return Since(
        names.get(last.by or 0, "somebody who left"),
        last.at,
        compared(choice, answer.choice or ""),
        compared(text, answer.text),
        same=(choice, text) == (answer.choice or "", answer.text),
    )


def remarks(comments: Iterable[Comment], people: Iterable[Person], names: Mapping[int, str]) -> tuple[Remark, ...]:
    """Return the comments as they are shown, each with who said it."""
    known = [(person.id, person.name) for person in people]
    found = []
    for comment in comments:
        shown, end = Markup(), 0
        for start, stop, account in mentioned(comment.text, known):
            if account in comment.mentions:
                shown += escape(comment.text[end:start]) + Markup('<span class="mention">{}</span>').format(
                    comment.text[start:stop]
                )
                end = stop
        shown += escape(comment.text[end:])
        found.append(Remark(comment, names.get(comment.by, "somebody who left"), shown))
    return tuple(found)


def sources_of(answer: Answer, suggestion: Suggestion, typed: Typed) -> tuple[Source, ...]:
    """Return the passages to show: those the answer cites, then what comes near the question besides."""
    matches = {match.passage.digest: match for match in suggestion.matches}
    shown = [_cited(citation, matches.get(citation.digest), typed) for citation in answer.citations]
    known = {citation.digest for citation in answer.citations}
    near = (match for digest, match in matches.items() if digest not in known and match.confidence >= NEAR)
    return (*shown, *(_proposed(match, typed) for match in near))


def rests_on(answer: Answer, suggestion: Suggestion) -> bool:
    """Return whether the text is what matching drafted or proposes now, with its sources, whoever chose or saved it."""
    if answer.author is None:
        return True
    proposed = {match.passage.digest for match in suggestion.cited}
    same = answer.text.split() == (suggestion.answer or "").split()
    return same and proposed == {citation.digest for citation in answer.citations}


def searched(matches: list[Match], typed: Typed) -> tuple[Source, ...]:
    """Return the passages that a search found."""
    return tuple(_proposed(match, typed) for match in matches)


def wanted_words(item: QuestionRecord) -> frozenset[str]:
    """Return the stems of the words in the question that are marked in its passages."""
    return stems([item.question.text])


def _cited(citation: Citation, match: Match | None, typed: Typed) -> Source:
    return Source(
        citation.path,
        citation.lines,
        citation.heading,
        citation.text,
        citation.digest,
        citation.digest in typed.cited,
        match.passage if match else None,
        match,
    )


def _proposed(match: Match, typed: Typed) -> Source:
    passage = match.passage
    return Source(
        passage.path,
        passage.lines,
        passage.heading,
        passage.text,
        passage.digest,
        passage.digest in typed.cited,
        passage,
        match,
    )
