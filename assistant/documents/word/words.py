"""The words forms use: headers of columns, numbers, requests, prompts, blocks that are not the vendor's.

English first; German, French, Spanish and Japanese in the measure that forms need them. Nothing here
names a known form: shape and content decide first (`columns`, `flow`), words help.
"""

from __future__ import annotations

import re
from enum import StrEnum

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


_NUMBER_HEADERS = frozenset(
    ["no", "nr", "num", "number", "#", "id", "ref", "reference", "code", "item", "q", "s/n", "sn", "lfd", "index", "n°", "nº", "№", "núm", "numéro", "numero", "番号", "項番", "編号", "序号", "question-id", "control-id"]
)  # fmt: skip

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.ASSESSOR,
        re.compile(
            r"\b(assessor|reviewer|evaluator|auditor|scor(e|es|ed|ing)|weight(ed|ing|age)?|points?|rating|"
            r"(internal|office|official|customer|client|buyer|agency|company) use|use only|reviewed by|evaluat\w+|"
            r"verified|finding|findings|risk level|prüfer|bewertung|punkte|évaluateur|evaluador|puntuación)\b|評価|採点",
            re.I,
        ),
    ),
    (
        Role.OPTIONS,
        re.compile(
            r"^(options?|choices|(allowed|possible|valid|available|answer|response) (values?|answers?|responses?|options?|"
            r"choices|types?|formats?)|select from|opciones|optionen|antwortmöglichkeiten|選択肢)$",
            re.I,
        ),
    ),
    (
        Role.ACTION,
        re.compile(
            r"\b(next steps?|actions?( plan)?|remediation|target date|due( date)?|priority|responsible|owner|deadline|"
            r"timeline|completion date|maßnahmen?|verantwortlich\w*|priorität|termin|frist|échéance|responsable|prioridad)\b|"
            r"担当|期限|優先",
            re.I,
        ),
    ),
    (
        Role.CHOICE,
        re.compile(
            r"\b(yes|y|ja|oui|s[ií]|j)\s*[/|,]?\s*(or|/|,)?\s*(no|n|nein|non)\b|^(fully )?compl(iant|iance|ies|y)\??$|"
            r"\b(compliance|conformance|implementation|response) (status|level)\b|^status$|^(in place|met|implemented)\??$|"
            r"はい.{0,3}いいえ|^erfüllt\??$|^conforme\??$|^cumple\??$",
            re.I,
        ),
    ),
    (
        Role.TEXT,
        re.compile(
            r"\b(response|responses|answer|answers|reply|replies|comment|comments|remarks?|explanation|explain|narrative|"
            r"justification|details|additional information|values?|input|your (answer|response|input)|implementation (details|description)|"
            r"antwort(en)?|kommentare?|bemerkung(en)?|anmerkung(en)?|erläuterung(en)?|begründung|beschreibung der umsetzung|"
            r"réponses?|commentaires?|remarques?|explications?|précisions|respuestas?|comentarios?|observaciones|"
            r"explicación|risposte|risposta|antwoord|resposta|odpowiedź)\b|回答|コメント|備考|説明|答复|备注",
            re.I,
        ),
    ),
    (
        Role.EVIDENCE,
        re.compile(
            r"\b(evidence|proof|attachments?|artifacts?|documentation|supporting documents?|links?|url|location of|"
            r"nachweise?|anlagen?|belege?|preuves?|justificatifs?|evidencias?|pruebas?)\b|証跡|エビデンス|添付",
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
            r"\b(questions?|requirements?|controls?|checklist|statements?|quer(y|ies)|criterion|information (required|requested)|"
            r"items?|topics?|subjects?|areas?|description|practices?|measures?|capabilit(y|ies)|features?|"
            r"declaration|condition|fields?|parameters?|fragen?|anforderung(en)?|thema|kriterien|exigences?|mesures?|critères?|preguntas?|requisitos?|"
            r"controles?|medidas?|domande?|domanda|requisiti|vraag|vragen|pergunta)\b|質問|設問|要件|確認事項|問題|要求",
            re.I,
        ),
    ),
)

STRONG_QUESTION = re.compile(
    r"\b(questions?|requirements?|checklist|statements?|fragen?|anforderung(en)?|preguntas?|exigences?|requisitos?|"
    r"information (required|requested)|domande?|vraag|vragen)\b|質問|設問|要件|確認事項",
    re.I,
)

STRONG_ANSWER = re.compile(
    r"\b(responses?|answers?|reply|antwort(en)?|réponses?|respuestas?|risposta|antwoord)\b|回答|答复", re.I
)

_OPTION_WORDS = re.compile(
    r"^(yes|no|n\.?/?a\.?|partial(ly)?|partly|planned|unknown|don'?t know|other|none|maybe|true|false|"
    r"(not )?(in place|applicable|implemented|compliant|met|tested|started|supported|provided|available)( with .{1,30}| .{1,12})?|"
    r"fully( .{1,20})?|partially .{1,20}|in progress|alternative|comply|exception|high|medium|low|"
    r"(strongly )?(agree|disagree)|ja|nein|teilweise|entfällt|oui|non|partiel(lement)?|s[ií]|parcial(mente)?|no aplica|"
    r"はい|いいえ|該当なし|该当なし|一部)\.?$",
    re.I,
)

_IDENTIFIER = re.compile(
    r"^(?:(?:q|question|req|requirement|item|section|part|control|frage|nr|no)\.?\s*)?"
    r"(?:[A-Za-z&]{1,6}[-._ ]{0,2})?\d{1,4}(?:[-._]?(?:\d{1,4}|[A-Za-z]{1,2}))*(?:\s?\([a-z0-9]{1,4}\))*[.):]?$|"
    r"^\(?[A-Za-z]\)?[.)]?$|^\(?[ivxIVX]{1,5}[.)]$",
    re.I,
)

_LEADING_NUMBER = re.compile(
    r"^\s*((?:(?:Q|Question|Frage|Pregunta|質問|問)\s*\.?\s*)?\(?(?:[A-Z&]{1,5}[-.]?)?\d{1,3}(?:[-.]\d{1,3})*(?:\.?[a-z])?(?:\s?\([a-z0-9]{1,4}\))*"
    r"(?:[.):\uff0e\uff09、]|\s*[-–—](?=\s)|(?=\s+[A-Z¿\"“'(])|(?=\t))|\(?[a-zA-Z][.)](?=\s)|\(?[ivx]{1,5}[.)](?=\s))\s*"
)

_ASKING = re.compile(r"[?？](?:[\"”’')\]]|\s*[*†])*(?:\s|$|\()|か[。.]?\s*$|[?？]\s*$")
_IMPERATIVE = re.compile(
    r"^(?:if (?:yes|no|so|not|applicable|any|you)\b[^.]{0,80}?[,:]\s*)?(?:please\s+|kindly\s+)?(?:also\s+|briefly\s+|fully\s+|clearly\s+)?"
    r"((describe|provide|list|identify|explain|state|confirm|indicate|specify|detail|attach|outline|give|supply|upload|"
    r"summari[sz]e|define|demonstrate|discuss|include|enumerate|advise|declare|disclose|submit|set out|show|quantify|tell|"
    r"elaborate|clarify|enclose|articulate)\s+\w|(name|report|document)\s+(the|all|your|any|each|every|a|an|at least|who|how)\b)|"
    r"^(beschreiben|nennen|erläutern|geben|erklären|führen|benennen|bestätigen|legen|stellen|schildern)\s+sie\b|^bitte\s+\w+|"
    r"^(décrivez|décrire|veuillez|indiquez|précisez|fournissez|listez|expliquez|confirmez|identifiez)\b|"
    r"^(por favor|describa|indique|proporcione|explique|enumere|detalle|especifique|confirme|identifique|facilite)\b|"
    r"^(descriva|indichi|fornisca|elenchi)\b",
    re.I,
)
_IMPERATIVE_END = re.compile(r"(ください|下さい|述べよ|記載すること|説明せよ)[。.]?\s*$")
_DUTY = re.compile(
    r"\b(must|shall|should|will|is required to|are required to|has to|have to)\b|"
    r"\b(is|are|has|have|been)\s+(?:\w+ly\s+)?\w+(ed|en)\b|\b(müssen|muss|soll(en|te)?|doit|doivent|debe(n|rá|rán)?)\b|こと[。.]?$",
    re.I,
)
_INTERROGATIVE = re.compile(
    r"^(do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|what|which|who|whom|whose|when|where|why|how|"
    r"in which|to what|for how|at what|on what|by whom|haben|hat|ist|sind|gibt|werden|wird|wie|was|wer|wann|wo|welche\w*|können|"
    r"est-ce|avez|êtes|quel\w*|comment|qui|où|quand|existe\w*|tiene\w*|cuenta\w*|cómo|qué|quién|cuál\w*|dónde|cuándo|están?)\b",
    re.I,
)

PLACEHOLDER = re.compile(
    r"^\s*(?:\[[^\[\]]{0,120}\]|<[^<>]{1,120}>|«[^»]{1,80}»|\{[^{}]{1,80}\}|[_\u2017]{3,}[_\s]*|[.…]{4,}[.…\s]*|[-–—]{3,}|"
    r"(?:click|tap)( or tap)? here to .{1,40}|(?:please )?(?:enter|type|insert|write|add|provide) (?:your |the )?"
    r"(?:text|response|answer|comments?|details|reply)(?: here)?|"
    r"free[ -]?text|response here|your (?:answer|response)(?: here)?|(?:choose|select) an? (?:item|option|answer)|"
    r"vendor(?:'s)? (?:response|answer|to complete)|to be (?:completed|filled in)(?: by .{1,30})?|"
    r"(?:hier )?(?:antwort|text) (?:hier )?(?:eingeben|einfügen)|freitext|réponse ici|texto libre|自由記述|記入欄)\s*[.:]?\s*$",
    re.I,
)
"""A cell or paragraph that holds nothing but a prompt to write there."""

UNDERSCORES = re.compile(r"_{3,}(?:[ \t]*_{3,})*|(?:\. ){5,}\.?|[.…]{6,}|＿{3,}")
"""A printed line to write on."""

BRACKETS = re.compile(r"\[[^\[\]☐☒xX ][^\[\]]{2,120}\]|<[^<>]{3,80}>|«[^»]{2,80}»")
"""A bracketed prompt inside a line."""

ANSWER_LABEL = re.compile(
    r"^\s*(?:(?:vendor|supplier|provider|contractor|company|bidder|respondent|your|bidder'?s|proposer'?s?|client|applicant'?s?)(?:'s)?\s+)?"
    r"(response|responses|answer|answers|comment|comments|reply|explanation|details|notes|remarks?|justification|"
    r"additional (?:information|comments)|a|ans|resp|antwort|kommentar|erläuterung|réponse|commentaires?|respuesta|comentarios?|回答|コメント|答え)"
    r"(?:\s*\([^)]{0,60}\))?\s*[:：.]?\s*$",
    re.I,
)
_EVIDENCE_LABEL = re.compile(
    r"\b(evidence|demonstration|attachments?|documents?|references?|nachweise?|preuves?|evidencias?)\b|証跡", re.I
)

NOTE = re.compile(
    r"^\s*(note|notes|nb|n\.b\.|important|instructions?|guidance|hint|tip|example|e\.g\.|for example|applicability notes?|"
    r"hinweis|anmerkung|beispiel|remarque|note[s]?|exemple|nota|ejemplo|注|備考|例)\b\s*[:：.\-–]?|^\S.{0,40}\bguidance\s*[:：]|"
    r"^\s*[*†‡]",
    re.I,
)
INSTRUCTION = re.compile(
    r"\b(this (form|questionnaire|document|section|template)|the (form|questionnaire|following questions|questions below)|"
    r"(all|each|every|following|the) questions?\b|instructions|return (it|this|the)|complete (this|the|all|each|every|only)|"
    r"fill (in|out)|columns? below|table below)\b",
    re.I,
)
_SELECT_ONE = re.compile(
    r"\b(select|check|choose|tick|mark|pick|indicate) (only )?(one|an? |the (appropriate|applicable|correct|relevant))|"
    r"\b(wählen sie|choisissez|cochez|seleccione|marque)\b|選択",
    re.I,
)
_GIVEN = re.compile(
    r"^(yes|no|n/?a|not applicable|partial(ly)?|we|our|ours|ja|nein|wir|unsere?|oui|non|nous|notre|s[ií]|nosotros|nuestr[oa]s?)\b|"
    r"^(はい|いいえ|弊社|当社)",
    re.I,
)
DETAILS = re.compile(
    r"^(if|where|when|wenn|falls|si|en caso) (yes|no|not|so|other|applicable|selected|checked|you|any|ja|nein|oui|non|s[ií])\b|"
    r"^\(?(please )?(explain|describe|specify|elaborate|provide (details|an? explanation|comments)|give details|comment)\b|"
    r"\b(details?|rationale|explanation|comments?|justification|narrative)\b.{0,80}$|^(bitte )?(erläutern|beschreiben)|^(veuillez )?précise",
    re.I,
)
"""What asks for words beside a ticked option."""
_LABEL_WORDS = 9
CONTACT = re.compile(r"\b(do you have|have|any|for|with) (any )?(further )?questions\b|\bcontact (us|the)\b", re.I)
"""Sentences that offer help with the form."""
_EXAMPLE = re.compile(r"^\s*(example|e\.g\.|sample|beispiel|exemple|ejemplo|例)\b", re.I)

ASSESSOR_BLOCK = re.compile(
    r"\b((for|to be completed by) .{0,40}\b(use|reviewer|assessor|customer|buyer|procurement|it security|security team)\b|"
    r"(internal|office|official) use( only)?|evaluation (record|result|summary|criteria)|assessment (result|summary|outcome|decision)|"
    r"reviewer'?s? (section|notes|comments|decision)|assessor'?s? (section|notes|comments)|scoring|scorecard|"
    r"nur für (den )?internen gebrauch|vom auftraggeber auszufüllen|réservé à|uso interno)\b|社内使用",
    re.I,
)
ASSESSOR_LABEL = re.compile(
    r"\b((final |acceptance |overall )?decision\b.*|(evaluated|assessed|reviewed|approved|accepted|verified) by|score|risk rating|"
    r"(next|last) review( date)?|acceptance (test )?results?|dependency accepted.*|evidence received|decision (owner|date)|"
    r"(assessor|reviewer|evaluator|auditor)('s)?( name| comments?| notes| signature)?|compensating control|recommendation)\s*:?$",
    re.I,
)
SIGNATURE = re.compile(
    r"\b(signature|signed( by)?|sign here|unterschrift|signature|firma|firmado|handtekening)\b|署名|サイン|印$", re.I
)
SIGN_OFF = re.compile(
    r"\b(sign[- ]?off|signatures?|attestation|declaration|acknowledge?ment|certification statement|approvals?|erklärung|déclaration|declaración)\b",
    re.I,
)


def plain(text: str) -> str:
    """Return `text` on one line, without surrounding space."""
    return " ".join(text.split())


def header_role(text: str) -> Role | None:
    """Return what a column headed `text` is for, None when the words do not say."""
    said = plain(re.sub(r"\([^)]*\)", " ", text)).strip(" :*.") or plain(text)
    if not said or len(said.split()) > 12:
        return None
    folded = said.casefold()
    compact = folded.replace("question ", "question-").replace("control ", "control-")
    if (
        folded in _NUMBER_HEADERS
        or compact in _NUMBER_HEADERS
        or re.fullmatch(
            r"(question|req(uirement)?|control|item|ref(erence)?|section|q|serial|s|lfd|sl)[ ./-]*(no|nr|id|number|code|#|num|ref)\.?s?",
            folded,
        )
    ):
        return Role.NUMBER
    if is_option(said):
        return Role.MARK
    for role, pattern in _ROLES:
        if pattern.search(said if role is not Role.CHOICE else plain(text)):
            return role
    return None


def is_option(text: str) -> bool:
    """Return whether `text` is a short answer as forms offer it, such as "Yes" or "Not in place"."""
    said = plain(text).strip(" :")
    return 0 < len(said) <= 40 and (canonical(said) is not None or _OPTION_WORDS.match(said) is not None)


def is_identifier(text: str) -> bool:
    """Return whether `text` is a number or code of a question and nothing else."""
    said = plain(text)
    return 0 < len(said) <= 24 and _IDENTIFIER.match(said) is not None


def without_number(text: str) -> tuple[str, str]:
    """Return the number that `text` begins with ("" when none) and the rest."""
    match = _LEADING_NUMBER.match(text)
    if match is None or match.end() == len(text):
        return "", text.strip()
    return match.group(1).strip().rstrip(".):：．）、-–— "), text[match.end() :].strip()


def asks(text: str) -> bool:
    """Return whether `text` is put as a question."""
    return _ASKING.search(text.strip()) is not None or text.strip().startswith("¿")


def requests(text: str) -> bool:
    """Return whether `text` asks for something, as a question or an imperative."""
    _, rest = without_number(text)
    return (
        asks(text)
        or _IMPERATIVE.match(rest) is not None
        or _IMPERATIVE_END.search(rest) is not None
        or (_INTERROGATIVE.match(rest) is not None and len(rest.split()) > 3)
    )


def states(text: str) -> bool:
    """Return whether `text` is a statement to confirm, such as "The supplier must …"."""
    return len(text.split()) >= 4 and _DUTY.search(text) is not None


def selects_one(text: str) -> bool:
    """Return whether `text` asks to choose one of the options that follow."""
    return _SELECT_ONE.search(text) is not None and "all that apply" not in text.casefold()


def is_label(text: str) -> bool:
    """Return whether `text` names a value, such as "Vendor name:", and asks no question."""
    said = plain(text)
    if not 0 < len(said.split()) <= _LABEL_WORDS or said.endswith((".", "。")) or asks(said) or states(said):
        return False
    return said.endswith((":", "：")) or not requests(said)


def is_given_answer(text: str) -> bool:
    """Return whether `text` reads like an answer somebody gave."""
    return _GIVEN.match(text) is not None


def is_example(text: str) -> bool:
    """Return whether `text` says of itself that it is an example."""
    return _EXAMPLE.match(text) is not None


def is_answer_label(text: str) -> bool:
    """Return whether `text` only names the answer that goes beside or below it, such as "Response:"."""
    return ANSWER_LABEL.match(text) is not None


def is_evidence_label(text: str) -> bool:
    """Return whether `text` is a short label for evidence to add to an answer."""
    said = plain(text)
    return len(said.split()) <= 6 and not asks(said) and _EVIDENCE_LABEL.search(said) is not None


_FREE = re.compile(r"free[ -]?text|freitext|texto libre|texte libre|自由記述", re.I)


def printed_options(text: str) -> tuple[str, ...]:
    """Return the options that `text` prints to choose from ("Yes | No | N/A", "Yes / No"), () when it is no such list.

    A list with free text among its options offers no closed choice.
    """
    said = " ".join(text.split())
    if not said or len(said) > 300 or _FREE.search(said):
        return ()
    parts = (
        re.split(r"\s*[|¦]\s*|\s+I\s+(?=[A-Z])", said)
        if "|" in said or "¦" in said or re.search(r"\s+I\s+[A-Z]", said)
        else None
    )
    if parts is None:
        lines = [line.strip(" •·-–") for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and all(is_option(line) for line in lines):
            parts = lines
        else:
            parts = re.split(r"\s*/\s*(?![aA]\b)|\s+or\s+|\s*;\s*|\s*,\s*", said)
            if not all(is_option(part) for part in parts):
                return ()
    found = tuple(dict.fromkeys(part.strip(" .") for part in parts if part.strip(" .")))
    return found if len(found) >= 2 and all(len(part) <= 80 for part in found) else ()


def offers_free_text(text: str) -> bool:
    """Return whether a cell that lists what may be answered asks for free text."""
    return _FREE.search(text) is not None


def header_options(text: str) -> tuple[str, ...]:
    """Return the options a column's header names, such as "Compliant (Yes/No/Partial)"."""
    for inside in (*re.findall(r"\(([^)]*)\)", text), text):
        found = printed_options(inside.strip(" ?:"))
        if found:
            return found
    return ()
