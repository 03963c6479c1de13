"""Writing answers into a Word document: the places change, nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from lxml import etree

from assistant.documents.package import Package, parse_xml, rewritten
from assistant.documents.word.bindings import Bindings
from assistant.documents.word.indents import Indents
from assistant.documents.word.markup import TC, Node, P
from assistant.documents.word.memory import memory
from assistant.documents.word.parts import document_part
from assistant.documents.word.places import Place
from assistant.documents.word.skeleton import Skeleton, skeleton
from assistant.documents.word.ticking import Ticking
from assistant.documents.word.tree import Tree, around_input
from assistant.documents.word.typing import insert_after
from assistant.errors import NotWritableError
from assistant.filling import Entry
from assistant.questionnaire import FieldKind


@memory()
def write(package: Package, entries: Sequence[Entry]) -> bytes:
    """Return a copy of the document with every entry at its place.

    Several texts for one place stand there one below the other, in the order of `entries`.

    :raises NotWritableError: when a place cannot take its value.
    """
    if not entries:
        return rewritten(package, {})
    name = document_part(package)
    cut = skeleton(package, name, {around_input(place)[0] for entry in entries for place in entry.field.places()})
    changed = None
    if cut.pieces:
        with suppress(NotWritableError):  # what stands in the way is told of the whole document
            changed = _changed(package, name, cut, entries)
    return rewritten(package, changed or _changed(package, name, Skeleton((package.part(name),)), entries) or {})


def _changed(package: Package, name: str, cut: Skeleton, entries: Sequence[Entry]) -> dict[str, bytes] | None:
    """Return the parts that completing the document changes, None when the skeleton proves cut wrongly."""
    root = parse_xml(cut.content, name)
    tree, bindings, indents = Tree(root), Bindings(package, name), Indents(package, name)
    # Every place is found before anything is written: what is inserted shifts the counts.
    nodes = {place: tree.node(around_input(place)[0]) for entry in entries for place in entry.field.places()}
    texts: dict[tuple[str, bool, bool], list[Entry]] = {}
    ticking = Ticking(nodes)
    for entry in entries:
        if entry.field.kind is FieldKind.MARK:
            ticking.tick(entry)
        elif entry.value:
            texts.setdefault((entry.field.location, entry.field.after, bool(entry.field.options)), []).append(entry)
    places: dict[str, Place] = {}
    for (location, after, _), group in texts.items():
        node = nodes[group[0].field.location]
        values = list(dict.fromkeys(entry.value for entry in group))
        if after:
            anchor = _paragraph(node, location)
            insert_after(anchor, "\n".join(values), indents.of(anchor))
        else:
            path, index = around_input(location)
            place = places.setdefault(path, Place(node, path, bindings))
            place.write("\n".join(values), group[0].field.options, index, group[0].field.value)
    whole = cut.whole(serialised(root))
    return None if whole is None else {name: whole, **bindings.changed()}


def _paragraph(node: Node, location: str) -> Node:
    """Return the paragraph behind which an answer is inserted."""
    if node.tag == P:
        return node
    last = [child for child in node if child.tag == P] if node.tag == TC else []
    if not last:
        raise NotWritableError(location, "No answer can be inserted behind this place.")
    return last[-1]


def serialised(root: Node) -> bytes:
    """Return a part's tree as bytes, in the encoding it was read in."""
    tree = root.getroottree()
    encoding = (tree.docinfo.encoding or "UTF-8").upper()
    content = etree.tostring(tree, xml_declaration=True, encoding=encoding, standalone=bool(tree.docinfo.standalone))
    assert isinstance(content, bytes)
    return content
