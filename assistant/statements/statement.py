"""Statement files: Markdown with YAML front matter."""

from __future__ import annotations

from pathlib import PurePosixPath

import yaml

from assistant.statement import Passage, Statement
from assistant.statements import prose
from assistant.statements.nodes import Fields, composed
from assistant.statements.source import Source, repaired

_KEYS = frozenset(
    {"title", "product", "deployments", "owner", "source", "url", "reviewed", "review_by", "tags", "audience"}
)


def read_statement(source: Source, content: bytes) -> tuple[Statement, tuple[str, ...]] | None:
    """Return the statement in `content` and the deployments it names, in their order; None when it is at fault."""
    lines = repaired(source.text(content)).split("\n")
    if source.faults:
        return None
    closing = next((n for n, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)
    if lines[0].rstrip() != "---":
        source.fault(1, "A statement begins with front matter: a line ---, at least “product: …”, a line ---.")
        return None
    if not closing:
        source.fault(1, "The front matter that begins here is never closed by a line ---.")
        return None
    root = composed(source, "\n".join(lines[1 : closing - 1]), first_line=2)
    if source.faults:
        return None
    if not isinstance(root, yaml.MappingNode):
        source.fault(2, "The front matter must be a mapping: “key: value” lines, at least “product: …”.")
        return None
    fields = Fields(source, root, first_line=2)
    for key, line in fields.unknown(_KEYS).items():
        source.notice(line, f"The key “{key}” is not known and was ignored.")
    text = prose.read("\n".join(lines[closing:]), first_line=closing + 1)
    for line, oddity in text.oddities:
        source.notice(line, oddity)
    return _statement(source, fields, text)


def _statement(source: Source, fields: Fields, text: prose.Prose) -> tuple[Statement, tuple[str, ...]] | None:
    """Return the statement that front matter and prose make."""
    product = fields.required("product", "The front matter must name the “product” the statement is about.").strip()
    title = fields.text("title") or next((h.path[-1] for h in text.headings), PurePosixPath(source.path).stem)
    owner, audience = fields.text("owner"), fields.audience()
    reviewed, review_by = fields.date("reviewed"), fields.date("review_by")
    whole, under, named = _deployments(source, fields, text.headings)
    passages = []
    for paragraph in text.paragraphs:
        nearest = next((under[h] for h in reversed(paragraph.under) if h in under), whole)
        passages.append(
            Passage(
                path=source.path,
                lines=paragraph.lines,
                text=paragraph.text,
                product=product,
                deployments=frozenset(nearest),
                headings=tuple(h.path[-1] for h in paragraph.under if h.line != paragraph.lines[0]),
                title=title,
                audience=audience,
                owner=owner,
                reviewed=reviewed,
                review_by=review_by,
            )
        )
    origin, tags = fields.text("source") or fields.text("url"), fields.texts("tags")
    if source.faults:
        return None
    statement = Statement(
        path=source.path,
        title=title,
        product=product,
        passages=tuple(passages),
        deployments=frozenset(whole),
        owner=owner,
        source=origin,
        reviewed=reviewed,
        review_by=review_by,
        audience=audience,
        tags=tags,
        notices=tuple(source.notices),
    )
    return statement, named


def _deployments(
    source: Source, fields: Fields, headings: tuple[prose.Heading, ...]
) -> tuple[tuple[str, ...], dict[prose.Heading, tuple[str, ...]], tuple[str, ...]]:
    """Return the deployments of the whole file, those under listed headings, and all of them in their order."""
    node = fields.node("deployments")
    if node is None or not isinstance(node, yaml.MappingNode):
        whole = fields.deployments("deployments")
        return whole, {}, whole
    listing = Fields(source, node, first_line=2)
    under: dict[prose.Heading, tuple[str, ...]] = {}
    named: dict[str, None] = {}
    for key, line in listing.names().items():
        deployments = listing.deployments(key)
        named.update(dict.fromkeys(deployments))
        wanted = _folded(key)
        found = [h for h in headings if wanted in (_folded(h.path[-1]), _folded(" › ".join(h.path)))]
        if not found:
            source.fault(line, f"No heading of this file reads “{key}”.")
        elif len(found) > 1:
            where = " and ".join(str(h.line) for h in found)
            source.fault(line, f"The heading “{key}” stands at lines {where}; name it with those above: “A › B”.")
        else:
            under[found[0]] = deployments
    return (), under, tuple(named)


def _folded(heading: str) -> str:
    """Return a heading as it is compared: white space and case set aside."""
    return " ".join(heading.split()).casefold()
