"""Reading a Word document into a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.documents.package import Package, parse_xml
from assistant.documents.word.blocks import Paragraph, Table
from assistant.documents.word.building import read_body
from assistant.documents.word.flow import Flow
from assistant.documents.word.markup import BODY, Node, P, T, W, value_of
from assistant.documents.word.memory import memory
from assistant.documents.word.numbering import Numbering
from assistant.documents.word.parts import document_part, relationships
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
    root = parse_xml(thinned(package.part(name)), name)
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
    styles = Styles(_tree(package, parts, "styles"))
    blocks = read_body(body, styles, Numbering(_tree(package, parts, "numbering")))
    reading = Flow().read(blocks)
    if not reading.questions and any(skip.reason == OWN_USE for skip in reading.skipped):
        reading = Flow(all_asked=True).read(blocks)  # no form is for the customer alone
    macros = "macroEnabled" in package.content_type(name)
    found = Questionnaire(
        format="docm" if macros else "docx",
        questions=tuple(with_terms(reading.questions, blocks)),
        skipped=tuple(reading.skipped),
        tables=tuple(reading.tables),
        notices=tuple(_notices(package, _tree(package, parts, "settings"), body)),
    )
    return explained(found, lambda: _texts(blocks))


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


def _tree(package: Package, parts: Mapping[str, Sequence[str]], kind: str) -> Node | None:
    """Return the root of the one part of `kind` that the document relates to, or None."""
    name = next(iter(parts.get(kind, ())), None)
    return None if name is None else parse_xml(thinned(package.part(name)), name)


def _notices(package: Package, settings: Node | None, body: Node) -> list[str]:
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
    if next(body.iter(W + "ins", W + "del", W + "moveFrom"), None) is not None:
        found.append(
            "The document holds tracked changes; inserted text is read as if accepted, deleted text is left out."
        )
    boxed = _boxed_question(body)
    if boxed:
        found.append(f"The document has text boxes, which are not read; one says: “{boxed[:120]}”")
    return found


def _boxed_question(body: Node) -> str:
    """Return the first question in a text box, "" when there is none."""
    for box in body.iter(W + "txbxContent"):
        for paragraph in box.iter(P):
            text = plain("".join(node.text or "" for node in paragraph.iter(T)))
            if requests(text):
                return text
    return ""
