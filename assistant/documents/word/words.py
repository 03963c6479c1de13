"""The words forms use: numbers, requests, prompts, labels, blocks that are not the vendor's.

English first; German, French, Spanish and Japanese in the measure that forms need them. Nothing here
names a known form: shape and content decide first (`columns`, `flow`), words help.
"""

from __future__ import annotations

import re

from assistant.documents import foreign
from assistant.documents.word.memory import in_mind
from assistant.documents.word.wording import Wording

_IDENTIFIER = re.compile(
    r"^(?:(?:q|question|req|requirement|item|section|part|control|frage|nr|no)\.?\s*)?"
    r"(?:[A-Za-z&]{1,6}[-._ ]{0,2})?\d(?:[-._]?[\dA-Za-z])*(?:\s?\([a-z0-9]{1,4}\))*[.):]?$|"
    r"^\(?[A-Za-z]\)?[.)]?$|^\(?[ivxIVX]{1,5}[.)]$",
    re.I,
)

_SPACED_CODE = (
    r"(?!(?:AES|AI|BSI|CIS|CSA|CVSS|DORA|EAL|EN|EU|FIPS|GDPR|HIPAA|IEC|IPV|ISAE|ISO|NIS|NIST|PCI|RSA|SHA|SOC|SSAE|SSL|"
    r"TIER|TLS) )[A-Z]{2,5} "
)
"""Letters before a number, as in "SEC 12", that are no standard's name."""
_LEADING_NUMBER = re.compile(
    r"^\s*((?:(?:Q|Question|Frage|Pregunta|質問|"
    rf"問)\s*\.?\s*)?\(?(?:[A-Z&]{{1,5}}[-.]?|{_SPACED_CODE})?"
    r"\d{1,3}(?:[-.]\d{1,3})*(?:\.?[a-z])?(?:\s?\([a-z0-9]{1,4}\))*"
    r"(?:[.):\uff0e\uff09、]|\s*[-–—](?=\s)|(?=\s+[A-ZÀ-ÖØ-ÞČĆĎĐŁŃŇŘŚŠŤŽŹŻΑ-ΩА-Я¿\"“'(])|(?=\t))|\(?[a-zA-Z][.)](?=\s)|"
    r"\(?[ivx]{1,5}[.)](?=\s))\s*"
)

_QUESTION_LABEL = re.compile(
    r"^\s*(?:q|question|frage|pregunta|domanda|pergunta|vraag|質問|設問|問)\s*[:：]\s*(?=\S)", re.I
)
"""What names a line as a question without numbering it, as in "Q: …" above "A:"."""

TYPED_BULLETS = "•●■▪○◦·➢►–"
"""Characters that are typed in front of an item instead of a list's own bullets."""

_BEFORE_NUMBER = TYPED_BULLETS + " \t\u00a0"

_ASKING = re.compile(r"[?？](?:[\"”’')\]]|\s*[*†])*(?:\s|$|\()|か[。.]?\s*$|[?？]\s*$")
_ASKING_SIGN = re.compile("[？か¿]")
_IMPERATIVE = re.compile(
    r"^(?:if (?:yes|no|so|not|applicable|any|you)\b[^.]{0,80}?[,:]\s*)?(?:please\s+|kindly\s+)?(?:also\s+|"
    r"briefly\s+|fully\s+|clearly\s+)?"
    r"((describe|provide|list|identify|explain|state|confirm|indicate|specify|detail|attach|outline|give|supply|"
    r"upload|"
    r"summari[sz]e|define|demonstrate|discuss|include|enumerate|advise|declare|disclose|submit|set out|show|"
    r"quantify|tell|"
    r"elaborate|clarify|enclose|articulate)\s+\w|(name|report|document)\s+(the|all|your|any|each|every|a|an|"
    r"at least|who|how)\b)|"
    r"^(beschreiben|nennen|erläutern|geben|erklären|führen|benennen|bestätigen|legen|stellen|schildern)\s+sie\b|"
    r"^bitte\s+\w+|"
    r"^(décrivez|décrire|veuillez|indiquez|précisez|fournissez|listez|expliquez|confirmez|identifiez|"
    r"[a-zà-ÿ]{2,}ez (?:les?|la|l['’]|une?|des|du|de|vos|votre|tou(?:s|te|tes)|ces?|chaque|si|comment|quel\w*))\b|"
    r"^(por favor|describa|indique|proporcione|explique|enumere|detalle|especifique|confirme|identifique|facilite)\b|"
    r"^(descriva|descrivere|indichi|indicare|fornisca|fornire|elenchi|elencare|specificare|allegare|"
    r"descreva|informe|forneça|liste|anexe|beschrijf|vermeld|benoem|geef|licht .{1,40} toe|"
    r"(?:préciser|indiquer|fournir|lister|joindre|expliquer|adjunt(?:e|ar)|describir|indicar|detallar))\b",
    re.I,
)
_IMPERATIVE_END = re.compile(r"(ください|下さい|述べよ|記載すること|説明せよ)[。.]?\s*$")
_DUTY = re.compile(
    r"\b(?:(?:must|shall|should|will|is required to|are required to|has to|have to|müssen|muss|soll(?:en|te)?|doit|"
    r"doivent|debe(?:n|rá|rán)?)\b|(?:is|are|has|have|been)\s+(?:\w+ly\s+)?\w+(?:ed|en)\b)|こと[。.]?$",
    re.I,
)
_DUTIES = (
    "must",
    "shall",
    "should",
    "will",
    "has to",
    "have to",
    "müss",
    "muss",
    "soll",
    "doit",
    "doivent",
    "debe",
    "こと",
)
_PASSIVE = re.compile(r"(?:i(?<!\wi)s|a(?<!\wa)re|h(?<!\wh)a(?:s|ve)|b(?<!\wb)een)\s+(?:\w+ly\s+)?\w+(?:ed|en)\b")
"""What is left of duties without these pieces; words are told by their first letters, which `re` looks up fastest."""
DUTY = Wording(
    r"\b(must|shall|müssen|muss|doit|doivent|debe(n|rá|rán)?)\b|こと[。.]?\s*$",
    "must|shall|müssen|muss|doit|doivent|debe|こと",
)
"""What makes a sentence a requirement rather than a remark."""
_INTERROGATIVE = re.compile(
    r"^(do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|what|which|who|whom|whose|when|"
    r"where|why|how|"
    r"in which|to what|for how|at what|on what|by whom|haben|hat|ist|sind|gibt|werden|wird|wie|was|wer|wann|wo|"
    r"welche\w*|können|"
    r"est-ce|avez|êtes|quel\w*|comment|qui|où|quand|existe\w*|tiene\w*|cuenta\w*|cómo|qué|quién|cuál\w*|dónde|"
    r"cuándo|están?)\b",
    re.I,
)

PLACEHOLDER = Wording(
    r"^\s*(?:\[[^\[\]]{0,120}\]|<[^<>]{1,120}>|«[^»]{1,80}»|\{[^{}]{1,80}\}|[_\u2017]{3,}[_\s]*|[.…]{4,}[.…\s]*|"
    r"[-–—]{3,}|"
    r"(?:click|tap)( or tap)? here to .{1,40}|(?:please )?(?:enter|type|insert|write|add|provide) (?:your |the )?"
    r"(?:text|response|answer|comments?|details|reply)(?: here)?|"
    r"free[ -]?text|response here|your (?:answer|response)(?: here)?|(?:choose|select) an? (?:item|option|answer)|"
    r"vendor(?:'s)? (?:response|answer|to complete)|to be (?:completed|filled in)(?: by (?:the )?"
    r"(?:vendor|supplier|provider|contractor|company|bidder|respondent|"
    r"tenderer|applicant|proposer|processor|partner|you)\b.{0,20})?|"
    r"(?:hier )?(?:antwort|text) (?:hier )?(?:eingeben|einfügen)|freitext|réponse ici|texto libre|自由記述|"
    r"記入欄)\s*[.:]?\s*$",
)
"""A cell or paragraph that holds nothing but a prompt to write there."""

UNDERSCORES = re.compile(r"___+(?:[ \t]*_{3,})*|\. (?:\. ){4,}\.?|\.[.…]{5,}|…[.…]{5,}|＿＿＿+")
"""A printed line to write on; each way begins with one character, for which `re` looks many times faster."""

BRACKETS = re.compile(r"\[[^\[\]☐☒xX ][^\[\]]{2,120}\]|<[^<>]{3,80}>|«[^»]{2,80}»")
"""A bracketed prompt inside a line."""

ANSWER_LABEL = re.compile(
    r"^\s*(?:(?:vendor|supplier|provider|contractor|company|bidder|respondent|your|bidder'?s|proposer'?s?|client|"
    r"applicant'?s?)(?:'s)?\s+)?"
    r"(response|responses|answer|answers|comment|comments|reply|explanation|details|notes|remarks?|justification|"
    r"(?:additional|further|any other) (?:information|comments|details|remarks)|a|ans|resp|"
    rf"{foreign.ANSWERS}|{foreign.COMMENTS}|(?:{foreign.ANSWERS_UNSPACED}|{foreign.COMMENTS_UNSPACED})欄?)"
    r"(?:\s*\([^)]{0,60}\))?\s*[:：.]?\s*$",
    re.I,
)
_ANSWER_NUMBER = re.compile(r"^\s*a(ns(wer)?)?\.?\s?\d{1,3}\s*[.:)]?\s*$", re.I)
_EVIDENCE_LABEL = re.compile(
    r"\b(evidence|demonstration|attachments?|documents?|references?|nachweise?|preuves?|evidencias?)\b|証跡", re.I
)

NOTE = Wording(
    r"^\s*(note|notes|nb|n\.b\.|important|instructions?|guidance|hint|tip|example|e\.g\.|for example|"
    r"applicability notes?|"
    r"hinweis|anmerkung|beispiel|remarque|note[s]?|exemple|nota|ejemplo|注|備考|例)\b\s*[:：.\-–]?|"
    r"^\S.{0,40}\bguidance\s*[:：]|"
    r"^\s*[*†‡]",
)
INSTRUCTION = Wording(
    r"\b(this (form|questionnaire|document|section|template)|the (form|questionnaire|following questions|"
    r"questions below)|"
    r"(all|each|every|following|the) questions?\b|instructions|return (it|this|the)|complete (this|the|all|each|"
    r"every|only)|"
    r"fill (in|out)|columns? below|table below)\b",
    "form|document|section|template|question|instructions|return |complete |fill |below",
)
_SELECT_ONE = re.compile(
    r"\b(select|check|choose|tick|mark|pick|indicate) (only )?(one|an? |the (appropriate|applicable|correct|"
    r"relevant|(statement|option|level|answer)\b))|"
    r"\b(wählen sie|choisissez|cochez|seleccione|marque)\b|選択",
    re.I,
)
_GIVEN = re.compile(
    r"^(yes|no|n/?a|not applicable|partial(ly)?|we|our|ours|ja|nein|wir|unsere?|oui|non|nous|notre|s[ií]|nosotros|"
    r"nuestr[oa]s?)\b|"
    r"^(はい|いいえ|弊社|当社)",
    re.I,
)
DETAILS = Wording(
    r"^(if|where|when|wenn|falls|si|se|en caso)(?: you answered| the answer is)? [\"'‘’“”«]?"
    r"(yes|no|not|so|other|applicable|selected|checked|you|any|ja|nein|oui|"
    r"non|s[ií])\b|"
    r"^(?:(?:en|in|em) caso (?:afirmativo|affermativo|negativo|contrario)|dans (?:l['’]affirmative|la négative)|"
    r"(?:zo|indien|om|hvis|jeśli|pokud) (?:ja|nee|nej|nei|tak|nie|ano|ne))\b|「?(?:はい|いいえ)」?の場合|"
    r"^\(?(please )?(explain|describe|specify|elaborate|provide (details|an? explanation|comments)|give details|"
    r"comment)\b|"
    r"\b(details?|rationale|explanation|comments?|justification|narrative)\b.{0,80}$|^(bitte )?(erläutern|"
    r"beschreiben)|^(veuillez )?précise",
    "detail|rationale|explanation|comment|justification|narrative|の場合",
    opens=True,
)
"""What asks for words beside a ticked option."""
OTHER = Wording(
    r"^(?:any )?(?:others?|sonstige[sr]?|andere[sr]?|autres?|otr[oa]s?|altr[oi]|outr[oa]s?|overig|その他|其他)"
    r"(?:,? ?\(?(?:please |bitte )?(?:specify|angeben|préciser|especificar|describe)\)?)?\s*[:：]?$",
)
"""What names a further option beside those to tick."""
_LABEL_WORDS = 9
CONTACT = Wording(
    r"\b(do you have|have|any|for|with) (any )?(further )?questions\b|\bcontact (us|the)\b", "questions|contact "
)
"""Sentences that offer help with the form."""
_EXAMPLE = re.compile(r"^\s*(example|e\.g\.|sample|beispiel|exemple|ejemplo|例)\b", re.I)

_INTRODUCTION = re.compile(
    r"^(?:\W|\d)*(?:(?:general |important )?(?:instructions?|guidance|directions|notes)"
    r"(?: (?:for|to|on|about) .{1,60})?|how to (?:complete|use|fill|answer|respond|submit)\b.*|introduction|preamble|"
    r"preface|foreword|purpose|about this \w+.{0,40}|faqs?|frequently asked questions|"
    r"glossary|definitions|(?:vorwort|einleitung|präambel|"
    r"hinweise?|ausfüllhinweise?|allgemeine hinweise|anleitung|bearbeitungshinweise?|häufige fragen)"
    r"(?: (?:zu[rm]?|für) .{1,60})?|préambule|introduction|avant-propos|consignes?\b.{0,60}|mode d['’]emploi|"
    r"objet|(?:instrucciones|introducción|preámbulo|preguntas frecuentes)\b.{0,60}|はじめに|記入要領|注意事項|記入方法)"
    r"\s*[:.]?$",
    re.I,
)


_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+")
_LAST_PART = re.compile(r"\n+|(?<=[.?？。])[ \t\u00a0]+")
"""What parts the lines and sentences of a paragraph."""
_ADDITION = re.compile(
    r"^(?:if|when|where|in case|including|incl\b|this (?:includes|covers|applies)|such as|also|otherwise|please|see|"
    r"refer|answer|select|choose|max|limit|yes\s*[/|]|wenn|falls|bitte|einschließlich|siehe|si\b|le cas échéant|"
    r"y compris|merci|voir|en caso|incluy|por favor|véase|該当|その)",
    re.I,
)
"""How what is added to a question begins, which is no answer to it."""


def innermost(section: str) -> str:
    """Return the last heading of a section's path."""
    return section.rpartition(" › ")[2]


def is_introduction(section: str) -> bool:
    """Return whether the innermost heading of `section` is that of instructions or an introduction."""
    return bool(section) and _INTRODUCTION.match(innermost(section)) is not None


@in_mind
def answers_itself(text: str) -> bool:
    """Return whether `text` puts a question and says the answer, such as "Until when? Friday." in instructions.

    What follows the question and asks for details, or stands in brackets, is no answer.
    """
    asked, sign, rest = text.replace("？", "?").rpartition("?")
    rest = rest.strip()
    if not sign or not asked or len(rest) < 3 or rest[0] in "([（*" or rest[-1] not in ".!。！":
        return False
    return not (requests(rest) or DETAILS.match(rest) or _ADDITION.match(rest) or NOTE.match(rest))


def asks_in_passing(text: str) -> bool:
    """Return whether `text` ends on a question behind a sentence that asks nothing, as the talk of a letter does."""
    sentences = _SENTENCE_END.split(text.strip())
    return len(sentences) > 1 and asks(sentences[-1]) and not any(map(requests, sentences[:-1]))


@in_mind
def plain(text: str) -> str:
    """Return `text` on one line, without surrounding space."""
    return " ".join(text.split())


@in_mind
def is_identifier(text: str) -> bool:
    """Return whether `text` is a number or code of a question and nothing else."""
    if not text or len(text) > 40:
        return False
    said = plain(text)
    return 0 < len(said) <= 24 and _IDENTIFIER.match(said) is not None


@in_mind
def without_number(text: str) -> tuple[str, str]:
    """Return the number that `text` begins with ("" when none) and the rest."""
    text = text.lstrip(_BEFORE_NUMBER)
    if _names_question(text):
        text = _QUESTION_LABEL.sub("", text)
    match = _LEADING_NUMBER.match(text)
    if match is None or match.end() == len(text):
        return "", text.strip()
    number = match.group(1).strip().rstrip(".:：．、-–— ")
    if number.count("(") != number.count(")"):
        number = number.strip("()")
    return number.removeprefix("(").removesuffix(")") if number.startswith("(") else number, text[match.end() :].strip()


@in_mind
def asks(text: str) -> bool:
    """Return whether `text` is put as a question."""
    if "?" not in text and (text.isascii() or not _ASKING_SIGN.search(text)):
        return False
    said = text.strip()
    return said.endswith(("?", "？")) or _ASKING.search(said) is not None or said.startswith("¿")


def _names_question(text: str) -> bool:
    """Return whether there is the sign in `text` that ends a label."""
    return ":" in text or "：" in text


def is_marked_question(text: str) -> bool:
    """Return whether `text` says of itself that it is a question, as "Q: …" does."""
    return _names_question(text) and _QUESTION_LABEL.match(text) is not None


@in_mind
def requests(text: str) -> bool:
    """Return whether `text` asks for something, as a question or an imperative."""
    _, rest = without_number(text)
    return (
        asks(text)
        or is_marked_question(text)
        or _IMPERATIVE.match(rest) is not None
        or (not rest.isascii() and _IMPERATIVE_END.search(rest) is not None)
        or (_INTERROGATIVE.match(rest) is not None and len(rest.split()) > 3)
    )


@in_mind
def states(text: str) -> bool:
    """Return whether `text` is a statement to confirm, such as "The supplier must …"."""
    if len(text.split()) < 4:
        return False
    folded = text.casefold()
    for piece in _DUTIES:
        if piece in folded:
            return _DUTY.search(text) is not None
    return _PASSIVE.search(folded) is not None


def selects_one(text: str) -> bool:
    """Return whether `text` asks to choose one of the options that follow."""
    return _SELECT_ONE.search(text) is not None and "all that apply" not in text.casefold()


@in_mind
def is_label(text: str) -> bool:
    """Return whether `text` names a value, such as "Vendor name:", and asks no question."""
    said = plain(text)
    if not 0 < len(said.split()) <= _LABEL_WORDS or said.endswith((".", "。")) or asks(said) or states(said):
        return False
    return said.endswith((":", "：")) or not requests(said)


def is_given_answer(text: str) -> bool:
    """Return whether `text` reads like an answer somebody gave."""
    return _GIVEN.match(text) is not None


@in_mind
def is_example(text: str) -> bool:
    """Return whether `text` says of itself that it is an example."""
    return _EXAMPLE.match(text) is not None


@in_mind
def is_answer_label(text: str) -> bool:
    """Return whether `text` only names the answer that goes beside or below it, such as "Response:"."""
    return ANSWER_LABEL.match(text) is not None


def before_answer_label(text: str) -> str:
    """Return what stands before the label that ends `text`, as in "Do you log? Answer:", "" without such a label."""
    text = text.rstrip()
    if not text.endswith((":", "：")):
        return ""
    parts = _LAST_PART.split(text)
    label = parts[-1].strip()
    return text.removesuffix(label).strip() if len(parts) > 1 and is_answer_label(label) else ""


@in_mind
def without_lines(text: str) -> str:
    """Return `text` without printed lines to write on."""
    printed = "_" in text or ".." in text or ". ." in text or not text.isascii()
    return UNDERSCORES.sub("", text) if printed else text


def is_answer_number(text: str) -> bool:
    """Return whether `text` numbers the answer below a question Q1 or Q.1, such as "A1."."""
    return _ANSWER_NUMBER.match(text) is not None


def is_evidence_label(text: str) -> bool:
    """Return whether `text` is a short label for evidence to add to an answer."""
    said = plain(text)
    return len(said.split()) <= 6 and not asks(said) and _EVIDENCE_LABEL.search(said) is not None
