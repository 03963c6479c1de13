"""Markdown into paragraphs: plain prose with its heading path and exact source lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_BRACES = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_COMPONENT = re.compile(
    rf"""<[A-Z][\w.]*(?:\s+(?:[\w:.@-]+(?:=(?:"[^"]*"|'[^']*'|{_BRACES}))?|{_BRACES}))*\s*/?>""",
)
"""A JSX tag. CommonMark knows only tags that are valid HTML, which `<Badge size={{w: 1}} />` is not."""
_OPAQUE_BLOCK = re.compile(r"<(?:!--|\?|!|script\b|style\b|pre\b|textarea\b)", re.IGNORECASE)
_HREF = re.compile(r"""<a\s[^>]*?\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_WITHIN_WORDS = re.compile(r"</?(?:a|abbr|b|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u)\b", re.IGNORECASE)
_DIRECTIVE = re.compile(r"^:{3,}.*|\{%.*?%\}")
"""Markup of site generators: `:::note` around a paragraph, `{% include … %}`."""
_DROPPED = "\x00"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphens and spaces of no width, which would split words for the search."""
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2}[.!])\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the path that leads to it (itself last) and its line."""

    path: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One citable piece: a paragraph, list item, table row or heading that is prose. `under` are the headings above."""

    text: str
    lines: tuple[int, int]
    under: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """What a Markdown text holds. `oddities` are (line, sentence)."""

    paragraphs: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]
    oddities: tuple[tuple[int, str], ...]


def read(markdown: str, first_line: int = 1) -> Prose:
    """Return the prose of `markdown`, whose first line is line `first_line` of its file."""
    tokens = _parser().parse(markdown)
    paragraphs: list[Paragraph] = []
    headings: list[Heading] = []
    oddities: list[tuple[int, str]] = []
    above: list[tuple[int, Heading]] = []
    columns: list[str] = []
    for position, token in enumerate(tokens):
        first = first_line + (token.map[0] if token.map else 0)
        if token.type == "code_block":
            oddities.append((first, "Lines indented by four spaces count as code and are left out."))
        elif token.type == "html_block" and token.content.startswith("<!--") and "-->" not in token.content:
            oddities.append((first, "This comment is never closed; everything after it is left out."))
        elif token.type == "tr_open":
            cells = _cells(tokens, position)
            if tokens[position - 1].type == "thead_open":
                columns = cells
            elif text := _row(columns, cells):
                paragraphs.append(Paragraph(text, (first, first), tuple(h for _, h in above)))
        elif token.type == "inline" and tokens[position - 1].type in ("paragraph_open", "heading_open"):
            text, lines = _plain(token, first_line)
            opening = tokens[position - 1]
            if not text:
                continue
            if opening.type == "heading_open" and opening.level == 0:
                level = int(opening.tag[1:])
                above = [(depth, heading) for depth, heading in above if depth < level]
                heading = Heading((*(h.path[-1] for _, h in above), text), lines[0])
                above.append((level, heading))
                headings.append(heading)
            if opening.type == "paragraph_open" or _is_prose(text):
                paragraphs.append(Paragraph(text, lines, tuple(h for _, h in above)))
    return Prose(tuple(paragraphs), tuple(headings), tuple(oddities))


def _is_prose(heading: str) -> bool:
    """Return whether a heading is made of sentences, so that it says something that can be cited."""
    return sum(len(sentence.split()) > 2 for sentence in _SENTENCE_END.split(heading)) > 1


def _parser() -> MarkdownIt:
    """Return a CommonMark parser with tables and strike-through that knows components and leaves addresses alone."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.block.ruler.at("html_block", _opaque_block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("html_inline", "component", _component)
    parser.normalizeLink = str  # type: ignore[method-assign, assignment]
    parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]
    return parser


def _opaque_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take comments, scripts and the like as a block; other tags are left to the paragraph they wrap.

    CommonMark drops the prose between `<div>` and `</div>` with the tags; it is prose all the same.
    """
    at = state.bMarks[start] + state.tShift[start]
    if not _OPAQUE_BLOCK.match(state.src, at):
        return False
    return html_block(state, start, end, silent)


def _component(state: StateInline, silent: bool) -> bool:
    """Take a JSX tag as a tag."""
    if state.src[state.pos] != "<":
        return False
    found = _COMPONENT.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found.group()
    state.pos = found.end()
    return True


def _cells(tokens: Sequence[Token], row: int) -> list[str]:
    """Return the plain text of the cells of the table row that opens at `row`."""
    cells = []
    for token in tokens[row + 1 :]:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            cells.append(_plain(token, 1)[0])
    return cells


def _row(columns: Sequence[str], cells: Sequence[str]) -> str:
    """Return a table row as one line that is understood without its table: "Data: logs; Kept for: 30 days"."""
    named = zip(columns, cells, strict=True)
    return "; ".join(f"{column}: {cell}" if column else cell for column, cell in named if cell)


def _plain(inline: Token, first_line: int) -> tuple[str, tuple[int, int]]:
    """Return the prose of `inline`, and the first and last line that carry a word of it."""
    assert inline.map is not None
    line, with_words, parts = inline.map[0], set(), []
    for part in _parts(inline.children or []):
        if part == "\n":
            line += 1
            parts.append(" ")
            continue
        dropped = part.startswith(_DROPPED)
        if not dropped and re.search(r"\w", part):
            with_words.add(line)
        parts.append(_DROPPED if dropped else part)
        line += part.count("\n")
    text = "".join(parts).translate(_INVISIBLE)
    text = re.sub(rf"\s*{_DROPPED}[\s{_DROPPED}]*(?=[.,;:!?)]|$)", "", text)
    text = " ".join(text.replace(_DROPPED, " ").split())
    whole = (inline.map[0], inline.map[1] - 1)
    first, last = (min(with_words), max(with_words)) if with_words and line == whole[1] else whole
    return (text if re.search(r"\w", text) else ""), (first_line + first, first_line + last)


def _parts(children: Sequence[Token]) -> Iterator[str]:
    """Yield the pieces of a paragraph: text, a line feed at the end of a source line, or what was dropped.

    Links become "text (address)"; struck-out text is withdrawn and goes, as do pictures and tags.
    """
    struck, opened = 0, ""
    label: list[str] = []
    for token in children:
        if token.type in ("s_open", "s_close"):
            struck += token.nesting
            continue
        address = str(token.attrGet("href") or "") if token.type == "link_open" else ""
        if token.type == "html_inline" and (found := _HREF.match(token.content)):
            address = found.group(1)
        if address:
            opened, label = address, []
        elif opened and (token.type == "link_close" or token.content.casefold() == "</a>"):
            yield _address("".join(label), opened)
            opened = ""
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type in ("html_inline", "image"):
            if not _WITHIN_WORDS.match(token.content):
                yield _DROPPED + "\n" * token.content.count("\n")
        elif token.type in ("text", "code_inline") and not struck:
            written = _DIRECTIVE.sub("", token.content) if token.type == "text" else token.content
            label.append(written)
            yield written


def _address(label: str, address: str) -> str:
    """Return what follows a link's text: its address, unless the text is the address or it leads nowhere else."""
    bare = re.sub(r"^(?:mailto:|https?://)|/$", "", address)
    same = re.sub(r"^(?:mailto:|https?://)|/$", "", label.strip()).casefold() == bare.casefold()
    return "" if same or not label.strip() or address.startswith("#") else f" ({address})"
