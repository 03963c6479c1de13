"""Which answers cite passages or say what they say: few of them, which the database looks for, and many alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, State
from assistant.storage import Database, usage
from assistant.storage.usage import holding
from assistant.workflow.citing import Said
from assistant.workflow.records import CompletedRecord
from assistant.workflow.sendings import ToldAnswer
from tests.storage import samples

TEXTS = [f"Passage {number} says something of its own about things." for number in range(9)]
DIGESTS = [f"{number:064x}" for number in range(9)]


def cited(number: int, path: str = "security.md") -> Citation:
    return Citation(path, (1, 1), "", TEXTS[number], DIGESTS[number])


ANSWERS = {
    "cites one": Answer(State.DRAFTED, "Yes", "In other words.", (cited(0),)),
    "cites what stays": Answer(State.DRAFTED, "Yes", "In other words.", (cited(8),)),
    "cites what stays and repeats one": Answer(State.DRAFTED, "Yes", f"So it is: {TEXTS[1]}", (cited(8),)),
    "cites one and repeats it": Answer(State.DRAFTED, "Yes", TEXTS[2], (cited(2),)),
    "cites another file": Answer(State.DRAFTED, "Yes", "In other words.", (cited(8, "other.md"),)),
    "repeats within": Answer(State.DRAFTED, "Yes", f"As we say,“{TEXTS[3]}”And more.", author=1),
    "repeats in other case": Answer(State.DRAFTED, "Yes", TEXTS[4].upper(), author=1),
    "says nothing": Answer(),
    "says something else": Answer(State.DRAFTED, "No", "Passage 5 says something of its own.", author=1),
}
CITING = {"cites one", "cites one and repeats it"}
REPEATING = {"cites what stays and repeats one", "repeats within"}


@pytest.mark.parametrize("few", [0, 100])
def test_few_and_many_are_found_alike(store: Database, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(usage, "_FEW", few)
    gone, said = DIGESTS[:8], Said(texts=TEXTS[:8])
    with store.writing() as tx:
        writer = samples.person(tx)
        key = samples.questionnaire(tx, writer, count=len(ANSWERS))
        names = {}
        for item, (name, answer) in zip(tx.questionnaires.questions(key), ANSWERS.items(), strict=True):
            author = writer.id if answer.author else None
            names[tx.questionnaires.save(replace(item, answer=replace(answer, author=author))).id] = name
        document = tx.questionnaires.add_completed(
            CompletedRecord(0, key, "done.xlsx", "d" * 64, 2, 1, 2, writer.id, samples.NOON), b"completed"
        )
        told = [
            ToldAnswer(question, at, "", "Asked?", answer.choice, answer.text, answer.citations)
            for at, (question, answer) in enumerate(zip(names, ANSWERS.values(), strict=True))
        ]
        tx.sendings.keep(document, told)
        tx.sendings.add(document, "Ann", writer.id, samples.NOON)
    with store.reading() as tx:
        citing, sent = tx.usage.citing("security.md", gone, said), tx.usage.sent("security.md", gone, said)
        kept = {row.id: row.answer for row in tx.usage.sent_answers([found.answer for found in sent])}
        whole = tx.usage.citing("security.md", None, replace(said, uncited=True))
    assert {names[found.question] for found in citing if found.cites} == CITING
    assert {names[found.question] for found in citing if not found.cites} == REPEATING
    assert len(citing) == len(CITING | REPEATING)
    assert {kept[found.answer] for found in sent if found.cites} == {ANSWERS[name].text for name in CITING}
    assert {kept[found.answer] for found in sent if not found.cites} == {ANSWERS[name].text for name in REPEATING}
    assert {names[found.question] for found in whole if not found.cites} == {"repeats within"}
    assert {names[found.question] for found in whole if found.cites} == CITING | {
        "cites what stays",
        "cites what stays and repeats one",
    }


WORDS = st.text("ab .”\n", max_size=12)


@given(st.lists(WORDS.filter(bool), max_size=6), st.lists(WORDS, max_size=6))
def test_whatever_holds_a_text_is_found_and_nothing_else(texts: list[str], answers: list[str]) -> None:
    assert holding(texts, answers) == [answer for answer in answers if any(text in answer for text in texts)]
