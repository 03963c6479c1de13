"""Which questions with boxes to tick take several ticks at once ("select all that apply"), and which take one.

The form's own words decide, in the question, its section's title or a hint between question and boxes. Where they
say nothing, a list of things of which each may hold (certifications, places, kinds of data) takes several; steps
of a scale, verdicts, amounts and columns side by side take one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from assistant.filling import canonical
from assistant.questionnaire import AnswerField, FieldKind, Question, Questionnaire, Skipped

_ALL = re.compile(
    r"\b(?:select|check|tick|mark|choose|indicate|cross)(?: \w+){0,3} (?:all|any|each|every)\b|"
    r"\ball (?:boxes |options )?(?:that|which) apply\b|\ball applicable\b|\bone or more\b|\bmore than one\b|"
    r"\bmultiple (?:answers?|responses?|selections?|choices?|options?)\b|"
    r"mehrfach(?:nennung|auswahl|antwort)|alle(?:s)? zutreffende|plusieurs (?:réponses|choix)|"
    r"toutes les (?:réponses|cases)|(?:seleccione|marque|indique) tod[ao]s|respuesta múltiple|"
    r"複数(?:選択|回答)|(?:すべて|全て)(?:選択|選ん)|該当するもの(?:を)?(?:すべて|全て)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:select|check|tick|mark|choose|pick|indicate|cross)(?: \w+){0,2} (?:one|a single)\b(?! or more)|"
    r"\b(?:only|just) one\b|\bone (?:option|answer|box) only\b|\bwhich one\b|"
    r"\bhow (?:often|frequently|long|many|much|old|soon|quickly|mature)\b|"
    r"nur eine\b|wie (?:oft|häufig|lange|viele)\b|une seule|à quelle fréquence|combien|"
    r"una sola|s[oó]lo una|con qué frecuencia|cuánt[ao]s|一つ|ひとつ|1つ",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"(?:very )?(?:high|medium|low|moderate|critical|good|poor)\b|(?:strongly )?(?:agree|disagree)\b|neutral\b|"
    r"(?:level|tier|stage|phase|stufe|niveau|nivel)\b|never\b|always\b|often\b|sometimes\b|rarely\b|"
    r"(?:fully|partially|partly|largely|not|non|yes|no|planned|in progress|unknown|undecided|don.t know)\b|"
    r"(?:hourly|daily|weekly|monthly|quarterly|annually|yearly|at least|at most|less|more|up to|over|under|"
    r"within|every|once)\b|[<>≤≥]?\s*\d",
    re.IGNORECASE,
)
"""How the steps of a scale begin, and verdicts and amounts: of these one holds."""
_REST = re.compile(r"(?:none|other|keine|sonstige|andere|aucun|autre|ningun|otr|該当なし|その他)", re.IGNORECASE)
_LEAST = 3
_VERDICTS = 2
"""Options that say yes, no or not applicable from which on one is chosen, whatever else the question speaks of."""
_CODE = 3
_CELL = re.compile(r"(.*!)[A-Z]+(\d+)$|(.*/tr\[\d+\])/tc\[\d+\]$")
_PARAGRAPH = re.compile(r"(.*/p)\[(\d+)\]$")


def told_apart(found: Questionnaire) -> Questionnaire:
    """Return the questionnaire with the questions marked that take several ticks at once."""
    if not any(field.kind is FieldKind.MARK for question in found.questions for field in question.fields):
        return found
    remarks = _Remarks(found.skipped)
    return replace(found, questions=tuple(_told_apart(question, remarks) for question in found.questions))


def _told_apart(question: Question, remarks: _Remarks) -> Question:
    fields = tuple(
        replace(field, several=True)
        if field.kind is FieldKind.MARK and _is_several(question, field, remarks)
        else field
        for field in question.fields
    )
    return question if fields == question.fields else replace(question, fields=fields)


def _is_several(question: Question, field: AnswerField, remarks: _Remarks) -> bool:
    labels = [label for label, _ in field.marks]
    # What costs least is asked first: most fields offer yes and no.
    if len(labels) < 2 or sum(canonical(label) is not None for label in labels) >= _VERDICTS:
        return False
    if _ONE.search(question.text):
        return False
    if field.value and field.value not in labels:  # more than one is ticked already
        return True
    if len(labels) >= _LEAST and not _side_by_side(field) and not any(map(_excludes, labels)):
        return True
    words = f"{question.text} {question.section.rpartition(' › ')[2]}"
    return _ALL.search(words) is not None or any(map(_ALL.search, remarks.between(question, field)))


def _excludes(label: str) -> bool:
    """Return whether an option is one of which only one can hold, or a code."""
    if _REST.match(label):
        return False
    return len(label) <= _CODE or canonical(label) is not None or _STEP.match(label) is not None


def _side_by_side(field: AnswerField) -> bool:
    """Return whether the places stand in one row, as tick columns do."""
    rows = {(match[1], match[2], match[3]) if (match := _CELL.match(place)) else place for place in field.places()}
    return len(set(field.places())) > 1 and len(rows) == 1


class _Remarks:
    """The paragraphs that are no questions, by where they stand."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        self._skipped = skipped

    @cached_property
    def _texts(self) -> dict[tuple[str, int], str]:
        places = ((_PARAGRAPH.match(skip.location), skip.text) for skip in self._skipped)
        return {(found[1], int(found[2])): text for found, text in places if found}

    def between(self, question: Question, field: AnswerField) -> list[str]:
        """Return the remarks between a question and its boxes."""
        first, last = _PARAGRAPH.match(question.location), _PARAGRAPH.match(field.places()[-1])
        if not first or not last or first[1] != last[1]:
            return []
        steps = range(int(first[2]) + 1, int(last[2]))
        return [self._texts[first[1], step] for step in steps if (first[1], step) in self._texts]
