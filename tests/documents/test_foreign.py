"""Workbooks and Word documents know the same words of other languages for questions, answers and comments."""

from __future__ import annotations

import pytest

from assistant.documents import inspect
from tests.documents.excel.books import Page, asked, book
from tests.documents.word.making import document, outline, table

HEADS = [
    ("Frage", "Antwort", "Bemerkungen"),
    ("Question", "Réponse", "Commentaires"),
    ("Pregunta", "Respuesta", "Observaciones"),
    ("Domanda", "Risposta", "Commenti"),
    ("Pergunta", "Resposta", "Comentários"),
    ("Vraag", "Antwoord", "Toelichting"),
    ("Pytanie", "Odpowiedź", "Uwagi"),
    ("Otázka", "Odpověď", "Komentarz"),
    ("Fråga", "Svar", "Kommentar"),
    ("質問", "回答", "備考"),
    ("问题", "答复", "备注"),
    ("질문", "답변", "비고"),
]
TOPICS = ("ISO 27001, 2022", "ISO 27701, 2019", "SOC 2, Type II")
"""Words that ask nothing by themselves: only the header tells."""


@pytest.mark.parametrize("head", HEADS, ids=[head[0] for head in HEADS])
def test_columns_are_known_by_their_names(head: tuple[str, ...]) -> None:
    rows = [(topic, None, None) for topic in TOPICS]
    assert asked(book(Page(rows=[head, *rows]))) == [(f"A{n}", f"text B{n}", f"text C{n}") for n in (2, 3, 4)]
    found = inspect(document(table(list(head), *[[topic, "", ""] for topic in TOPICS])))
    assert [line.partition(" -> ")[2] for line in outline(found)] == [
        f"text tbl[0]/tr[{n}]/tc[1]; text tbl[0]/tr[{n}]/tc[2]" for n in (1, 2, 3)
    ]
