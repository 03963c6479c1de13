"""A client that behaves like a browser without scripts, and holds every page to the rules all pages share."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.validity import invalid

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"

Value = str | list[str] | tuple[bytes, str] | None
"""What a form field is filled with: a text, several, a file with its name; None leaves the field out."""


class Page:
    """A parsed page."""

    def __init__(self, address: str, response: TestResponse) -> None:
        self.address, self.status, self.text = address, response.status_code, response.get_data(as_text=True)
        self.root: Element = html5lib.HTMLParser(strict=True).parse(self.text)

    def all(self, tag: str) -> list[Element]:
        return list(self.root.iter(HTML + tag))

    @property
    def words(self) -> str:
        """Everything that is read on the page, spaces made one."""
        return " ".join(" ".join(self.root.itertext()).split())

    def form(self, action: str) -> Element:
        """Return the form that posts to `action`."""
        found = [form for form in self.all("form") if urlsplit(form.get("action", "")).path == action]
        assert found, f"{self.address} has no form for {action}"
        return found[0]

    def has_form(self, action: str) -> bool:
        """Return whether a form or a button of the page posts to `action`."""
        actions = [form.get("action", "") for form in self.all("form")]
        actions += [button.get("formaction", "") for button in self.all("button")]
        return action in [urlsplit(found).path for found in actions]

    def fields(self, form: Element) -> dict[str, list[str]]:
        """Return what a browser would send for the form as it stands; of buttons, nothing."""
        sent: dict[str, list[str]] = {}
        own = [*form.iter(), *(e for e in self.root.iter() if form.get("id") and e.get("form") == form.get("id"))]
        for element in own:
            name, kind = element.get("name"), element.get("type", "text")
            if not name or element.get("disabled") is not None:
                continue
            if element.tag == HTML + "input" and kind not in ("submit", "file"):
                if kind not in ("checkbox", "radio") or element.get("checked") is not None:
                    sent.setdefault(name, []).append(element.get("value", "on"))
            elif element.tag == HTML + "textarea":
                sent.setdefault(name, []).append("".join(element.itertext()).removeprefix("\n"))
            elif element.tag == HTML + "select":
                options = list(element.iter(HTML + "option"))
                chosen = [option for option in options if option.get("selected") is not None] or options[:1]
                sent.setdefault(name, []).extend(option.get("value", "") for option in chosen)
        return sent


class CheckingClient:
    """Gets and posts, with the rules of `check` applied to every page that comes back."""

    def __init__(self, app: Flask) -> None:
        self.raw = app.test_client()
        self._token = ""

    def sign_in(self, email: str, password: str) -> None:
        self.submit("/sign-in", "/sign-in", {"email": email, "password": password})

    def enter(self, token: str) -> None:
        """Go on in the session with that token, without the page for signing in."""
        with self.raw.session_transaction() as session:
            session["_user_id"] = token

    def get(self, address: str, status: int = 200) -> Page:
        """Return the page at `address`, redirects followed."""
        response = self.raw.get(address, follow_redirects=True)
        assert response.status_code == status, f"{address}: {response.status_code}"
        return self._page(response.request.full_path.rstrip("?"), response)

    def file(self, address: str) -> TestResponse:
        """Return a download."""
        response = self.raw.get(address)
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment")
        return response

    def submit(
        self,
        address: str,
        action: str,
        values: Mapping[str, Value] | None = None,
        *,
        form: str = "",
        status: int = 200,
    ) -> Page:
        """Fill in the form of the page at `address` that posts to `action` and send it.

        With `form`, that form is sent by its button with the other action. None leaves a field out.
        """
        page = self.get(address)
        return self.send(page, action, values, form=form, status=status)

    def send(
        self,
        page: Page,
        action: str,
        values: Mapping[str, Value] | None = None,
        *,
        form: str = "",
        status: int = 200,
    ) -> Page:
        """Send a form of a page that was opened earlier."""
        data: dict[str, object] = dict(page.fields(page.form(form or action)))
        for name, value in (values or {}).items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        query = urlsplit(page.form(form or action).get("action", "")).query
        response = self.raw.post(f"{action}?{query}", data=data, follow_redirects=True)
        for step in (response, *response.history):
            step.request.environ["wsgi.input"].close()  # what the test client kept of a large file
        assert response.status_code == status, f"{action}: {response.status_code} {response.get_data(as_text=True)}"
        return self._page(response.request.full_path.rstrip("?"), response)

    def token(self) -> str:
        """Return a token that this session's forms carry."""
        if not self._token:
            page = self.get("/help")
            self._token = page.fields(page.form("/sign-out"))["csrf_token"][0]
        return self._token

    def _page(self, address: str, response: TestResponse) -> Page:
        page = Page(address, response)
        faults = list(check(page, response))
        assert not faults, f"{address}: " + "; ".join(faults)
        return page


def check(page: Page, response: TestResponse) -> Iterator[str]:
    """Yield every rule that the page breaks; that it parses without an error was held before."""
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield "no strict Content-Security-Policy"
    for name, value in (("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")):
        if response.headers.get(name) != value:
            yield f"{name} is not {value}"
    if "frame-ancestors 'none'" not in policy or "Referrer-Policy" not in response.headers:
        yield "may be framed, or tells where it came from"
    titles, headings = page.all("title"), page.all("h1")
    if len(titles) != 1 or not "".join(titles[0].itertext()).split("·")[0].strip():
        yield "no title"
    if len(headings) != 1 or not "".join(headings[0].itertext()).strip():
        yield f"{len(headings)} first headings"
    if page.root.get("lang") != "en" or len(page.all("main")) != 1:
        yield "no language or no main part"
    yield from invalid(page.root)
    yield from _check_ids(page)
    yield from _check_forms(page)
    yield from _check_inline(page)
    if re.search(r"\{\{|\}\}|\{%|Undefined|None\b(?=</)", page.text):
        yield "template left-overs"


def _check_ids(page: Page) -> Iterator[str]:
    counts = Counter(element.get("id") for element in page.root.iter() if element.get("id"))
    yield from (f"id {name} stands {count} times" for name, count in counts.items() if count > 1)
    for element in page.root.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "list", "form"):
            for name in element.get(attribute, "").split():
                if name not in counts:
                    yield f"{attribute} names {name}, which is not there"


def _check_forms(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label")}
    within = {id(element) for label in page.all("label") for element in label.iter()}
    for form in page.all("form"):
        if form.get("method", "get") == "post" and "csrf_token" not in page.fields(form):
            yield f"the form for {form.get('action')} has no token"
        if urlsplit(form.get("action", "")).netloc:
            yield f"a form leads elsewhere: {form.get('action')}"
    for tag in ("input", "select", "textarea"):
        for field in page.all(tag):
            if field.get("type") in ("hidden", "submit"):
                continue
            if not (field.get("id") in labelled or id(field) in within or field.get("aria-label")):
                yield f"the field {field.get('name')} has no label"
    for button in [*page.all("button"), *page.all("a"), *page.all("summary")]:
        if not "".join(button.itertext()).strip() and not button.get("aria-label"):
            yield f"a {button.tag.removeprefix(HTML)} has no name"


def _check_inline(page: Page) -> Iterator[str]:
    for script in page.all("script"):
        if not script.get("src", "").startswith("/static/") or "".join(script.itertext()).strip():
            yield "a script of its own"
    if page.all("style"):
        yield "a style element"
    for element in page.root.iter():
        for attribute in element.attrib:
            if attribute == "style" or attribute.startswith("on"):
                yield f"{element.tag} has {attribute}"
        if element.tag == SVG + "svg" and not (element.get("aria-hidden") or element.get("aria-label")):
            yield "a picture without a name"
