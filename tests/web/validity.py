"""What the parser does not hold a page to: which element may stand where, and which attributes it may have.

After the HTML standard's content models (html.spec.whatwg.org, sections 3.2.5 and 4) and ARIA in HTML, as far as our
pages use them; an element or attribute that no page has used yet is refused until it is entered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def _named(names: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", names))


_GLOBAL = _named("id class lang dir hidden title tabindex role autofocus")
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    name: _named(attributes)
    for name, attributes in {
        "html": "", "head": "", "body": "", "title": "", "main": "", "nav": "", "header": "", "footer": "", "aside": "",
        "section": "", "article": "", "h1": "", "h2": "", "h3": "", "h4": "", "p": "", "div": "", "span": "",
        "ul": "", "ol": "start reversed", "li": "value", "dl": "", "dt": "", "dd": "", "figure": "", "figcaption": "",
        "strong": "", "em": "", "b": "", "i": "", "small": "", "code": "", "kbd": "", "pre": "", "mark": "", "br": "",
        "hr": "", "abbr": "", "style": "media", "cite": "", "blockquote": "cite",
        "sub": "", "sup": "", "var": "", "noscript": "",
        "ins": "cite datetime", "del": "cite datetime", "time": "datetime", "data": "value",
        "a": "href rel download target hreflang", "img": "src alt width height loading",
        "meta": "charset name content http-equiv", "link": "rel href type media sizes",
        "script": "src type defer async",
        "table": "", "caption": "", "colgroup": "span", "col": "span", "thead": "", "tbody": "", "tfoot": "", "tr": "",
        "td": "colspan rowspan headers", "th": "colspan rowspan headers scope abbr",
        "form": "action method enctype autocomplete novalidate name target", "fieldset": "disabled form name",
        "legend": "", "label": "for", "datalist": "", "optgroup": "label disabled",
        "input": "type name value checked disabled required readonly placeholder min max step minlength maxlength "
        "pattern autocomplete accept multiple list form size inputmode formaction formmethod formnovalidate spellcheck "
        "autocapitalize",
        "button": "type name value disabled form formaction formmethod formnovalidate formenctype",
        "select": "name required disabled multiple size form autocomplete", "option": "value selected disabled label",
        "textarea": "name rows cols required disabled readonly placeholder minlength maxlength form autocomplete wrap "
        "spellcheck", "output": "for form name", "progress": "value max", "meter": "value min max low high optimum",
        "details": "open name", "summary": "", "dialog": "open", "template": "",
    }.items()
}  # fmt: skip
_PHRASING = _named(
    "a abbr b br button cite code data datalist del dialog em i img input ins kbd label mark meter noscript output "
    "progress script select small span strong sub sup template textarea time var"
)
"""Elements that stand within a line; a link, insertion and deletion hold what their parent may hold."""
_LINES = _named(
    "p h1 h2 h3 h4 span strong em b i small code kbd pre mark abbr cite sub sup var time data label button output "
    "legend summary dt"
)
"""Elements that hold lines only."""
_HEADINGS = _named("h1 h2 h3 h4")
_ONLY: Mapping[str, frozenset[str]] = {
    name: _named(children)
    for name, children in {
        "ul": "li script template", "ol": "li script template", "dl": "dt dd div script template",
        "table": "caption colgroup thead tbody tfoot tr", "thead": "tr", "tbody": "tr", "tfoot": "tr", "tr": "td th",
        "colgroup": "col", "select": "option optgroup hr", "optgroup": "option", "datalist": "option",
    }.items()
}  # fmt: skip
_WITHIN: Mapping[str, frozenset[str]] = {
    name: _named(parents)
    for name, parents in {
        "li": "ul ol", "dt": "dl div", "dd": "dl div", "tr": "thead tbody tfoot table", "td": "tr", "th": "tr",
        "option": "select datalist optgroup", "legend": "fieldset", "summary": "details", "figcaption": "figure",
        "caption": "table",
    }.items()
}  # fmt: skip
_INTERACTIVE = _named("a button input select textarea label details summary")
_LABELLED = _named("input select textarea button output progress meter")
_UNNAMED = _named(
    "div span p pre code em strong b i small kbd mark abbr cite sub sup var time ins del dt dd li caption"
)
"""Elements that may bear no name of their own without a role (ARIA 1.2, section 5.2.8.6)."""
_ARIA = _named(
    "label labelledby describedby hidden live atomic busy current expanded controls haspopup pressed selected checked "
    "disabled invalid required sort activedescendant autocomplete owns modal orientation valuenow valuemin valuemax "
    "valuetext level posinset setsize multiselectable rowcount colcount rowindex colindex keyshortcuts roledescription"
)
_ROLES = _named(
    "alert alertdialog button checkbox combobox dialog grid gridcell group img list listbox listitem menu menuitem "
    "navigation none note option presentation progressbar radio radiogroup region row rowgroup search separator slider "
    "status switch tab tablist tabpanel text textbox toolbar tooltip tree treeitem log"
)


def invalid(root: Element) -> Iterator[str]:
    """Yield what the HTML standard does not allow in a parsed page."""
    names = {element.get("id", ""): _name(element) for element in root.iter() if element.get("id")}
    yield from _below(root, (), names)


def _below(element: Element, above: tuple[str, ...], names: Mapping[str, str]) -> Iterator[str]:
    name = _name(element)
    if not name:
        return  # a comment, or a picture: SVG has rules of its own
    yield from _own(element, name, names)
    children = [found for child in element if (found := _name(child) or _picture(child))]
    yield from _placed(element, name, above, children)
    for child in element:
        yield from _below(child, (*above, name), names)


def _own(element: Element, name: str, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the element by itself."""
    allowed = _ATTRIBUTES.get(name)
    if allowed is None:
        yield f"<{name}> is not known here"
        return
    given = set(element.attrib)
    for attribute in element.attrib:
        if attribute.startswith("aria-"):
            if attribute.removeprefix("aria-") not in _ARIA:
                yield f"<{name}> has {attribute}, which there is not"
        elif not attribute.startswith("data-") and attribute not in _GLOBAL | allowed:
            yield f"<{name}> must not have {attribute}"
    if element.get("role") is not None and element.get("role") not in _ROLES:
        yield f"there is no role {element.get('role')}"
    if name in _UNNAMED and not element.get("role") and {"aria-label", "aria-labelledby"} & given:
        yield f"<{name}> bears a name without a role"
    if name == "a" and "href" not in given and {"rel", "target", "download"} & given:
        yield "a link to nowhere says what it leads to"
    if name == "img" and element.get("alt") is None:
        yield "an image without a text"
    for attribute, kinds in (("for", _LABELLED), ("form", {"form"}), ("list", {"datalist"})):
        target = element.get(attribute)
        if target is not None and name != "output" and names.get(target) not in kinds:
            yield f"{attribute} of <{name}> names {target}, which is none"
    if name == "select" and "required" in given and not {"multiple", "size"} & given:
        first = next(element.iter(HTML + "option"), None)
        if first is None or (first.get("value") != "" and "".join(first.itertext()).strip()):
            yield f"{element.get('name')} is required and always chosen"


def _placed(element: Element, name: str, above: tuple[str, ...], children: list[str]) -> Iterator[str]:
    """Yield what must not stand where it stands, or is missing."""
    inside = (*above, name)
    only = _ONLY.get(name)
    for child in children:
        if only is not None and child not in only:
            yield f"<{child}> in <{name}>"
        if child in _WITHIN and name not in _WITHIN[child]:
            yield f"<{child}> in <{name}>"
        if child in ("a", "button", "select", "textarea", "details", "label") and {"a", "button"} & set(inside):
            yield f"<{child}> within a link or button"
        if child == "input" and {"a", "button"} & set(inside):
            yield "an <input> within a link or button"
        if child == "form" and "form" in inside:
            yield "a form within a form"
        if child in ("main", "header", "footer") and child in inside:
            yield f"<{child}> within itself"
        line = next((outer for outer in reversed(inside) if outer not in ("a", "ins", "del", "noscript")), name)
        headed = line in ("legend", "summary") and child in _HEADINGS
        if line in _LINES and not headed and child not in _PHRASING and child != "svg":
            yield f"<{child}> in a line of <{line}>"
    if only is not None and (_said(element.text) or any(_said(child.tail) for child in element)):
        yield f"text of its own in <{name}>"
    if name == "details" and (not children or children[0] != "summary" or children.count("summary") != 1):
        yield "<details> does not begin with its <summary>"
    if name == "fieldset" and "legend" in children and children[0] != "legend":
        yield "<legend> does not come first"
    if name == "label" and sum(_name(child) in _LABELLED for child in element.iter()) > 1:
        yield "a label for several fields"
    if name == "dl" and children and children[0] == "dd":
        yield "<dl> begins with what describes nothing"


def _said(text: str | None) -> bool:
    return bool(text and text.strip())


def _name(element: Element) -> str:
    """Return the name of an element of HTML, "" for anything else."""
    tag = element.tag
    return tag.removeprefix(HTML) if isinstance(tag, str) and tag.startswith(HTML) else ""


def _picture(element: Element) -> str:
    return "svg" if element.tag == SVG + "svg" else ""
