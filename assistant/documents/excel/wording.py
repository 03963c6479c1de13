"""How a cell's text reads: as a question or statement to confirm, as a title, as a question's label."""

from __future__ import annotations

import re
from functools import lru_cache

_STARTS = (
    r"do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|must",
    r"what|which|when|where|who|whom|whose|why|how|in what|to what|for how|at what|under what",
    r"describe|explain|provide|list|specify|state|indicate|identify|detail|outline|confirm|attach|upload",
    r"name|give|select",
    r"verify|ensure|establish|define|implement|document|maintain|review",
    r"werden|wird|ist|sind|haben|hat|verfügt|verfügen|gibt|wie|welche[rsnm]?|wer|wo|wann|können|kann",
    r"beschreiben|bitte",
    r"existier\w+|erfolgt|erläutern|nennen|welche[nm]|woher|wohin|wodurch|womit|inwie\w+|warum",
    r"est ce|avez|disposez|existe|les|quels?|quelles?|comment|décrivez|veuillez|votre",
    r"expliquez|précisez|indiquez|fournissez|joignez|listez|énumérez|qui|où|quand|pourquoi|combien",
    r"cuenta|dispone|tiene|tienen|existen?|se|cómo|qué|cuál|cuáles|describa|indique",
    r"explique|detalle|enumere|especifique|proporcione|facilite|adjunte|relacione|señale|quién|quiénes|dónde|cuándo",
    r"descriva\w*|descrivete|descrivere|indicare|elencare|spiegare|fornire|allegare|avete|disponete",
    r"descreva|liste|informe|forneça|possui|possuem|existem",
    r"beschrijf|beschrijft|geef|noem|licht|beschikt|beschikken|heeft|hebben|zijn|wordt|worden|hoe|wie|welke|waar",
)
_QUESTION_START = re.compile(
    rf"^[\W\d]*(?:if (?:so|yes|no|not|applicable)[,:]?\s+)?(?:please\s+)?(?:{'|'.join(_STARTS)})\b", re.IGNORECASE
)
_ACRONYM = re.compile(r"[\W\d]*[A-Z]{2,}\b(?=.*[a-z])")
"""A text that begins with an acronym: "IS Policies" asks nothing. One all in capitals tells nothing."""
_POLAR = re.compile(
    r"^[\W\d]*(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|"
    r"ist|sind|haben|hat|werden|wird|gibt|verfügt|verfügen|"
    r"est ce|avez|disposez|existe|existen|cuenta|dispone|tiene|tienen)\b",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"[?？]")
_OBLIGATION = re.compile(
    r"\b(shall|must|should|are|is|has|have|been|muss|müssen|soll(en)?|doit|doivent|debe[n]?)\b", re.IGNORECASE
)
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_HINT = re.compile(
    r"^\W*(note|notes|hint|example|examples|e\.g\.|eg|guidance|tip|help|instructions?|remark|important|please note|"
    r"hinweis|beispiel|anmerkung|exemple|remarque|ejemplo|nota)\b\s*[:.–-]",
    re.IGNORECASE,
)


def is_hint(text: str) -> bool:
    """Return whether `text` begins as a hint does ("Note: …"), which may well read like a question."""
    return _HINT.match(text) is not None


_POLITE = re.compile(r"^\W*(?:please|kindly|bitte|veuillez|merci de|por favor|si prega)\b", re.IGNORECASE)


def is_polite(text: str) -> bool:
    """Return whether `text` begins as a request added to a question does ("Please give …")."""
    return _POLITE.match(text) is not None


_DETAILS = re.compile(
    r"^\W*(?:if|where|wenn|falls|si|se|en caso)\b[^.?]{0,30}?\b(?:yes|no|not|so|applicable|any|ja|nein|oui|non|s[íi]|"
    r"afirmativo)\b|"
    r"^\W*(?:please |bitte |veuillez )?(?:give|provide|add|enter|state|supply) (?:any |full |further |more )?"
    r"(?:details|particulars|information)\b|^\W*(?:please |bitte |veuillez |por favor )?(?:(?:further |your |any )?"
    r"(?:details|particulars|comments?|explanations?|remarks)|describe|explain|specify|elaborate|erläutern(?: sie)?|"
    r"(?:nähere )?(?:angaben|einzelheiten)|erläuterung(?:en)?|bemerkung(?:en)?|précis(?:ez|ions?)|commentaires?|"
    r"détails|detall(?:e|es|ar)|explique|comentarios|observaciones)\W*$",
    re.IGNORECASE,
)


_DETAILS_WORDS = (
    "if where when yes no not so any applicable answered answer is to the a of on and or above question please kindly",
    "give provide add enter state supply specify describe explain elaborate expand detail details particulars",
    "information further full more additional short brief briefly comment comments explanation explanations remarks",
    "here below in box your",
    "wenn falls ja nein bitte angeben angaben einzelheiten erläutern sie beschreiben nähere erläuterung erläuterungen",
    "bemerkung bemerkungen begründen geben an zutreffend hier",
    "si oui non veuillez préciser précisez précision précisions détails détailler détaillez expliquer expliquez",
    "décrire décrivez donner des commentaires commentaire merci de cas",
    "en caso sí afirmativo negativo indique detalle detalles detallar detállelo especifique explique descríbalo",
    "comentarios observaciones por favor",
)
"""Words of which a request for details consists that asks for nothing in particular."""
_OF_DETAILS = frozenset(word for line in _DETAILS_WORDS for word in line.split())


def wants_any_details(text: str) -> bool:
    """Return whether `text` asks for words to the answer above it, and for nothing by itself.

    "If yes, please give details:" does, "If yes, describe the algorithms." asks for something that one can look up.
    """
    return wants_details(text) and _OF_DETAILS.issuperset(re.findall(r"\w+", text.casefold()))


def wants_details(text: str) -> bool:
    """Return whether `text` asks for words to the answer above it ("If yes, please describe:")."""
    return _DETAILS.match(text) is not None


def is_polar(text: str) -> bool:
    """Return whether `text` asks for yes or no, by its first word."""
    return _POLAR.match(text) is not None


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
    if _QUESTION_START.match(text) and not _ACRONYM.match(text):
        return 0.9 if words > 3 else 0.5
    if words >= 6 and _OBLIGATION.search(text):
        return 0.8
    if words >= 9:
        return 0.7
    return 0.25 if words >= 5 else 0.1


_NUMBER = re.compile(
    r"^(?:[A-Za-z&]{1,12}[\s._:-]{0,2}){0,4}?\(?\d++(?:[\s._:/-]*+(?:\d++|[A-Za-z]{1,4}(?![A-Za-z])))*+[.)\]]?$"
    r"|^\(?[A-Za-z][.)]$|^[IVX]{1,5}[.)]?$|^\([ivx]{1,5}\)$"
    r"|^[A-Z]{1,6}(?:[.-][A-Z]{1,6}){1,3}$"
)
_LONGEST_NUMBER = 24


@lru_cache(maxsize=8192)
def is_number(text: str) -> bool:
    """Return whether `text` is a question's label, such as `12`, `A&A-01.2`, `Q3`, `4.1.2 b)`, `PR.AC-1`."""
    text = text.strip()
    if len(text) > _LONGEST_NUMBER or text.count(" ") > 3:
        return False
    return _NUMBER.match(text) is not None


_LEADING_NUMBER = re.compile(r"^\s*((?:[A-Za-z]{1,4}[-.]?)?\d+(?:\.\d+)*[.)]?|[a-z][.)])\s+\S")


def leading_number(text: str) -> str:
    """Return the label with which `text` itself begins, as in "1.2 Do you …", "" when it has none."""
    match = _LEADING_NUMBER.match(text)
    return match[1].rstrip(".)") if match else ""


_ITEM = re.compile(r"^\s*\(?([A-Za-z][.)]|[ivx]{1,4}[.)]|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(\S.*)$")
_ASKS = 0.9
"""Likeness from which on a line asks on its own."""


def several(text: str) -> list[tuple[str, str]]:
    """Return label and text of each question in a cell whose lines are numbered questions, [] when it holds just one.

    Numbered things that one question is about, below a line that asks it, are no questions of their own.
    """
    parts: list[tuple[str, str]] = []
    for line in text.splitlines():
        item = _ITEM.match(line)
        if item:
            parts.append((item[1].rstrip(".)"), item[2].strip()))
        elif line.strip() and not parts:
            return []
        elif line.strip():
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {line.strip()}")
    distinct = len({label for label, _ in parts}) == len(parts) > 1
    return parts if distinct and all(likeness(asked) >= _ASKS for _, asked in parts) else []
