"""The check of validity finds what a validator finds, and leaves good pages alone."""

from __future__ import annotations

import html5lib
import pytest

from tests.web.validity import invalid


def found(body: str) -> list[str]:
    page = f'<!doctype html><html lang="en"><head><title>T</title></head><body><main>{body}</main></body></html>'
    return list(invalid(html5lib.HTMLParser(strict=True).parse(page)))


@pytest.mark.parametrize(
    "body",
    [
        '<p>Words with <a href="/">a <mark>link</mark></a>, <del>less</del> and <ins>more</ins>.</p>',
        '<ul class="plain"><li><p>One</p></li></ul><dl><dt>Term</dt><dd><p>What it is</p></dd></dl>',
        "<details><summary><h2>More</h2></summary><div>Things</div></details>",
        '<form id="f" method="post"><label>Name <input name="n"></label></form><button form="f">Send</button>',
        '<form><fieldset disabled><legend>Choice</legend><input type="radio" name="c" value="1"></fieldset></form>',
        '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td><p>1</p></td></tr></tbody></table>',
        '<a href="/"><div>A card</div></a><pre role="region" tabindex="0" aria-label="Lines">x</pre>',
        '<select name="s" required><option value="">Choose</option><option value="1">One</option></select>',
        '<p><svg viewBox="0 0 1 1" aria-hidden="true"><use href="#x"></use></svg> Icon</p>',
    ],
)
def test_a_good_page_passes(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<span><div>Block</div></span>", "<div> in a line of <span>"),
        ('<strong><a href="/"><div>Block</div></a></strong>', "<div> in a line of <strong>"),
        ("<ul><p>Loose</p></ul>", "<p> in <ul>"),
        ("<ul>Loose</ul>", "text of its own in <ul>"),
        ("<div><li>Loose</li></div>", "<li> in <div>"),
        ("<dl><dd>What?</dd></dl>", "<dl> begins with what describes nothing"),
        ('<a href="/"><button>Both</button></a>', "<button> within a link or button"),
        ('<button><input name="x" aria-label="x"></button>', "an <input> within a link or button"),
        ('<label for="a">Two <input id="a"><input></label>', "a label for several fields"),
        ("<details><p>First</p><summary>Later</summary></details>", "<details> does not begin with its <summary>"),
        ("<fieldset><p>First</p><legend>Later</legend></fieldset>", "<legend> does not come first"),
        ('<button form="gone">Send</button>', "form of <button> names gone, which is none"),
        ('<p id="p">x</p><label for="p">Name</label>', "for of <label> names p, which is none"),
        ('<a rel="next" hidden>Next</a>', "a link to nowhere says what it leads to"),
        ('<select name="s" required><option value="1">One</option></select>', "s is required and always chosen"),
        ('<span aria-label="Name">x</span>', "<span> bears a name without a role"),
        ('<p aria-labeled="Name">x</p>', "<p> has aria-labeled, which there is not"),
        ('<p role="paragraph-ish">x</p>', "there is no role paragraph-ish"),
        ('<p href="/">x</p>', "<p> must not have href"),
        ("<blink>x</blink>", "<blink> is not known here"),
    ],
)
def test_what_the_standard_forbids_is_found(body: str, fault: str) -> None:
    assert fault in found(body)
