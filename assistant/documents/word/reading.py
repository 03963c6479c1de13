"""Reading a Word document into a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.documents.package import Package, parse_xml
from assistant.documents.word.blocks import Paragraph, Table
from assistant.documents.word.building import Body, read_body
from assistant.documents.word.flow import Flow
from assistant.documents.word.markup import BODY, Node, P, T, W, value_of
from assistant.documents.word.memory import memory
from assistant.documents.word.numbering import Numbering
from assistant.documents.word.parts import document_part, relationships
from assistant.documents.word.repeated import see_filled
from assistant.documents.word.selecting import only_lists, only_styles, used_lists, used_styles
from assistant.documents.word.styles import Styles
from assistant.documents.word.terms import with_terms
from assistant.documents.word.thinning import thinned
from assistant.documents.word.titles import OWN_USE
from assistant.documents.word.words import plain, requests
from assistant.errors import UnreadableDocumentError
from assistant.legends import explained
from assistant.questionnaire import Questionnaire

_STRICT = "purl.oclc.org/ooxml"
"""What the namespaces of ISO/IEC 29500 Strict begin with."""


@memory()
def read(package: Package) -> Questionnaire:
    """Return the questions of a Word document and where each answer goes.

    :raises UnreadableDocumentError: when the package holds no readable Word document.
    """
    name = document_part(package)
    document = thinned(package.part(name))
    root = parse_xml(document, name)
    body = root.find(BODY)
    if body is None and _STRICT in str(root.tag):
        raise UnreadableDocumentError(
            "The document is saved in the strict variant of the Office format.",
            "Save it in Word as a plain “Word document (*.docx)” and upload that copy.",
        )
    if body is None:
        raise UnreadableDocumentError(
            "The file is damaged: the document has no body.", "Save it anew in Word and upload that copy."
        )
    parts = relationships(package, name)
    found = read_body(body, *_styles_and_lists(package, parts, document))
    blocks = found.blocks
    see_filled(blocks)
    reading = Flow().read(blocks)
    if not reading.questions and any(skip.reason == OWN_USE for skip in reading.skipped):
        reading = Flow(all_asked=True).read(blocks)  # no form is for the customer alone
    macros = "macroEnabled" in package.content_type(name)
    questionnaire = Questionnaire(
        format="docm" if macros else "docx",
        questions=tuple(with_terms(reading.questions, blocks)),
        skipped=tuple(reading.skipped),
        tables=tuple(reading.tables),
        notices=tuple(_notices(package, _settings(package, parts), found)),
    )
    return explained(questionnaire, lambda: _texts(blocks))


def _texts(blocks: Sequence[Paragraph | Table]) -> Iterator[list[str]]:
    """Yield the texts of the document, those of a row together, lines of a cell apart as well."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield [block.text]
            continue
        for row in block.rows:
            yield [cell.text for cell in row.cells]
            for cell in row.cells:
                yield from _texts(cell.blocks if len(cell.blocks) > 1 else cell.tables)


def _part(package: Package, parts: Mapping[str, Sequence[str]], kind: str) -> tuple[str, bytes]:
    """Return the name and bytes of the one part of `kind` that the document relates to, nothing of both without one."""
    name = next(iter(parts.get(kind, ())), "")
    return name, package.part(name) if name else b""


def _styles_and_lists(
    package: Package, parts: Mapping[str, Sequence[str]], document: bytes
) -> tuple[Styles, Numbering]:
    """Return the styles and lists of the document; the others that the parts hold are not parsed."""
    name, styles = _part(package, parts, "styles")
    used = used_styles(document)
    styles = thinned(styles if used is None else only_styles(styles, used))
    root = parse_xml(styles, name) if name else None
    lists = used_lists(document, styles)
    name, numbering = _part(package, parts, "numbering") if lists is None or lists else ("", b"")
    numbering = thinned(numbering if lists is None else only_lists(numbering, lists))
    return Styles(root), Numbering(parse_xml(numbering, name) if name else None)


def _settings(package: Package, parts: Mapping[str, Sequence[str]]) -> Node | None:
    """Return the root of the document's settings, None when they say nothing that matters."""
    name, settings = _part(package, parts, "settings")
    matters = b"documentProtection" in settings or b"trackRevisions" in settings or b"\x00" in settings
    return parse_xml(settings, name) if matters else None


def _notices(package: Package, settings: Node | None, body: Body) -> list[str]:
    """Return what the user should know before completing the document."""
    found = []
    if any(part.startswith("_xmlsignatures/") for part in package.names):
        found.append("The document is digitally signed; completing it breaks the signature.")
    if settings is not None:
        protection = settings.find(W + "documentProtection")
        if protection is not None and protection.get(W + "enforcement", "0") not in {"0", "false", "off"}:
            kind = protection.get(W + "edit", "")
            found.append(
                "The document is protected as a form; answers go into its fields and the protection stays."
                if kind == "forms"
                else "The document is protected against editing; the protection stays on the completed document."
            )
        if value_of(settings, "trackRevisions") not in (None, "0", "false", "off"):
            found.append("The document records changes; answers are written without being recorded as changes.")
    if body.tracked:
        found.append(
            "The document holds tracked changes; inserted text is read as if accepted, deleted text is left out."
        )
    boxed = _boxed_question(body.boxes)
    if boxed:
        found.append(f"The document has text boxes, which are not read; one says: “{boxed[:120]}”")
    return found


def _boxed_question(boxes: Sequence[Node]) -> str:
    """Return the first question in one of the text boxes, "" when there is none."""
    for box in boxes:
        for paragraph in box.iter(P):
            text = plain("".join(node.text or "" for node in paragraph.iter(T)))
            if requests(text):
                return text
    return ""
