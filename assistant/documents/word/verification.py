"""Proof that a completed Word document differs from the original at the answer places only.

Both documents are walked side by side. What may change at a place is taken out of both (the content
of a cell or paragraph, an inserted paragraph behind it); what is left must be the same in canonical
form (W3C Canonical XML), part by part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest

from lxml import etree

from assistant.documents.package import Package, parse_xml
from assistant.documents.word.behind import given_behind, prompt_behind
from assistant.documents.word.bindings import Bindings
from assistant.documents.word.columnwords import printed_choice
from assistant.documents.word.controls import BOX
from assistant.documents.word.fields import is_prompt
from assistant.documents.word.lines import line_of
from assistant.documents.word.markup import (
    BODY,
    PPR,
    SDT,
    SDT_PR,
    TBL,
    TC,
    TCPR,
    W15,
    Node,
    P,
    T,
    W,
    blocks,
    cells,
    rows,
    wrappers,
)
from assistant.documents.word.memory import memory
from assistant.documents.word.parts import document_part
from assistant.documents.word.reading import read
from assistant.documents.word.skeleton import skeleton
from assistant.documents.word.tree import around_input
from assistant.documents.word.typing import remove
from assistant.documents.word.words import (
    BRACKETS,
    UNDERSCORES,
)
from assistant.filling import Entry, writable
from assistant.questionnaire import FieldKind, Location

_KEPT = (
    SDT,
    TBL,
    *(W + name for name in ("ffData", "bookmarkStart", "bookmarkEnd", "sectPr", "drawing", "pict", "object")),
    *(W + name for name in ("commentReference", "footnoteReference", "endnoteReference")),
)
"""What an answer never takes out of its place or adds to it."""


@memory()
def differences(
    original: Package, completed: Package, places: Collection[Location], entries: Sequence[Entry] = ()
) -> list[str]:
    """Return what differs other than at `places`, and which of `entries` does not read back; [] when all is well.

    At a place its content may differ, or paragraphs may stand behind it that the original has not.
    """
    places = {Location(around_input(place)[0]) for place in places}
    if original.names != completed.names:
        lost, added = set(original.names) - set(completed.names), set(completed.names) - set(original.names)
        return [
            *(f"the part {name} is gone" for name in sorted(lost)),
            *(f"the part {name} was added" for name in sorted(added)),
        ] or ["the parts stand in another order"]
    name = document_part(original)
    bound = Bindings(original, name).parts() if b"dataBinding" in original.part(name) else set()
    found: list[str] = []
    unread: list[str] = []
    for part in original.names:
        if original.same_part(completed, part):
            unread += _unread(completed.tree(part), entries) if entries and part == name else []
        elif part == name:
            changed, missing = _document(original, completed, name, places, entries)
            found += changed
            unread += missing
        elif part in bound:
            found += _custom(original.tree(part), completed.tree(part), part)
        else:
            found.append(f"the part {part} changed")
    return found or unread


def _document(
    original: Package, completed: Package, name: str, places: Collection[Location], entries: Sequence[Entry]
) -> tuple[list[str], list[str]]:
    """Return what differs in the document parts, and which of `entries` do not read back.

    When both hold the same bytes wherever no place is, and nothing differs in the rest, nothing differs at all.
    Anything else is looked for, and named, in the whole.
    """
    cut = skeleton(original, name, places)
    rest = cut.of(completed.part(name)) if cut.pieces else None
    if rest is not None:
        after = parse_xml(rest, name)
        unread = _unread(after, entries)  # before the places are taken out of it
        if not _Comparison(original, parse_xml(cut.content, name), after, places).differences():
            return [], unread
    after = completed.tree(name)
    unread = _unread(after, entries)
    return _Comparison(original, original.tree(name), after, places).differences(), unread


def _unread(completed: Node, entries: Sequence[Entry]) -> list[str]:
    """Return the texts of which a line stands nowhere in the completed document.

    Where the lines stand is settled by what may differ; here it is only asked whether all of them arrived.
    """
    said = "".join("".join(node.text or "" for node in completed.iter(T)).split())
    return [
        f"{entry.field.location}: “{line[:60]}” was written and does not read back"
        for entry in entries
        if entry.field.kind is FieldKind.TEXT
        for line in writable(entry.value).splitlines()
        if "".join(line.split()) not in said
    ]


def _custom(before: Node, after: Node, part: str) -> list[str]:
    """Return whether a custom XML item differs in more than what its nodes say."""
    for root in (before, after):
        for node in root.iter():
            node.text = node.tail = None
            for name in node.attrib:
                node.set(name, "")
    same = etree.tostring(before, method="c14n") == etree.tostring(after, method="c14n")
    return [] if same else [f"the part {part} changed in more than values"]


_AHEAD = 8
"""Blocks looked on to, to tell an inserted paragraph from the one that follows in the original."""


class _Comparison:
    """Two document parts, compared with the places left out."""

    def __init__(self, original: Package, before: Node, after: Node, places: Collection[Location]) -> None:
        self._original, self._before, self._after = original, before, after
        self._places = frozenset(str(place) for place in places)
        self._ways = {place[:i] for place in self._places for i, sign in enumerate(place) if sign == "/"}
        self._found: list[str] = []
        self._around = _around_kept(before) | _around_kept(after)

    def differences(self) -> list[str]:
        old, new = self._before.find(BODY), self._after.find(BODY)
        if old is None or new is None:
            return ["the document has no body"]
        self._container(old, new, "body")
        if self._found:
            return self._found
        if _same(self._before, self._after):
            return []
        self._locate(old, new, "body")
        return self._found or ["the document differs outside its paragraphs and tables"]

    def _container(self, old: Node, new: Node, path: str) -> None:
        """Mask the places in a body or cell, and take out what was inserted behind them."""
        counts = {P: 0, TBL: 0}
        theirs = list(blocks(new))
        ours = list(blocks(old))
        position = 0
        for index, block in enumerate(ours):
            place = f"{path}/{'p' if block.tag == P else 'tbl'}[{counts[block.tag]}]"
            counts[block.tag] += 1
            if position >= len(theirs):
                self._found.append(f"{place} is gone")
                return
            other = theirs[position]
            position += 1
            if block.tag == TBL:
                if place in self._ways and other.tag == TBL:
                    self._table(block, other, place)
                continue
            if place not in self._places:
                continue
            inserted = len(theirs) - position > len(ours) - index - 1
            if not inserted or not _same(block, other):
                inserted = inserted and printed_choice(line_of(block).text) is not None  # words go behind a choice
                self._mask(block, other, place)
            if inserted:
                following = ours[index + 1 :]
                while len(theirs) - position > len(following) and theirs[position].tag == P:
                    if following and self._lines_up(following, theirs[position:], path, counts):
                        break
                    self._take_out(theirs[position], place)
                    position += 1

    def _lines_up(self, ours: Sequence[Node], theirs: Sequence[Node], path: str, counts: Mapping[str, int]) -> bool:
        """Return whether blocks go on like those of the original, of which `counts` stand before.

        An inserted answer may say what the line to fill in behind it says; what stands behind that one tells them
        apart.
        """
        counts = dict(counts)
        for ahead, (block, other) in enumerate(zip(ours[:_AHEAD], theirs, strict=False)):
            place = f"{path}/{'p' if block.tag == P else 'tbl'}[{counts[block.tag]}]"
            counts[block.tag] += 1
            takes = ahead and place in self._places and block.tag == P == other.tag
            if takes and not line_of(block).text.strip():
                continue  # it takes anything
            if _same(block, other):
                return True
            if other.tag != block.tag or not self._is_filled(block, other, place):
                return False
            if block.tag == P and printed_choice(line_of(block).text) is not None:
                return True  # more may be inserted behind it
        return len(ours) > _AHEAD or len(ours) == len(theirs)

    def _is_filled(self, block: Node, other: Node, place: str) -> bool:
        """Return whether `other` is the original's block at `place` with its answers in it."""
        if block.tag == TBL:
            return place in self._ways
        if place not in self._places:
            return False
        line = line_of(block)
        own = bool(line.text.strip() or line.inputs)
        return own and _inventory(block) == _inventory(other) and self._keeps_words(block, other, place)

    def _table(self, old: Node, new: Node, path: str) -> None:
        for r, (row, other_row) in enumerate(zip(rows(old), rows(new), strict=False)):
            way = f"{path}/tr[{r}]"
            if way not in self._ways:
                continue
            for c, (cell, other) in enumerate(zip(cells(row), cells(other_row), strict=False)):
                place = f"{way}/tc[{c}]"
                if place in self._places:
                    if place in self._ways:
                        self._around_tables(cell, other, place)
                    self._mask(cell, other, place)
                elif place in self._ways:
                    self._container(cell, other, place)

    def _around_tables(self, old: Node, new: Node, path: str) -> None:
        """Mask the places in a cell that is one itself: its own paragraphs may be more or fewer, its tables may not."""
        nested = [[block for block in blocks(node) if block.tag == TBL] for node in (old, new)]
        if not any(nested):
            self._container(old, new, path)
        for index, (table, other) in enumerate(zip(*nested, strict=False)):
            if f"{path}/tbl[{index}]" in self._ways:
                self._table(table, other, f"{path}/tbl[{index}]")

    def _take_out(self, node: Node, place: str) -> None:
        """Remove an inserted paragraph, which may hold text only."""
        if any(True for _ in node.iter(*_KEPT)):
            self._found.append(f"more than text was inserted behind {place}")
        remove(node)

    def _mask(self, old: Node, new: Node, place: str) -> None:
        """Take the content of a place out of both documents, after comparing what may not change in it."""
        if new.tag != old.tag:
            self._found.append(f"{place} is no longer what it was")
            return
        if (old in self._around or new in self._around) and _inventory(old) != _inventory(new):
            self._found.append(f"{place} lost or gained controls, fields, bookmarks or pictures")
        if old.tag == P and not self._keeps_words(old, new, place):
            self._found.append(f"the form's own words changed at {place}")
        kept = PPR if old.tag == P else TCPR
        for node in (old, new):
            for control in wrappers(node):
                _forget_state(control.find(SDT_PR))
            within = node.tag == TC and node in self._around
            for child in list(node):
                if child.tag != kept and not (within and any(True for _ in child.iter(TBL))):
                    node.remove(child)

    @cached_property
    def _given(self) -> dict[str, str]:
        """Return the answers that are read in the original, by their places: a new one may replace them."""
        fields = [field for question in read(self._original).questions for field in question.fields]
        return {str(field.location): field.value for field in fields if field.value and not field.after}

    def _keeps_words(self, old: Node, new: Node, place: str) -> bool:
        """Return whether the words of a line around its boxes, blanks and answer still stand, in order."""
        line = line_of(old)
        if is_prompt(line.text):
            return True
        start = -1 if line.inputs else prompt_behind(line.text, stated=True)
        if _stand(_printed(line.text, start), new):
            return True
        given = -1 if line.inputs else given_behind(line.text, stated=True)
        value = self._given.get(place)
        if value is None or value not in {line.text.strip(), line.text[max(given, 0) :].strip()}:
            return False
        return value == line.text.strip() or _stand(_printed(line.text, given), new)

    def _locate(self, old: Node, new: Node, path: str) -> None:
        """Say which blocks differ."""
        counts = {P: 0, TBL: 0}
        for block, other in zip(blocks(old), blocks(new), strict=False):
            place = f"{path}/{'p' if block.tag == P else 'tbl'}[{counts[block.tag]}]"
            counts[block.tag] += 1
            if _same(block, other):
                continue
            if block.tag == TBL and other.tag == TBL and len(list(rows(block))) == len(list(rows(other))):
                self._locate_in_table(block, other, place)
            else:
                self._found.append(f"{place} changed")
        if len(list(blocks(old))) != len(list(blocks(new))):
            self._found.append(
                f"{path} has {len(list(blocks(new)))} blocks where the original has {len(list(blocks(old)))}"
            )

    def _locate_in_table(self, old: Node, new: Node, path: str) -> None:
        before = len(self._found)
        for r, (row, other_row) in enumerate(zip(rows(old), rows(new), strict=True)):
            for c, (cell, other) in enumerate(zip(cells(row), cells(other_row), strict=False)):
                if not _same(cell, other):
                    self._found.append(f"{path}/tr[{r}]/tc[{c}] changed")
        if len(self._found) == before:
            self._found.append(f"{path} changed")


def _around_kept(root: Node) -> set[Node]:
    """Return what holds something that an answer may not take out or add: in all else there is none to look for."""
    found: set[Node] = set()
    for node in root.iter(*_KEPT):
        around = node.getparent()
        while around is not None and around not in found:
            found.add(around)
            around = around.getparent()
    return found


def _canonical(node: Node) -> bytes:
    return etree.tostring(node, method="c14n", with_tail=False)


def _same(old: Node, new: Node) -> bool:
    """Return whether two trees are the same.

    Serialised alike they are, with other attributes or saying other things they are not; all this is many times
    faster to see than the canonical form.
    """
    if old.tag != new.tag or len(old) != len(new) or set(old.items()) != set(new.items()):
        return False
    if etree.tostring(old, with_tail=False) == etree.tostring(new, with_tail=False):
        return True
    return all(a == b for a, b in zip_longest(old.itertext(), new.itertext())) and _canonical(old) == _canonical(new)


def _inventory(node: Node) -> list[tuple[str, str]]:
    """Return what an answer may not take out or add, in order."""
    return [(str(child.tag), child.get(W + "id", "")) for child in node.iter(*_KEPT)]


def _stand(printed: Iterable[str], new: Node) -> bool:
    """Return whether the words that are `printed` in a line still stand in it, in order."""
    said, position = line_of(new).text, 0
    for words in printed:
        position = said.find(words, position)
        if position < 0:
            return False
        position += len(words)
    return True


def _printed(text: str, given: int) -> Iterator[str]:
    """Yield the words of a line between its boxes, printed lines and bracketed prompts, and before what is `given`."""
    choice = None if BOX.search(text) else printed_choice(text)
    text = text[: choice[0]] if choice is not None else text[:given] if given >= 0 else text
    for piece in BOX.split(text):
        for part in UNDERSCORES.split(piece):
            for words in BRACKETS.split(part):
                if words.strip():
                    yield words.strip()


def _forget_state(properties: Node | None) -> None:
    """Take out of a control's properties what filling it changes."""
    if properties is None:
        return
    for name in (W + "showingPlcHdr", W + "dataBinding", W15 + "dataBinding"):
        for child in properties.findall(name):
            properties.remove(child)
    for name in ("dropDownList", "comboBox", "date"):
        listing = properties.find(W + name)
        if listing is not None:
            listing.attrib.pop(W + "lastValue", "")
            listing.attrib.pop(W + "fullDate", "")
    for child in properties:
        if child.tag.endswith("}checkbox"):
            for state in child:
                if state.tag.endswith("}checked"):
                    child.remove(state)
