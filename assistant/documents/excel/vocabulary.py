"""The words by which questionnaires name their columns, and the shape of the texts in them.

Words only suggest a role; what the column holds decides (`columns`). English, with the usual
words of German, French, Spanish and Japanese forms.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.documents import foreign
from assistant.filling import canonical


class Role(StrEnum):
    """What a column is for."""

    QUESTION = "question"
    ANSWER = "answer"
    """Takes the answer; whether choice or text, its cells tell."""
    COMMENT = "text"
    EVIDENCE = "evidence"
    SCORE = "score"
    """A score or level: the respondent's where it is picked from a list, the customer's where not."""
    NUMBER = "number"
    SECTION = "section"
    OTHER = "other"


_WORDS: dict[Role, tuple[str, ...]] = {
    # Columns of the customer, and what is told rather than asked.
    Role.OTHER: (
        r"assessors?|auditors?|reviewers?|analysts?|evaluators?|internal|office use|use only|buyers?",
        r"(for|by) (the )?(customer|client|institution|bank|company)",
        r"guidance|guidelines?|instructions?|help( text)?|hints?",
        r"tips?|tooltip|examples?|reason for|why|purpose|intent",
        r"objectives?|follow ?ups?|recommendations?|recommended",
        r"remediation|corrective|action plan|actions?|next steps?",
        r"weight(ing|ed|age)?|max(imum)?|total|percent(age)?|calculated|formula",
        r"risks?|priority|prio|criticality|severity|impact",
        r"likelihood|inherent|residual|gaps?|findings?|observations?",
        r"estimated|time|duration|due|deadline|target|desired|goal|planned|dates?|version|changes?|changed|updated",
        r"owners?|ownership|responsib\w+|assigned|assignee|accountable|raci|poc|contact person",
        r"mappings?|mapped|crosswalk|informative references?|frameworks?",
        r"standards? (reference|mapping)|tools?( used)?|skip",
        r"iso|iec|nist|cobit|pci|hipaa|gdpr|cis|soc ?2?|csc|cwe|cve|fedramp|aicpa|bsi|ffiec|glba|mitre|owasp|cmmc",
        r"csf|itar|nerc|enisa|pipeda|coppa|sig v\w+|tsc|type|frequency",
        r"(prüfer|auditor|bewerter)\w*|(auftraggeber|kunden)(kommentar|bewertung|bemerkung|vermerk)\w*",
        r"gewichtung|risiko|hinweise?|hilfe",
        r"hilfetext|beispiele?|verantwortlich\w*|zuständig\w*|frist",
        r"termin|maßnahmen|empfehlung\w*",
        r"aide|exemples?|pondération|responsable|échéance|risque|priorité",
        r"ayuda|ejemplos?|ponderación|riesgo|prioridad|plazo|fecha",
    ),
    Role.SCORE: (
        r"scores?|scoring|points?|level|tier|rating|rated|grade|maturity|bewertung|punkte|reifegrad|puntuación",
    ),
    Role.NUMBER: (
        r"^(#|no|nr|num|number|ids?|refs?|reference( no| number| id)?|items?|index)$",
        r"^(sl|sno|s no|sr( no)?|sl no|serial( no| number)?)$",
        r"^(qid|q|q no|q id|lfd nr|nummer|kennung|número|numéro|n|nº|n°)$|^(id|no|nr|ref|code)\b",
        r"(?<!yes )(?<!s[ií] )(?<!or )(ids?|nr|no|num|number|identifier|code|refs?)$",
    ),
    Role.ANSWER: (
        r"answers?|response|responses|respond|reply|replies|your (input|response|answer)",
        r"complian(t|ce)( status| level)?$|comply|complies",
        r"conform(ity|s|ance)?( status)?$|fulfil(led|ment)?|met|in place",
        r"implemented|implementation status|status|state|supported",
        r"applicable|applicability|valid|pass fail|yes no|y n",
        r"self assessment|selection|select|choice|result|value|check|to be completed|completed by",
        foreign.ANSWERS,
        r"ja nein|erfüllt|umgesetzt|konform|selbsteinschätzung|umsetzungsgrad|umsetzung",
        r"stellungnahmen?|rückmeldung(en)?|ihre angaben?|ihre eingabe|antwort(feld|text)|selbstauskunft",
        r"(lieferanten|anbieter|bieter|auftragnehmer|hersteller|dienstleister)(antwort(en)?|angaben?|stellungnahme)",
        r"umsetzungsst(and|atus)|erfüllungs(grad|stand|status)|ist (stand|zustand)",
        r"oui non|conforme|s[íi] no|cumple|cumplimiento|sim não|ja nee|voldoet|tak nie",
    ),
    Role.COMMENT: (
        r"comments?|commentary|additional info(rmation)?",
        r"further info(rmation)?|supporting info(rmation)?|additional detail",
        r"explanations?|explain|details?|narrative|elaborat\w+|remarks?|notes?|rationale|justification",
        r"implementation (description|details?|statement)|description of (implementation|controls?|how|your)",
        r"how (is|are|do|it)|describe|please (provide|specify)|if (yes|no|so|not)",
        foreign.COMMENTS,
        r"\w+(erläuterung|begründung|bemerkung|kommentar)(en|e)?|umsetzungsbeschreibung|"
        r"beschreibung (der|ihrer) umsetzung",
        r"ausführung|zusatzinformation(en)?|justificatif|detalles?|justificación|notas?|justificativa|spiegazione",
        r"kommentarer|anmärkning(ar)?|bemærkning(er)?|komentarze",
    ),
    Role.EVIDENCE: (
        r"evidences?|artifacts?|artefacts?|attachments?|proof",
        r"supporting documents?|documentation|documents?|links?|urls?",
        foreign.EVIDENCE,
        r"source code reference|references?|pièces jointes|anexos?|prove|bewijs(stuk\w*)?|bevis|załącznik\w*",
    ),
    Role.QUESTION: (
        r"questions?|questionnaire|requirements?|criteri(a|on)|controls?|safeguards?|statements?|descriptions?",
        r"specifications?|practices?|measures?|quer(y|ies)",
        r"inquir(y|ies)|^checks?$|checklist|check ?points?|request|expectation",
        r"capability|subcategory|sub category",
        foreign.QUESTIONS,
        r"\w+(?<!rück)(?<!nach)fragen?|fragestellung(en)?|kriterium|kriterien|beschreibung|kontrollen?|prüfpunkte?",
        r"maßnahme|aussage",
        r"critères?|mesures?|énoncé|criterios?|controles?|descripción|medidas?|eis(en)?|vereisten?",
    ),
    Role.SECTION: (
        r"sections?|domains?|categor(y|ies)|areas?|topics?|famil(y|ies)|groups?|functions?|themes?|chapters?|titles?",
        r"subjects?|clauses?|pillars?|principles?",
        r"bereiche?|kategorien?|themen?|kapitel|abschnitt\w*|domaines?|catégories?|thèmes?|chapitre|rubrique",
        r"secci[óo]n|dominios?|categor[íi]as?|áreas?|temas?|apartado",
    ),
}
_UNSPACED: dict[Role, str] = {
    Role.OTHER: "リスク|優先|担当|期限|ガイダンス|評価者",
    Role.NUMBER: "番号|項番|编号|序号|번호",
    Role.SCORE: "スコア|評点|成熟度|レベル|评分|점수",
    Role.ANSWER: f"{foreign.ANSWERS_UNSPACED}|対応状況|適合|响应",
    Role.COMMENT: f"{foreign.COMMENTS_UNSPACED}|補足|説明|詳細|说明|설명|의견",
    Role.EVIDENCE: foreign.EVIDENCE_UNSPACED,
    Role.QUESTION: f"{foreign.QUESTIONS_UNSPACED}|内容",
    Role.SECTION: "分類|区分|カテゴリ|大項目|中項目|領域|类别|领域|분류|영역",
}
"""Words of languages that put no spaces between them."""

_COMPILED = tuple(
    (role, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)|{_UNSPACED[role]}")) for role, words in _WORDS.items()
)
_WORDY = re.compile(r"[^\w#°º]+")
_MOST_WORDS = 10

_DECISIVE = re.compile(
    r"\b(vendors?|suppliers?|providers?|bidders?|tenderers?|applicants?|contractors?|offerors?|proponents?|"
    r"third party|csp|respondents?|"
    r"your|our|company|self|anbieter|auftragnehmer|lieferant|fournisseur|titulaire|proveedor|licitador)\b"
)
"""Whose column it is: the words that make one of several answer columns ours."""


@lru_cache(maxsize=4096)
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
    matches = {role: match for role, pattern in _COMPILED if (match := pattern.search(short))}
    found = list(matches)
    if Role.COMMENT in matches and Role.EVIDENCE in matches:
        # "Evidence / notes" and "Notes, with links": what is named first is meant.
        one, other = found.index(Role.COMMENT), found.index(Role.EVIDENCE)
        if matches[Role.EVIDENCE].start() < matches[Role.COMMENT].start():
            found[one], found[other] = found[other], found[one]
    rivals = [matches[role].start() for role in (Role.OTHER, Role.SCORE) if role in matches]
    if Role.COMMENT in matches and matches[Role.COMMENT].start() < min(rivals, default=1):
        # "Comments / action plan" and "Explanation of what is met" are comments, "Assessor's comments" is not ours.
        found.remove(Role.COMMENT)
        found.insert(0, Role.COMMENT)
    if Role.NUMBER in found and Role.ANSWER in found and short.endswith(" code"):
        found.remove(Role.NUMBER)  # "Response code"
    if Role.OTHER in found and Role.ANSWER in found and _DECISIVE.search(short):
        found.remove(Role.OTHER)
    if (
        Role.NUMBER in found
        and Role.QUESTION in found
        and not re.search(r"\b(ids?|nr|no|num|number|code|identifier|refs?)\b", short)
    ):
        found.remove(Role.NUMBER)
    return tuple(found)


_REQUEST = re.compile(
    r"(?:please |kindly |bitte |veuillez |por favor )?(?:describe|explain|elaborate|comment|justify|detail|outline|"
    r"provide|give|add|enter|how (?:is|are|do|does|has|have|will)|what is missing|use this|beschreiben|erläutern|"
    r"begründen|geben|décri\w+|expliqu\w+|précis\w+|justifi\w+|describ\w+|justifiqu\w+|indiqu\w+|detall\w+|wie|"
    r"comment|cómo)\b"
)


def roles_in_header(name: str) -> tuple[Role, ...]:
    """Return the roles of a name that is known to stand in a header, where a whole sentence may ask for words."""
    found = roles(name)
    return found if found or _REQUEST.match(plain(name)) is None else (Role.COMMENT,)


_ASKED = (Role.QUESTION, Role.NUMBER)


def roles_under(heading: str, leaf: str) -> tuple[Role, ...]:
    """Return the roles of a column called `leaf` under a wide `heading`, such as "To be completed by the supplier".

    A heading says whose the columns are, and may be too long to name them; who asks always is the customer.
    """
    own, joined = roles_in_header(leaf), roles_in_header(f"{heading} {leaf}")
    if not joined:
        return own
    return tuple(dict.fromkeys((*own[:1], *joined))) if own[:1] and own[0] in _ASKED else joined


def is_ours(header: str) -> bool:
    """Return whether the header says that the column is the respondent's."""
    return _DECISIVE.search(plain(header)) is not None


_VERDICT = re.compile(
    r"\b(status|complian(t|ce)|comply|complies|conform\w*|implemented|applicable|applicability|met|in place|supported|"
    r"support level|level of support|implementation level|level of implementation|"
    r"yes no|y n|ja nein|erfüllt|umgesetzt|konform|oui non|conforme|s[íi] no|cumple|cumplimiento)\b|適合|対応状況"
)
_OBSERVATION = re.compile(r"^(?:your )?(?:observations?|findings?)\b|^feststellung(en)?\b|^constats?\b")


def is_observation(header: str) -> bool:
    """Return whether the column is for what was observed, and its name does not say by whom."""
    return _OBSERVATION.search(plain(header)) is not None and not _OBSERVER.search(plain(header))


_OBSERVER = re.compile(r"\b(assessors?|auditors?|reviewers?|evaluators?|inspectors?|customers?|internal|by)\b")
_INSPECTOR = re.compile(
    r"\b(assessors?|auditors?|reviewers?|evaluators?|inspectors?|analysts?|internal|office use|use only|"
    r"prüfer|auditeur)\b"
)


def is_theirs(header: str) -> bool:
    """Return whether the header says that the customer's people fill in what stands under it, and nobody else."""
    return _INSPECTOR.search(plain(header)) is not None and not is_ours(header)


_RANGE = re.compile(r"(?<!\d)([01])\s*(?:-|–|—|\.\.+|…|to|bis|à|a|〜|~)\s*(\d|10)(?!\d)", re.IGNORECASE)


def asks_verdict(header: str) -> bool:
    """Return whether the header's words ask how things stand ("Status", "Compliant"), not for an account of it."""
    return _VERDICT.search(plain(header)) is not None


def scale_in(header: str) -> tuple[str, ...]:
    """Return the steps that a header prints, as in "Maturity (0-5)", () when it prints none."""
    match = _RANGE.search(header)
    return tuple(str(step) for step in range(int(match[1]), int(match[2]) + 1)) if match else ()


_INFORMATIVE = re.compile(
    r"^terms?$|\b(glossary|definitions?|abbreviations?|acronyms?|meaning|(version|revision|document) (history|control)|"
    r"change ?log|release notes|pricing|glossar|begriffe?|abkürzung(en)?|änderungs\w*|preis|"
    r"glossaire|définitions?|glosario|definiciones)\b|用語|改訂履歴"
)


def is_informative(name: str) -> bool:
    """Return whether a sheet's title or a header says that what is there explains and does not ask ("Glossary")."""
    return _INFORMATIVE.search(plain(name)) is not None


_BETWEEN_OPTIONS = re.compile(r"\s*(?:/|,|;|\||\bor\b|\boder\b|\bou\b|\bo\b)\s*")
_CODE = re.compile(r"[A-Z]{1,2}")
"""A value that stands for another one, in brackets behind a name: "Response (F/P/N)"."""
_OPTIONS_IN_HEADER = re.compile(r"[(\[:–-]\s*([^()\[\]]{3,120}?)\s*[)\]]?\s*$")


def options_in(header: str) -> tuple[str, ...]:
    """Return the allowed values a header prints, as in "Compliant (Yes / No / N/A)", () when it prints none."""
    match = _OPTIONS_IN_HEADER.search(header.strip())
    listed = match[1] if match else header.strip()
    protected = re.sub(r"\bn\s?/\s?a\b", "N\0A", listed, flags=re.IGNORECASE)
    parts = [part.replace("\0", "/").strip(" .\"'“”") for part in _BETWEEN_OPTIONS.split(protected)]
    parts = [part for part in parts if part]
    if not 2 <= len(parts) <= 6:
        return ()
    coded = match is not None and match[0].startswith(("(", "[")) and all(map(_CODE.fullmatch, parts))
    if not coded and sum(canonical(part) is not None for part in parts) < 2:
        return ()
    return tuple(dict.fromkeys(parts))
