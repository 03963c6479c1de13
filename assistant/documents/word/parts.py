"""Where a Word package keeps its document, styles and settings (ECMA-376 Part 2, relationships)."""

from __future__ import annotations

import posixpath

from assistant.documents.package import Package
from assistant.errors import UnreadableDocumentError


def document_part(package: Package) -> str:
    """Return the name of the main document part.

    :raises UnreadableDocumentError: when there is none.
    """
    name = package.main_part
    if not name or name not in package:
        raise UnreadableDocumentError("The file holds no Word document.", "Save it anew in Word and upload that copy.")
    return name


def relationships(package: Package, name: str) -> dict[str, list[str]]:
    """Return the parts that the part called `name` relates to, by the last word of the relationship's type."""
    folder, _, base = name.rpartition("/")
    source = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    found: dict[str, list[str]] = {}
    if source not in package:
        return found
    for relationship in package.tree(source):
        if relationship.get("TargetMode") == "External":
            continue
        target = relationship.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path in package:
            found.setdefault(str(relationship.get("Type", "")).rpartition("/")[2], []).append(path)
    return found


def related(package: Package, name: str, kind: str) -> str | None:
    """Return the name of the one part of `kind` that the part called `name` relates to, or None."""
    return next(iter(relationships(package, name).get(kind, ())), None)
