"""The words by which questionnaires name their columns, and the shape of the texts in them.

Words only suggest a role; what the column holds decides (`columns`). English, with the usual
words of German, French, Spanish and Japanese forms.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.filling import canonical


class Role(StrEnum):
    """What a column is for."""

    QUESTION = "question"
    ANSWER = "answer"
    """Takes the answer; whether choice or text, its cells tell."""
    COMMENT = "text"
    EVIDENCE = "evidence"
    NUMBER = "number"
    SECTION = "section"
    OTHER = "other"


_ROLES: tuple[tuple[Role, str], ...] = (
    # Columns of the customer, and what is told rather than asked.
    (
        Role.OTHER,
        r"\b(assessors?|auditors?|reviewers?|analysts?|evaluators?|internal use|internal|office use|buyers?|"
        r"(for|by) (the )?(customer|client|institution|bank|company)|"
        r"guidance|guidelines?|instructions?|help( text)?|hints?|tips?|tooltip|examples?|reason for|why|purpose|intent|"
        r"objectives?|follow ?ups?|recommendations?|recommended|remediation|corrective|action plan|actions?|next steps?|"
        r"weight(ing|ed)?|scores?|scoring|points?|max(imum)?|total|percent(age)?|calculated|formula|"
        r"risk|risks|priority|prio|criticality|severity|impact|likelihood|inherent|residual|gaps?|findings?|observations?|"
        r"estimated|time|duration|due|deadline|target|planned|dates?|version|changes?|changed|updated|"
        r"owners?|ownership|responsib\w+|assigned|assignee|accountable|raci|poc|contact person|"
        r"mappings?|mapped|crosswalk|informative references?|frameworks?|standards? (reference|mapping)|tools?( used)?|skip|"
        r"iso|iec|nist|cobit|pci|hipaa|gdpr|cis|soc ?2?|csc|cwe|cve|fedramp|aicpa|bsi|ffiec|glba|mitre|owasp|cmmc|"
        r"csf|itar|nerc|enisa|pipeda|coppa|pursuant|sig v\w+|tsc|"
        r"bewertung|punkte|gewichtung|risiko|hinweise?|hilfe|hilfetext|beispiele?|verantwortlich\w*|zuständig\w*|frist|"
        r"termin|maßnahmen?|empfehlung\w*|"
        r"aide|exemples?|pondération|responsable|échéance|risque|priorité|"
        r"ayuda|ejemplos?|ponderación|puntuación|riesgo|prioridad|plazo|fecha|"
        r"level|tier|type|frequency|weightage)\b|リスク|優先|担当|期限|備考例|ガイダンス|評価者",
    ),
    (
        Role.NUMBER,
        r"^(#|no|nr|num|number|id|ids|ref|refs|reference|reference (no|number|id)|item|items|index|sl|sno|s no|sr|sr no|sl no|"
        r"serial( no| number)?|qid|q|q no|q id|lfd nr|nummer|número|numéro|n|nº|n°|kennung|番号|項番|no\.?)$|"
        r"\b(id|ids|nr|no|number|identifier|code)$|^(id|no|nr|ref|code)\b|番号",
    ),
    (
        Role.ANSWER,
        r"\b(answers?|response|responses|respond|reply|replies|your (input|response|answer)|"
        r"antwort(en)?|réponses?|respuestas?|resposta|risposta|"
        r"complian(t|ce)( status| level)?$|comply|complies|conform(ity|s|ance)?( status)?$|fulfil(led|ment)?|met|in place|"
        r"implemented|implementation status|status|state|supported|applicable|applicability|valid|pass fail|yes no|y n|ja nein|"
        r"oui non|sí no|si no|erfüllt|umgesetzt|konform|conforme|cumple|"
        r"maturity|rating|self assessment|selbsteinschätzung|reifegrad|selection|select|choice|result|value|check)\b|回答|答え|対応状況|適合",
    ),
    (
        Role.COMMENT,
        r"\b(comments?|commentary|additional info(rmation)?|further info(rmation)?|supporting info(rmation)?|additional detail|"
        r"explanations?|explain|details?|narrative|elaborat\w+|remarks?|notes?|rationale|justification|"
        r"implementation (description|details?|statement)|description of (implementation|control|how|the)|how (is|are|do|it)|"
        r"kommentare?|bemerkung(en)?|anmerkung(en)?|erläuterung(en)?|begründung|ausführung|zusatzinformation(en)?|"
        r"commentaires?|remarques?|précisions?|justificatif|explications?|"
        r"comentarios?|observaciones|explicación|detalles?|justificación|notas?)\b|コメント|備考|補足|説明|詳細",
    ),
    (
        Role.EVIDENCE,
        r"\b(evidences?|artifacts?|artefacts?|attachments?|proof|supporting documents?|documentation|documents?|links?|urls?|"
        r"nachweise?|belege?|anlagen?|preuves?|pièces jointes|evidencias?|anexos?|source code reference|references?)\b|証跡|証拠|添付",
    ),
    (
        Role.QUESTION,
        r"\b(questions?|questionnaire|requirements?|criteri(a|on)|controls?|safeguards?|statements?|descriptions?|specifications?|"
        r"practices?|measures?|quer(y|ies)|inquiry|inquiries|checklist|check ?point|request|topic details|expectation|capability|"
        r"fragen?|frage|anforderung(en)?|kriterium|kriterien|beschreibung|kontrollen?|prüfpunkte?|maßnahme|aussage|"
        r"exigences?|critères?|mesures?|énoncé|"
        r"preguntas?|requisitos?|criterios?|controles?|descripción|medidas?|"
        r"pergunta|domanda|subcategory|sub category)\b|質問|設問|要求事項|要件|確認事項|内容",
    ),
    (
        Role.SECTION,
        r"\b(sections?|domains?|categor(y|ies)|areas?|topics?|famil(y|ies)|groups?|functions?|themes?|chapters?|titles?|subjects?|"
        r"clauses?|pillars?|principles?|"
        r"bereiche?|kategorien?|themen?|kapitel|abschnitt\w*|domaines?|catégories?|thèmes?|chapitre|rubrique|"
        r"secci(ó|o)n|dominios?|categor(í|i)as?|áreas?|temas?|apartado)\b|分類|区分|カテゴリ|大項目|中項目|領域|項目",
    ),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_WORDY = re.compile(r"[^\w#°º?]+")
_MOST_WORDS = 14

_DECISIVE = re.compile(
    r"\b(vendor|supplier|provider|csp|respondent|your|our|company|anbieter|lieferant|fournisseur|proveedor)\b"
)
"""Whose column it is: the words that make one of several answer columns ours."""


def plain(text: str) -> str:
    """Return `text` in lower case with every run of punctuation and space as one space."""
    return _WORDY.sub(" ", text.casefold().replace("_", " ")).strip()


@lru_cache(maxsize=4096)
def roles(header: str) -> tuple[Role, ...]:
    """Return the roles that a header's words suggest, the likeliest first; none for a sentence."""
    words = plain(header)
    short = plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", header)) or words
    if not words or short.count(" ") >= _MOST_WORDS:
        return ()
    found = [role for role, pattern in _COMPILED if pattern.search(short)]
    if Role.OTHER in found and Role.ANSWER in found and _DECISIVE.search(short):
        found.remove(Role.OTHER)
    if (
        Role.NUMBER in found
        and Role.QUESTION in found
        and not re.search(r"\b(id|ids|nr|no|number|code|identifier)\b", short)
    ):
        found.remove(Role.NUMBER)
    return tuple(found)


def is_ours(header: str) -> bool:
    """Return whether the header says that the column is the respondent's."""
    return _DECISIVE.search(plain(header)) is not None


_OPTIONS_IN_HEADER = re.compile(r"[(\[:–-]\s*([^()\[\]]{3,120}?)\s*[)\]]?\s*$")


def options_in(header: str) -> tuple[str, ...]:
    """Return the allowed values a header prints, as in "Compliant (Yes / No / N/A)", () when it prints none."""
    match = _OPTIONS_IN_HEADER.search(header.strip())
    listed = match[1] if match else header.strip()
    protected = re.sub(r"\bn\s?/\s?a\b", "N\0A", listed, flags=re.IGNORECASE)
    parts = [
        part.replace("\0", "/").strip(" .\"'“”")
        for part in re.split(r"\s*(?:/|,|;|\||\bor\b|\boder\b|\bou\b|\bo\b)\s*", protected)
    ]
    parts = [part for part in parts if part]
    if len(parts) < 2 or len(parts) > 6 or sum(canonical(part) is not None for part in parts) < 2:
        return ()
    return tuple(dict.fromkeys(parts))


_QUESTION_START = re.compile(
    r"^(?:[\W\d]*)(?:if (?:so|yes|no|not|applicable)[,:]?\s+)?(?:please\s+)?"
    r"(do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|must|what|which|when|where|who|whom|whose|why|how|"
    r"describe|explain|provide|list|specify|state|indicate|identify|detail|outline|confirm|attach|upload|name|give|select|verify|ensure|"
    r"establish|define|implement|document|maintain|review|in what|to what|for how|at what|under what|"
    r"werden|wird|ist|sind|haben|hat|verfügt|verfügen|gibt|wie|welche[rsnm]?|wer|wo|wann|können|kann|beschreiben|bitte|existier\w+|erfolgt|"
    r"est ce|avez|disposez|existe|les|quels?|quelles?|comment|décrivez|veuillez|votre|"
    r"¿|cuenta|dispone|tiene|tienen|existen?|se|cómo|qué|cuál|cuáles|describa|indique)\b",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"[?？]")
_OBLIGATION = re.compile(
    r"\b(shall|must|should|are|is|has|have|been|muss|müssen|soll(en)?|doit|doivent|debe[n]?)\b", re.IGNORECASE
)
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=8192)
def likeness(text: str) -> float:
    """Return how much `text` reads like a question or a statement to confirm, 0 to 1."""
    text = text.strip()
    asian = len(_ASIAN.findall(text)) > len(text) / 3
    words = len(text) // 3 if asian else text.count(" ") + 1
    if _QUESTION_MARK.search(text) or text.endswith("か。"):
        return 1.0 if words > 2 else 0.6
    if words <= 2:
        return 0.0
    if _QUESTION_START.match(text):
        return 0.9 if words > 3 else 0.5
    if words >= 6 and _OBLIGATION.search(text):
        return 0.8
    if words >= 9:
        return 0.7
    return 0.25 if words >= 5 else 0.1


_NUMBER = re.compile(
    r"^(?=.{1,24}$)(?:[A-Za-z&]{1,12}[\s._:-]{0,2}){0,4}\(?\d+(?:[\s._:/-]*(?:\d+|[A-Za-z]{1,4}))*[.)\]]?$|^[a-z][.)]$|^[A-Z]{1,6}(?:[.-][A-Z]{1,6}){1,3}(?:-?\d+)*$"
)


def is_number(text: str) -> bool:
    """Return whether `text` is a question's label, such as `12`, `A&A-01.2`, `Q3`, `4.1.2 b)`, `PR.AC-1`."""
    return _NUMBER.match(text.strip()) is not None
