"""One place that takes text or a choice: an input, a cell, a line with a blank in it."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from assistant.documents.word.behind import ends_in_prompt, given_behind, prompt_behind
from assistant.documents.word.bindings import Bindings
from assistant.documents.word.columnwords import printed_choice
from assistant.documents.word.controls import Input, InputKind, input_around, legacy
from assistant.documents.word.fields import is_prompt
from assistant.documents.word.lines import line_of
from assistant.documents.word.markup import (
    FIELD,
    FIELD_TYPE,
    PPR,
    RPR,
    SDT_CONTENT,
    SDT_PR,
    TC,
    TCPR,
    VAL,
    Node,
    P,
    R,
    T,
    W,
    blocks,
    wrappers,
)
from assistant.documents.word.typing import (
    answer_formatting,
    append_to,
    clear,
    formatting,
    new_run,
    remove,
    replace_prompt,
    replace_rest,
    replace_span,
    type_into,
    without_look,
)
from assistant.documents.word.words import (
    BRACKETS,
    UNDERSCORES,
    is_answer_label,
    is_answer_number,
)
from assistant.errors import NotWritableError
from assistant.filling import units

_BLANK_PIECES = frozenset({PPR, R, W + "proofErr"})
_BESIDE_PARAGRAPHS = frozenset({P, TCPR})


class Place:
    """A paragraph or cell that takes an answer."""

    def __init__(self, node: Node, location: str, bindings: Bindings) -> None:
        """Take the node at `location`."""
        self._node, self._location, self._bindings = node, location, bindings
        self._used: list[Node] = []
        self._found: list[Input] | None = None

    def write(self, text: str, options: tuple[str, ...], index: int | None = None, given: str | None = None) -> None:
        """Write `text` into the input at `index`, the first that fits, or else as the place's own text.

        `given` is the answer that was read there; where the paragraph holds nothing else, it is replaced.

        :raises NotWritableError: when the place is locked, too short, or holds the form's own words only.
        """
        found = self._input(bool(options), index)
        if found is not None:
            self._used.append(found.node)
            self._fill(found, text)
        elif self._node.tag == TC:
            self._fill_cell(text)
        else:
            self._fill_line(self._node, text, given)

    def _inputs(self) -> list[Input]:
        """Return the inputs as they were before anything was written."""
        if self._found is None:
            self._found = []
            whole = self._node.tag != P
            for paragraph in [block for block in blocks(self._node) if block.tag == P] if whole else [self._node]:
                self._found += line_of(paragraph).inputs
                self._found += [found for node in wrappers(paragraph) if (found := input_around(node)) is not None]
        return self._found

    def _input(self, wants_choice: bool, index: int | None) -> Input | None:
        """Return the input to use: that at `index`, or a list for a choice and a text otherwise, each once."""
        inputs = self._inputs()
        if index is not None:
            if index >= len(inputs):
                raise NotWritableError(self._location, "There is no such field in this line.")
            inputs = inputs[index : index + 1]
        fresh = [found for found in inputs if not any(found.node is used for used in self._used)]
        fitting = [found for found in fresh if bool(found.options) is wants_choice] or fresh
        if fresh and all(found.locked for found in fitting):
            raise NotWritableError(self._location, "The form locks this field.")
        return next((found for found in fitting if not found.locked), None)

    def _fill(self, found: Input, text: str) -> None:
        if found.kind is InputKind.LEGACY_TEXT:
            self._fill_legacy_text(found, text)
        elif found.kind is InputKind.LEGACY_LIST:
            self._choose_legacy(found, text)
        else:
            self._fill_control(found, text)

    def _fill_legacy_text(self, found: Input, text: str) -> None:
        """Replace the field's result, between its `separate` and `end` (ECMA-376 Part 1, 17.16.18)."""
        if found.max_length is not None and units(text) > found.max_length:
            raise NotWritableError(self._location, f"The field takes {found.max_length} characters.")
        between, separate, end = _result(found.node, self._location)
        properties = None
        for run in between:
            if properties is None:
                properties = answer_formatting(run.find(RPR))
            remove(run)
        if properties is None:
            begin = found.node.getparent()
            properties = None if begin is None else answer_formatting(begin.find(RPR))
        if separate is None:
            separate = etree.Element(R)
            if properties is not None:
                separate.append(deepcopy(properties))
            etree.SubElement(separate, FIELD).set(FIELD_TYPE, "separate")
            end.addprevious(separate)
        separate.addnext(new_run(text, properties))

    def _choose_legacy(self, found: Input, text: str) -> None:
        """Set the index of the chosen entry, the first child of `w:ddList` (17.16.9)."""
        details = legacy(found.node)
        assert details is not None
        entries = [item.get(VAL, "") for item in details[1].findall(W + "listEntry")]
        if text not in entries:
            raise NotWritableError(self._location, f"“{text}” is not in the field's list.")
        result = details[1].find(W + "result")
        if result is None:
            result = etree.Element(W + "result")
            details[1].insert(0, result)
        result.set(VAL, str(entries.index(text)))

    def _fill_control(self, found: Input, text: str) -> None:
        """Set a content control's content, the value chosen from its list, and the node it is bound to."""
        control = found.node
        properties, content = control.find(SDT_PR), control.find(SDT_CONTENT)
        assert properties is not None
        assert content is not None
        listing = properties.find(W + "dropDownList")
        listing = properties.find(W + "comboBox") if listing is None else listing
        if listing is not None:
            item = next((i for i in listing if (i.get(W + "displayText") or i.get(W + "value")) == text), None)
            if item is not None:
                listing.set(W + "lastValue", item.get(W + "value") or text)
            elif found.kind is InputKind.LIST:
                raise NotWritableError(self._location, f"“{text}” is not in the control's list.")
        prompt = properties.find(W + "showingPlcHdr") is not None
        for shown in properties.findall(W + "showingPlcHdr"):
            properties.remove(shown)
        date = properties.find(W + "date")
        if date is not None:
            date.attrib.pop(W + "fullDate", "")
        plain = properties.find(W + "text")
        if plain is not None and plain.get(W + "multiLine", "0") in {"0", "false", "off"}:
            text = " ".join(line for line in text.split("\n") if line.strip())
        self._bindings.put(control, text)
        paragraph = next(content.iter(P), None)
        own = answer_formatting(properties.find(RPR))
        target = content if paragraph is None else paragraph
        if own is None:
            own = formatting(target)
        own = without_look(own) if prompt else own
        clear(target)
        target.append(new_run(text, own))
        for extra in [child for child in content if child.tag == P and child is not paragraph]:
            content.remove(extra)

    def _fill_cell(self, text: str) -> None:
        """Replace a cell's text: a line a paragraph, the cell's own paragraphs first, further ones like the first."""
        paragraphs = [child for child in self._node if child.tag == P]
        if not paragraphs:
            inside = next((block for block in blocks(self._node) if block.tag == P), None)
            if inside is None:
                raise NotWritableError(self._location, "The cell holds no paragraph.")
            paragraphs = [inside]
        first = paragraphs[0]
        properties = formatting(next((p for p in paragraphs if any(t.text for t in p.iter(T))), first))
        lines = text.split("\n")
        for paragraph in paragraphs:
            clear(paragraph)
        for extra in paragraphs[1:]:
            before = extra.getprevious()
            parts = before is not None and before.tag not in _BESIDE_PARAGRAPHS  # what a table ends in, or parts two
            if all(child.tag in _BLANK_PIECES for child in extra) and extra.find(R) is None and not parts:
                self._node.remove(extra)
        last = first
        for number, line in enumerate(lines):
            if number:
                fresh = etree.Element(P)
                copied = first.find(PPR)
                if copied is not None:
                    copied = deepcopy(copied)
                    for name in ("sectPr", "pageBreakBefore", "pPrChange"):
                        for child in copied.findall(W + name):
                            copied.remove(child)
                    fresh.append(copied)
                last.addnext(fresh)
                last = fresh
            if line:
                last.append(new_run(line, properties))

    def _fill_line(self, paragraph: Node, text: str, old: str | None) -> None:
        """Write into a paragraph: a blank one, a printed line, a bracketed prompt, behind a label, over an answer."""
        said = line_of(paragraph).text
        given, prompt = given_behind(said, stated=True), prompt_behind(said, stated=True)
        line, bracket, choice = UNDERSCORES.search(said), BRACKETS.search(said), printed_choice(said)
        if not said.strip() or is_prompt(said):
            type_into(paragraph, text)
        elif said.strip() == old:
            replace_rest(paragraph, 0, text)
        elif line is not None:
            replace_span(paragraph, line.start(), line.end(), text)
        elif bracket is not None and ends_in_prompt(said):
            replace_prompt(paragraph, bracket.start(), bracket.end(), text)
        elif prompt >= 0:
            replace_prompt(paragraph, prompt, len(said), text)
        elif choice is not None:
            replace_span(paragraph, *choice, text)
        elif given >= 0 and said[given:].strip() == old:
            replace_rest(paragraph, given, text)
        elif is_answer_label(said) or is_answer_number(said) or said.rstrip().endswith((":", "：")):
            append_to(paragraph, text)
        else:
            raise NotWritableError(self._location, "This paragraph holds the form's own words and no blank.")


def _result(begin: Node, location: str) -> tuple[list[Node], Node | None, Node]:
    """Return the runs of a legacy field's result, and the runs with its `separate` and `end`."""
    paragraph = next(begin.iterancestors(P))
    between: list[Node] = []
    separate: Node | None = None
    depth, started = 0, False
    for run in paragraph.iter(R):
        mark = run.find(FIELD)
        if mark is begin:
            started, depth = True, 1
            continue
        if not started:
            continue
        kind = None if mark is None else mark.get(FIELD_TYPE)
        if kind == "begin":
            depth += 1
        elif kind == "end":
            depth -= 1
            if depth == 0:
                return between, separate, run
        elif kind == "separate" and depth == 1:
            separate = run
            continue
        if separate is not None:
            between.append(run)
    raise NotWritableError(location, "The form field does not end in its paragraph.")
