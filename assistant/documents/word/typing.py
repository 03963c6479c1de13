"""Putting text into paragraphs in the formatting of its place."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from assistant.documents.word.lines import line_of
from assistant.documents.word.markup import (
    BR,
    CR,
    FIELD,
    NO_BREAK_HYPHEN,
    PPR,
    RPR,
    SDT,
    SYM,
    TAB,
    VAL,
    XML_SPACE,
    Node,
    P,
    R,
    T,
    W,
)
from assistant.documents.word.words import PLACEHOLDER

_TYPED = frozenset(
    {
        T,
        TAB,
        BR,
        CR,
        NO_BREAK_HYPHEN,
        SYM,
        FIELD,
        W + "softHyphen",
        W + "instrText",
        W + "ptab",
        W + "lastRenderedPageBreak",
    }
)
"""What a person types into a run; anything else in it (pictures, comment and note marks) stays."""
_WRAPS = frozenset(
    W + name for name in ("hyperlink", "fldSimple", "smartTag", "ins", "moveTo", "customXml", "dir", "bdo")
)
_NOT_FOR_ANSWERS = frozenset(
    W + name for name in ("highlight", "vanish", "webHidden", "ins", "del", "rPrChange", "moveFrom", "moveTo")
)
_STYLE = W + "rStyle"
_STYLES_OF_PROMPTS = frozenset({"PlaceholderText", "Platzhaltertext", "Textedelespacerserv", "Hyperlink"})


def runs(parent: Node) -> list[Node]:
    """Return the runs of a paragraph in order, wrappers looked through, content controls and deletions not."""
    found = []
    for child in parent:
        if child.tag == R:
            found.append(child)
        elif child.tag in _WRAPS:
            found += runs(child)
    return found


def formatting(paragraph: Node) -> Node | None:
    """Return a copy of the run properties that text of a paragraph has, None for the style's own.

    A prompt's colour, slant and style are the prompt's, not the answer's.
    """
    source = None
    said = "".join(t.text or "" for t in paragraph.iter(T))
    for run in runs(paragraph):
        if any(child.tag == T and (child.text or "").strip() for child in run):
            source = run.find(RPR)
            break
    else:
        first = next(iter(runs(paragraph)), None)
        source = None if first is None else first.find(RPR)
        if source is None:
            source = paragraph.find(f"{PPR}/{RPR}")
    found = answer_formatting(source)
    return without_look(found) if PLACEHOLDER.match(said) else found


def without_look(properties: Node | None) -> Node | None:
    """Return run properties without what makes a prompt look like one."""
    if properties is not None:
        for name in ("rStyle", "color", "i", "iCs"):
            for child in properties.findall(W + name):
                properties.remove(child)
    return properties


def answer_formatting(source: Node | None) -> Node | None:
    """Return a copy of run properties without what marks a prompt or a tracked change."""
    if source is None:
        return None
    copy = deepcopy(source)
    for child in list(copy):
        if child.tag in _NOT_FOR_ANSWERS or (child.tag == _STYLE and child.get(VAL) in _STYLES_OF_PROMPTS):
            copy.remove(child)
    copy.tail = None
    return copy if len(copy) else None


def clear(parent: Node) -> None:
    """Take the typed text out of a paragraph; what is no text, and content controls, stay."""
    for child in list(parent):
        if child.tag == R:
            for piece in list(child):
                if piece.tag in _TYPED:
                    child.remove(piece)
            if all(piece.tag == RPR for piece in child):
                parent.remove(child)
        elif child.tag in _WRAPS:
            clear(child)
            if not len(child):
                parent.remove(child)
        elif child.tag == W + "proofErr":
            parent.remove(child)


def remove(node: Node) -> None:
    """Take a node out of its parent."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def content(text: str) -> list[Node]:
    """Return run content for `text`: line breaks as `w:br`, tabs as `w:tab`."""
    found: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append(etree.Element(BR))
        for column, piece in enumerate(line.split("\t")):
            if column:
                found.append(etree.Element(TAB))
            if piece:
                node = etree.Element(T)
                node.text = piece
                if piece != piece.strip() or "  " in piece:
                    node.set(XML_SPACE, "preserve")
                found.append(node)
    return found


def new_run(text: str, properties: Node | None) -> Node:
    """Return a run of `text` with (its own copy of) `properties`."""
    run = etree.Element(R)
    if properties is not None and len(properties):
        run.append(deepcopy(properties))
    run.extend(content(text))
    return run


def type_into(paragraph: Node, text: str) -> None:
    """Replace what a paragraph says by `text`, in its formatting."""
    properties = formatting(paragraph)
    clear(paragraph)
    paragraph.append(new_run(text, properties))


def append_to(paragraph: Node, text: str) -> None:
    """Add `text` behind a label, in its formatting but not bold or underlined as labels are."""
    written = [run for run in runs(paragraph) if run.find(T) is not None]
    properties = answer_formatting(written[-1].find(RPR)) if written else formatting(paragraph)
    if properties is not None:
        for name in ("b", "bCs", "u", "caps", "smallCaps"):
            for child in properties.findall(W + name):
                properties.remove(child)
    ends_open = bool(written) and (written[-1].findall(T)[-1].text or "").endswith((" ", "\u00a0"))
    paragraph.append(new_run(text if ends_open else f" {text}", properties))


def pieces(paragraph: Node) -> list[tuple[int, Node]]:
    """Return each `w:t` that is the form's own text with its offset in the text that the reader sees."""
    return line_of(paragraph).pieces


def replace_span(paragraph: Node, start: int, end: int, text: str) -> None:
    """Replace the characters from `start` to `end` of a paragraph's text by `text`, in their formatting."""
    written = False
    for offset, node in pieces(paragraph):
        said = node.text or ""
        first, last = max(start - offset, 0), min(end - offset, len(said))
        if first >= last:
            continue
        before, behind = said[:first], said[last:]
        run = node.getparent()
        assert run is not None
        position = run.index(node)
        node.text = before
        _keep_space(node)
        if not written:
            fresh = content(text)
            for extra in reversed(fresh):
                run.insert(position + 1, extra)
            position += len(fresh)
            written = True
        if behind:
            rest = etree.Element(T)
            rest.text = behind
            _keep_space(rest)
            run.insert(position + 1, rest)
        if not before:
            remove(node)


def replace_prompt(paragraph: Node, start: int, end: int, text: str) -> None:
    """Replace a prompt by `text`, not in the look that runs of nothing but the prompt have."""
    for offset, node in pieces(paragraph):
        run = node.getparent()
        properties = None if run is None else run.find(RPR)
        alone = start <= offset and offset + len(node.text or "") <= end and len(node.text or "")
        if run is not None and properties is not None and alone and len(run.findall(T)) == 1:
            plain = without_look(answer_formatting(properties))
            run.remove(properties)
            if plain is not None and len(plain):
                run.insert(0, plain)
    replace_span(paragraph, start, end, text)


def replace_rest(paragraph: Node, start: int, text: str) -> None:
    """Replace all of a paragraph's text from `start` on by `text`, its line breaks with it."""
    before = {node for offset, node in pieces(paragraph) if offset + len(node.text or "") <= start}
    begun = not before
    for node in list(paragraph.iter(T, BR, CR)):
        begun = begun or (node.tag == T and node not in before)
        if begun and node.tag != T:
            remove(node)
    replace_span(paragraph, start, len(line_of(paragraph).text), text)


def _keep_space(node: Node) -> None:
    if node.text and node.text != node.text.strip():
        node.set(XML_SPACE, "preserve")


def insert_after(anchor: Node, text: str, left: str = "") -> None:
    """Insert `text` behind a paragraph, a line a paragraph, as body text: not in its style or numbering.

    `left` is how far in its list or style sets it, for where it says nothing itself.
    """
    properties = anchor.find(PPR)
    kept = etree.Element(PPR)
    # Order as in CT_PPrBase: spacing, then ind, then jc.
    for name in ("bidi", "spacing", "ind", "jc"):
        child = None if properties is None else properties.find(W + name)
        copied = etree.Element(W + name) if child is None else deepcopy(child)
        if name == "ind":
            for hang in ("hanging", "firstLine", "hangingChars", "firstLineChars"):
                copied.attrib.pop(W + hang, "")
            if left and copied.get(W + "left", copied.get(W + "start")) is None:
                copied.set(W + "left", left)
        if child is not None or len(copied.attrib):
            kept.append(copied)
    run_properties = formatting(anchor)
    if run_properties is not None:
        for name in ("rStyle", "b", "bCs", "i", "iCs", "u", "caps", "smallCaps", "color"):
            for child in run_properties.findall(W + name):
                run_properties.remove(child)
    outer, parent = anchor, anchor.getparent()
    while parent is not None and parent.tag in _OUTER:
        outer, parent = parent, parent.getparent()
    # Paragraphs stand apart by themselves: blank lines between them would double the gap.
    for line in reversed([line for line in text.split("\n") if line.strip()]):
        paragraph = etree.Element(P)
        if len(kept):
            paragraph.append(deepcopy(kept))
        paragraph.append(new_run(line, run_properties))
        outer.addnext(paragraph)


_OUTER = frozenset({SDT, W + "sdtContent", W + "customXml"})
"""Frames that an inserted paragraph stands behind, not in."""
