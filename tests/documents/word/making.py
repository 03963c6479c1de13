"""Small Word documents made for one quirk each, from a few words of markup.

`document(p("1. Do you …?"), table(["Question", "Answer"], ["Do you …?", ""]))` is a whole file. A cell is
text (a line a paragraph), markup that begins with "<w:", or a `cell(…)` with properties.
"""

from __future__ import annotations

import io
import json
import zipfile
from xml.sax.saxutils import escape, quoteattr

from assistant.documents.package import Package
from assistant.documents.word import read
from assistant.questionnaire import AnswerField, FieldKind, Question, Questionnaire

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{MAIN}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    inside = "".join(
        "<w:br/>" if part == "\n" else "<w:tab/>" if part == "\t" else f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in _parts(text)
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for character in text:
        if character in "\n\t" or not parts or parts[-1] in "\n\t":
            parts.append(character)
        else:
            parts[-1] += character
    return parts


def p(
    text: str = "",
    style: str = "",
    listed: bool = False,
    properties: str = "",
    run: str = "",
    list_id: int = 1,
    level: int = 0,
) -> str:
    """Return a paragraph of text, or of markup when `text` begins with a tag; list 2 is numbered, 3 lettered."""
    inside = text if text.startswith("<w:") else r(text, run) if text else ""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    said += numbering if listed else ""
    said += properties
    return f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{inside}</w:p>"


def heading(text: str, level: int = 1) -> str:
    """Return a heading."""
    return p(text, style=f"Heading{level}")


def cell(text: str = "", span: int = 1, merge: str = "", shade: str = "") -> str:
    """Return a table cell; `merge` is `restart` or `continue`."""
    said = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    said += {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(merge, "")
    said += f'<w:shd w:val="clear" w:fill="{shade}"/>' if shade else ""
    inside = text if text.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else "".join(p(line) for line in text.split("\n"))
    return f"<w:tc>{f'<w:tcPr>{said}</w:tcPr>' if said else ''}{inside}</w:tc>"


def _is_cell(markup: str) -> bool:
    return markup.startswith("<w:tc>") or (markup.startswith("<w:sdt>") and "<w:tc>" in markup)


def table(*rows: list[str]) -> str:
    """Return a table of rows of cells."""
    width = max(len(row) for row in rows)
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in range(width))
    body = "".join(f"<w:tr>{''.join(c if _is_cell(c) else cell(c) for c in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def control(inside: str, properties: str = "", placeholder: bool = False) -> str:
    """Return a content control around runs, paragraphs or cells."""
    said = properties + ("<w:showingPlcHdr/>" if placeholder else "")
    return f"<w:sdt><w:sdtPr>{said}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def checkbox(ticked: bool = False) -> str:
    """Return a check box content control."""
    state = (
        f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    return control(r("☒" if ticked else "☐"), state)


def dropdown(*options: str, prompt: str = "Choose an item.") -> str:
    """Return a drop-down content control."""
    items = "".join(f"<w:listItem w:displayText={quoteattr(o)} w:value={quoteattr(o.lower())}/>" for o in options)
    return control(r(prompt), f"<w:dropDownList>{items}</w:dropDownList>", placeholder=True)


def legacy_checkbox(ticked: bool = False) -> str:
    """Return a legacy check box field."""
    data = f'<w:checkBox><w:sizeAuto/><w:default w:val="{int(ticked)}"/></w:checkBox>'
    return _legacy(data, " FORMCHECKBOX ", "")


def legacy_text(shown: str = "\u2002\u2002\u2002", limit: int = 0, default: str = "") -> str:
    """Return a legacy text field."""
    data = f"<w:default w:val={quoteattr(default)}/>" if default else ""
    data += f'<w:maxLength w:val="{limit}"/>' if limit else ""
    return _legacy(f"<w:textInput>{data}</w:textInput>", " FORMTEXT ", shown)


def legacy_dropdown(*options: str) -> str:
    """Return a legacy drop-down field."""
    items = "".join(f"<w:listEntry w:val={quoteattr(option)}/>" for option in options)
    return _legacy(f"<w:ddList>{items}</w:ddList>", " FORMDROPDOWN ", "")


def _legacy(data: str, instruction: str, shown: str) -> str:
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/><w:enabled/>{data}</w:ffData></w:fldChar>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + (r(shown) if shown else "")
    return (
        f"<w:r>{begin}</w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'{separate}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2, 3)
)


def _list(list_id: int, *levels: tuple[str, str]) -> str:
    inside = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (form, pattern) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{list_id}">{inside}</w:abstractNum>'


def _use(list_id: int, abstract: int, start: int | None = None) -> str:
    restart = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract}"/>{restart}</w:num>'


NUMBERING = (
    _list(1, ("bullet", "•"), ("bullet", "–"))
    + _list(2, ("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)"))
    + _list(3, ("upperLetter", "%1)"))
    + _use(1, 1)
    + _use(2, 2)
    + _use(3, 3)
    + _use(4, 2, 7)
)
"""Lists: 1 bullets, 2 numbers with numbers and Roman numbers below, 3 letters, 4 as 2 but from seven on."""


def document(
    *blocks: str,
    settings: str = "",
    content_type: str = DOCX,
    parts: dict[str, str] | None = None,
    body: str = "w:body",
    namespace: str = "",
) -> bytes:
    """Return a whole .docx; `parts` are further parts, related to the document when they are custom XML."""
    extra = dict(parts or {})
    named = NAMESPACES.replace(MAIN, namespace) if namespace else NAMESPACES
    related = [("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml")]
    related += [("rId3", "numbering", "numbering.xml")]
    related += [
        (f"rId{10 + n}", "customXml", f"../{name}")
        for n, name in enumerate(sorted(extra))
        if "/item" in name and "Props" not in name and "_rels" not in name
    ]
    files = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
        ),
        "_rels/.rels": _relationships([("rId1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relationships(related),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/settings.xml": f"<w:settings {NAMESPACES}>{settings}</w:settings>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        "word/document.xml": f"<w:document {named}><{body}>{''.join(blocks)}<w:sectPr/></{body}></w:document>",
        **extra,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)
    return out.getvalue()


def _relationships(related: list[tuple[str, str, str]]) -> str:
    items = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in related)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


def reading(*blocks: str) -> Questionnaire:
    """Return what is read from a document of `blocks`."""
    return read(Package(document(*blocks)))


def shown(field: AnswerField) -> str:
    """Return a field in one line: `text tc[1]`, `choice p[2] Yes|No`, `mark Yes=tc[1] No=tc[2]`, with `=value`."""
    if field.kind is FieldKind.MARK:
        said = "mark " + " ".join(f"{label}@{place.removeprefix('body/')}" for label, place in field.marks)
    else:
        said = f"{field.kind.value} {field.location.removeprefix('body/')}"
        said += " " + "|".join(field.options) if field.options else ""
    return (
        said
        + (" after" if field.after else "")
        + (f" = {json.dumps(field.value, ensure_ascii=False)}" if field.value is not None else "")
    )


def outline(found: Questionnaire | Question) -> list[str]:
    """Return the questions, each as `number text @ place -> fields`."""
    questions = found.questions if isinstance(found, Questionnaire) else (found,)
    return [
        f"{q.number + ' ' if q.number else ''}{q.text} @ {q.location.removeprefix('body/')} -> "
        + "; ".join(shown(field) for field in q.fields)
        for q in questions
    ]
