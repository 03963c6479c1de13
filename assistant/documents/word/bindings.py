"""Content controls that are bound to custom XML: Word shows what the bound node says, so it is set too.

ECMA-376 Part 1, 17.5.2.6 (`w:dataBinding`) and Part 1, 22.5 (custom XML data storage properties).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from assistant.documents.package import Package
from assistant.documents.word.markup import SDT_PR, W15, Node, W
from assistant.documents.word.parts import relationships

_STORE = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_PREFIXES = re.compile(r"xmlns:([\w.-]+)\s*=\s*['\"]([^'\"]*)['\"]")


class Bindings:
    """The custom XML items of a document, parsed when a control is bound to one."""

    def __init__(self, package: Package, name: str) -> None:
        """Take the package and the name of its document part."""
        self._package, self._name = package, name
        self._items: dict[str, str] | None = None
        self._trees: dict[str, Node] = {}
        self._touched: set[str] = set()

    def put(self, control: Node, text: str) -> None:
        """Set the node that `control` is bound to; a binding to anything else than custom XML is taken off."""
        properties = control.find(SDT_PR)
        if properties is None:
            return
        for binding in [child for child in properties if child.tag in {W + "dataBinding", W15 + "dataBinding"}]:
            item = self._item(binding.get(W + "storeItemID", ""))
            target = self._target(item, binding) if item else None
            if item is None or target is None:
                properties.remove(binding)
            elif isinstance(target, etree._Element):
                for child in list(target):
                    target.remove(child)
                target.text = text
                self._touched.add(item)
            else:
                target.getparent().set(target.attrname, text)
                self._touched.add(item)

    def _item(self, store: str) -> str | None:
        """Return the part that holds the store with that identifier."""
        if self._items is None:
            self._items = {}
            for part in relationships(self._package, self._name).get("customXml", []):
                for properties in relationships(self._package, part).get("customXmlProps", []):
                    self._items[self._package.tree(properties).get(_STORE, "").upper()] = part
        return self._items.get(store.upper())

    def _target(self, item: str, binding: Node) -> Any:
        """Return the element or attribute that a binding's XPath names, None when it names none or is no plain path."""
        if item not in self._trees:
            self._trees[item] = self._package.tree(item)
        prefixes = dict(_PREFIXES.findall(binding.get(W + "prefixMappings", "")))
        path = binding.get(W + "xpath", "")
        if not re.fullmatch(r"[\w:/\[\]@.\-]+", path):
            return None
        try:
            found = self._trees[item].getroottree().xpath(path, namespaces=prefixes or None)
        except etree.XPathError:
            return None
        if isinstance(found, list) and found and hasattr(found[0], "getparent"):
            return found[0]
        return None

    def changed(self) -> dict[str, bytes]:
        """Return the items that were changed, as bytes."""
        return {
            item: etree.tostring(
                self._trees[item].getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
            )
            for item in sorted(self._touched)
        }

    def parts(self) -> set[str]:
        """Return the names of the items that controls may be bound to."""
        self._item("")
        return set((self._items or {}).values())
