"""The words that head columns, and the options that forms print to choose from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from assistant.documents import foreign
from assistant.documents.word.memory import in_mind
from assistant.documents.word.words import plain
from assistant.filling import canonical


class Role(StrEnum):
    """What a column is for."""

    NUMBER = "number"
    QUESTION = "question"
    TEXT = "text"
    CHOICE = "choice"
    MARK = "mark"
    OPTIONS = "options"
    EVIDENCE = "evidence"
    ACTION = "action"
    GUIDANCE = "guidance"
    ASSESSOR = "assessor"
    OTHER = "other"


LONGEST_HEADER = 12
"""Words of a header that says what its column is for."""

_NUMBER_HEADERS = frozenset(
    {
        "no", "nr", "num", "number", "#", "id", "ref", "reference", "code", "item", "q", "s/n", "sn", "lfd", "index",
        "n°", "nº", "№", "núm", "numéro", "numero", "番号", "項番", "编号", "序号", "question-id", "control-id",
    }
)  # fmt: skip

_NUMBER_HEADER = re.compile(
    r"(question|req(uirement)?|control|item|ref(erence)?|section|q|serial|s|lfd|sl)[ ./-]*(no|nr|id|"
    r"number|code|#|num|ref)\.?s?"
)
_BRACKETED = re.compile(r"\(([^)]*)\)")
_LETTERS_OF_WORDS = re.compile(r"[^\W\d_]")

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.ASSESSOR,
        re.compile(
            r"\b(assessor|reviewer|evaluator|auditor|scor(e|es|ed|ing)|weight(ed|ing|age)?|points?|rating|"
            r"(internal|office|official|customer|client|buyer|agency|company) use|use only|reviewed by|evaluat\w+|"
            r"(customer|client|buyer|agency|internal|our) (comments?|notes?|remarks?|review|assessment|evaluation)|"
            r"verified|findings?|risk level|prüfer|bewertung|punkte|évaluateur|evaluador|puntuación)\b|"
            r"評価|採点",
            re.I,
        ),
    ),
    (
        Role.OPTIONS,
        re.compile(
            r"^(options?|choices|(allowed|possible|valid|available|answer|response) (values?|answers?|responses?|"
            r"options?|"
            r"choices|types?|formats?)|select from|opciones|optionen|antwortmöglichkeiten|選択肢)$",
            re.I,
        ),
    ),
    (
        Role.ACTION,
        re.compile(
            r"\b(next steps?|actions?( plan)?|remediation|target date|due( date)?|priority|responsible|owner|"
            r"deadline|"
            r"timeline|completion date|maßnahmen?|verantwortlich\w*|priorität|termin|frist|échéance|responsable|"
            r"prioridad)\b|"
            r"担当|期限|優先",
            re.I,
        ),
    ),
    (
        Role.CHOICE,
        re.compile(
            r"\b(yes|y|ja|oui|s[ií]|j)\s*[/|,]?\s*(or|/|,)?\s*(no|n|nein|non)\b|^(fully )?compl(iant|iance|ies|"
            r"y)\??$|"
            r"\b(compliance|conformance|conformity|implementation|response|support|fulfil?lment) "
            r"(status|level|state|degree|code)\b|"
            r"\b(status|level|state|degree) of (compliance|conformance|conformity|implementation|support|"
            r"fulfil?lment)\b|"
            r"^(conformance|conformity|status|(in place|met|implemented|supported|fulfilled)\??)$|"
            r"^((erfüllungs|umsetzungs|reife)(grad|stand|status)|konformität(sgrad)?)$|"
            r"\b(niveau|statut|état|degré) (de )?(conformité|avancement|mise en œuvre)\b|"
            r"\b(nivel|estado|grado) de (cumplimiento|conformidad|implantación|implementación)\b|"
            r"\b(livello|stato|grado) di (conformità|attuazione|implementazione)\b|"
            r"はい.{0,3}いいえ|^erfüllt\??$|^conforme\??$|^cumple\??$",
            re.I,
        ),
    ),
    (
        Role.TEXT,
        re.compile(
            r"\b(response|responses|answer|answers|reply|replies|comment|comments|remarks?|explanation|explain|"
            r"narrative|"
            r"justification|details|additional information|values?|input|your (answer|response|input)|"
            r"implementation (details|description)|"
            rf"{foreign.ANSWERS}|{foreign.COMMENTS}|beschreibung der umsetzung|"
            r"(completed|filled in|provided|answered) by (the )?(vendor|supplier|provider|bidder|contractor|"
            r"respondent|tenderer|processor|applicant|you)|(vom|durch den) (anbieter|bieter|lieferanten|auftragnehmer)"
            r"( auszufüllen)?|à (compléter|remplir) par le \w+|a (completar|rellenar|cumplimentar) por el \w+)\b|"
            rf"{foreign.ANSWERS_UNSPACED}|{foreign.COMMENTS_UNSPACED}|説明",
            re.I,
        ),
    ),
    (
        Role.EVIDENCE,
        re.compile(
            r"\b(evidence|proof|attachments?|artifacts?|documentation|supporting documents?|links?|url|location of|"
            rf"{foreign.EVIDENCE}|justificatifs?|pruebas?)\b|{foreign.EVIDENCE_UNSPACED}",
            re.I,
        ),
    ),
    (
        Role.GUIDANCE,
        re.compile(
            r"\b(guidance|guidelines?|notes?|help|hints?|instructions?|examples?|testing|test procedures?|rationale|"
            r"background|intent|purpose|supporting information|references?|source|spec|specification|mapping|why|"
            r"criteria|hinweise?|erklärung|beispiele?|indications?|exemples?|notas?|ejemplos?|guía)\b|参考|補足|例",
            re.I,
        ),
    ),
    (
        Role.QUESTION,
        re.compile(
            r"\b(questions?|requirements?|controls?|checklist|statements?|quer(y|ies)|criterion|"
            r"information (required|requested)|"
            r"items?|topics?|subjects?|areas?|description|practices?|measures?|capabilit(y|ies)|features?|"
            r"declaration|condition|fields?|parameters?|thema|kriterien|mesures?|critères?|controles?|medidas?|"
            rf"{foreign.QUESTIONS})\b|{foreign.QUESTIONS_UNSPACED}|問題",
            re.I,
        ),
    ),
)

_YES_NO = re.compile(r"\b(yes|y|ja|oui|o|s[iíì]|j|sim)\s*[/|,]\s*(no|n|nein|non|nee|não)\b|はい.{0,3}いいえ", re.I)
_SINGLE_LETTERS = re.compile(r"[A-Z](?:\s*[/|,]\s*[A-Z]){1,5}")
"""A header of nothing but options by one letter each, as in "F / P / N"."""
_VERSION = re.compile(r"version|revision|\brev\b|ausgabe|版", re.I)
_HISTORY = re.compile(
    r"^((document )?(version|revision|rev)\.?( no\.?| number| history)?|.{0,20}\b(version|revision)|"
    r"(release |effective )?date|(author|editor|owner|name|who)(\(s\))?|approver|"
    r"(changed|modified|approved|reviewed|prepared|updated) by|changes?( made)?|comments?|notes?|status|"
    r"(description|summary|reason|details)( (of|for) (the )?(changes?|revision|update))?|"
    r"datum|autor|änderung(en)?|beschreibung|fecha|cambios?|auteur|modifications?|日付|作成者|変更内容|版数?)$",
    re.I,
)
_SCALE = re.compile(r"[0-9]{1,2}$")

STRONG_QUESTION = re.compile(
    r"\b(questions?|requirements?|checklist|statements?|information (required|requested)|"
    rf"{foreign.QUESTIONS})\b|{foreign.QUESTIONS_UNSPACED}",
    re.I,
)

_QUESTION_WORDS = next(pattern for role, pattern in _ROLES if role is Role.QUESTION)

STRONG_ANSWER = re.compile(rf"\b(responses?|answers?|reply|{foreign.ANSWERS})\b|{foreign.ANSWERS_UNSPACED}", re.I)

_OPTION_WORDS = re.compile(
    r"^(yes|no|n\.?/?a\.?|partial(ly)?|partly|planned|unknown|don'?t know|other|none|maybe|true|false|"
    r"(not )?(in place|applicable|implemented|compliant|met|tested|started|supported|provided|"
    r"available)( with .{1,30}| .{1,12})?|"
    r"fully( .{1,20})?|partially .{1,20}|in progress|alternative|comply|exception|high|medium|low|"
    r"(strongly )?(agree|disagree)|neutral|not at all|mostly|largely|always|often|sometimes|rarely|never|"
    r"gar nicht|überwiegend|größtenteils|vollständig|pas du tout|totalement|en grande partie|"
    r"ja|nein|teilweise|entfällt|geplant|trifft( nicht)? zu|"
    r"(nicht |teilweise )?(vorhanden|erfüllt|umgesetzt|zutreffend|anwendbar)|"
    r"oui|non|partiel(lement)?|sans objet|s\.?/?o\.?|en cours|prévue?|(non |partiellement )?(conforme|applicable|"
    r"en place)|s[iíì]|parcial(mente)?|parzial(e|mente)|(no |non )?(aplica|cumple|applicabile)|en curso|"
    r"sim|não( aplicável)?|tak|nie( dotyczy)?|częściowo|nej|nei|delvis|"
    r"ano|ne|nee|deels|n\.?v\.?t\.?|はい|いいえ|該当なし|対象外|该当なし|一部|実施済み?|未実施|"
    r"[○×△])\.?$",
    re.I,
)


@in_mind
def header_role(text: str) -> Role | None:
    """Return what a column headed `text` is for, None when the words do not say."""
    said = plain(_BRACKETED.sub(" ", text) if "(" in text else text).strip(" :*.") or plain(text)
    if not said or len(said.split()) > LONGEST_HEADER:
        return None
    folded = said.casefold()
    compact = folded.replace("question ", "question-").replace("control ", "control-")
    if folded in _NUMBER_HEADERS or compact in _NUMBER_HEADERS or _NUMBER_HEADER.fullmatch(folded):
        return Role.NUMBER
    if _YES_NO.search(plain(text)) or _SINGLE_LETTERS.fullmatch(said):
        return Role.CHOICE
    if is_option(said):
        return Role.CHOICE if said.endswith("?") else Role.MARK
    if not _LETTERS_OF_WORDS.search(text):
        return None  # as most numbers that stand where a header could
    for role, pattern in _ROLES:
        if pattern.search(said if role is not Role.CHOICE else plain(text)):
            return role
    return None


def names_questions(header: str) -> bool:
    """Return whether a header names what is asked among other things, as "Evidence item" does."""
    return _QUESTION_WORDS.search(header) is not None


def is_history(headers: Sequence[str]) -> bool:
    """Return whether headers are those of a document's history of versions, which asks nothing."""
    said = [plain(text).strip(" :") for text in headers if text.strip()]
    return len(said) >= 2 and all(_HISTORY.match(text) for text in said) and any(_VERSION.search(text) for text in said)


def is_scale(texts: Sequence[str]) -> bool:
    """Return whether the texts count a scale up or down, such as 1, 2, 3, 4, 5."""
    steps = [int(text) for text in texts if _SCALE.match(text.strip())]
    return len(steps) >= 3 and len(steps) == len(texts) and all(abs(b - a) == 1 for a, b in pairwise(steps))


_LONGEST_OPTION = 40


@in_mind
def is_option(text: str) -> bool:
    """Return whether `text` is a short answer as forms offer it, such as "Yes" or "Not in place"."""
    said = plain(text).strip(" :")
    return 0 < len(said) <= _LONGEST_OPTION and (canonical(said) is not None or _OPTION_WORDS.match(said) is not None)


_SEPARATOR = re.compile(r"[|¦/;,\n]|\s(or|I)\s")
_BARS, _BAR_OF_LETTER = re.compile(r"\s*[|¦]\s*|\s+I\s+(?=[A-Z])"), re.compile(r"\s+I\s+[A-Z]")
_OTHER_SEPARATORS = re.compile(r"\s*/\s*(?![aA]\b)|\s+or\s+|\s*;\s*|\s*,\s*")
_FREE = re.compile(r"free[ -]?text|freitext|texto libre|texte libre|自由記述")


@in_mind
def printed_options(text: str) -> tuple[str, ...]:
    """Return the options that `text` prints to choose from ("Yes | No | N/A", "Yes / No"), () when it is no such list.

    A list with free text among its options offers no closed choice.
    """
    if len(text) > 400 or not _SEPARATOR.search(text):
        return ()
    said = " ".join(text.split())
    if not said or len(said) > 300 or offers_free_text(said):
        return ()
    barred = "|" in said or "¦" in said or (" I " in said and _BAR_OF_LETTER.search(said))
    parts = _BARS.split(said) if barred else None
    if parts is None:
        lines = [line.strip(" •·-–") for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and all(is_option(line) for line in lines):
            parts = lines
        else:
            parts = _OTHER_SEPARATORS.split(said)
            # As in nearly every sentence with a comma one part is no option by its length alone.
            if any(len(part.strip(" :")) > _LONGEST_OPTION for part in parts) or not all(map(is_option, parts)):
                return ()
    found = tuple(dict.fromkeys(part.strip(" .") for part in parts if part.strip(" .")))
    return found if len(found) >= 2 and all(len(part) <= 80 for part in found) else ()


@in_mind
def printed_choice(text: str) -> tuple[int, int] | None:
    """Return from where to where a line prints a choice to strike out, such as "Yes / No": all of it or its end.

    At its end the choice stands behind a question mark, a colon or a gap.
    """
    if not _SEPARATOR.search(text, max(0, len(text.rstrip()) - _LONGEST_CHOICE)):
        return None
    for gap in (*_BEFORE_CHOICE.finditer(text, max(0, len(text) - _LONGEST_CHOICE)), None):
        start = gap.end() if gap else len(text) - len(text.lstrip())
        said = text[start:].rstrip()
        if 0 < len(said) <= _LONGEST_CHOICE and all(map(is_option, printed_options(said) or ("?",))):
            return start, start + len(said)
    return None


_LONGEST_CHOICE = 120
"""Characters of a choice printed in a line."""
_BEFORE_CHOICE = re.compile(r"[?？:：]\s*|\t\s*|[ \u00a0]{2,}")
"""What parts a question from the choice printed behind it."""


def offers_free_text(text: str) -> bool:
    """Return whether a cell that lists what may be answered asks for free text."""
    folded = text.casefold()
    return ("text" in folded or "自由記述" in folded) and _FREE.search(folded) is not None


_LETTERS = re.compile(r"[A-Z]{1,3}(?:\s*[/|,]\s*[A-Z]{1,3}){1,5}")
"""Options by their letters, as in "Compliant (C/PC/NC)"."""


def header_options(text: str) -> tuple[str, ...]:
    """Return the options a column's header names, such as "Compliant (Yes/No/Partial)"."""
    for inside in (*_BRACKETED.findall(text), text):
        if _LETTERS.fullmatch(inside.strip()):
            return tuple(dict.fromkeys(re.split(r"\s*[/|,]\s*", inside.strip())))
        found = printed_options(inside.strip(" ?:"))
        if found:
            return found
    return ()
