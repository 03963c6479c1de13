"""Markdown becomes citable paragraphs: plain text, heading path, exact lines."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.statements import prose


def texts(markdown: str) -> list[str]:
    return [paragraph.text for paragraph in prose.read(dedent(markdown)).paragraphs]


def placed(markdown: str) -> list[tuple[str, tuple[int, int]]]:
    return [(paragraph.text, paragraph.lines) for paragraph in prose.read(dedent(markdown)).paragraphs]


def test_a_paragraph_is_one_passage_with_the_lines_it_stands_on() -> None:
    assert placed("One line.\n\nTwo\nlines.\n\n\nAfter a gap.") == [
        ("One line.", (1, 1)),
        ("Two lines.", (3, 4)),
        ("After a gap.", (7, 7)),
    ]


def test_lines_count_from_the_first_line_of_the_file() -> None:
    assert prose.read("Backups are made.", first_line=9).paragraphs[0].lines == (9, 9)


def test_every_list_item_is_a_passage_and_so_is_what_leads_into_the_list() -> None:
    markdown = """\
        We encrypt:
        - disks
        - backups,
          wherever they are
          - also old ones

          A second paragraph of the item.

        1. numbered
        """
    assert placed(markdown) == [
        ("We encrypt:", (1, 1)),
        ("disks", (2, 2)),
        ("backups, wherever they are", (3, 4)),
        ("also old ones", (5, 5)),
        ("A second paragraph of the item.", (7, 7)),
        ("numbered", (9, 9)),
    ]


def test_every_table_row_is_a_passage_that_names_its_columns() -> None:
    markdown = """\
        | Data | Kept for | |
        |------|----------|-|
        | Logs | 30 **days** | in the EU |
        | Backups | | |
        """
    assert placed(markdown) == [("Data: Logs; Kept for: 30 days; in the EU", (3, 3)), ("Data: Backups", (4, 4))]


def test_quoted_prose_is_prose() -> None:
    assert placed("> We never\n> sell data.") == [("We never sell data.", (1, 2))]


def test_the_heading_path_names_every_heading_above() -> None:
    markdown = """\
        Before.

        # Cloud
        ### Backups
        Daily.
        ## Access
        By role.
        # On-premise
        Yours.
        """
    paths = {p.text: [h.path[-1] for h in p.under] for p in prose.read(dedent(markdown)).paragraphs}
    assert paths == {
        "Before.": [],
        "Daily.": ["Cloud", "Backups"],
        "By role.": ["Cloud", "Access"],
        "Yours.": ["On-premise"],
    }


def test_a_heading_in_a_quotation_or_list_leaves_the_path_alone() -> None:
    read = prose.read("# Cloud\n\n> ## Aside\n\n- ## Item\n\nDaily.")
    assert [(p.text, len(p.under)) for p in read.paragraphs] == [("Daily.", 1)]


def test_a_heading_made_of_sentences_can_be_cited_as_well() -> None:
    heading = "Your code is safe with us. Every part of the product was built for that."
    assert placed(f"## {heading}\n\nMore.") == [(heading, (1, 1)), ("More.", (3, 3))]


@pytest.mark.parametrize(
    "heading",
    ["1. Scope of this document", "Access vs. permissions in use", "Shared model for example.com and others.", "A. B."],
)
def test_other_headings_are_not_cited(heading: str) -> None:
    assert texts(f"## {heading}\n\nMore.") == ["More."]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("See our [policy](https://example.com/p).", "See our policy (https://example.com/p)."),
        ("See our [policy](/terms/privacy).", "See our policy (/terms/privacy)."),
        (
            'See [the policy](https://example.com/a_b?c=d&e=f "Title").',
            "See the policy (https://example.com/a_b?c=d&e=f).",
        ),
        ("See [policy][p].\n\n[p]: https://example.com/p", "See policy (https://example.com/p)."),
        ('See <a href="https://example.com/p">the policy</a>.', "See the policy (https://example.com/p)."),
    ],
)
def test_a_link_keeps_its_text_and_its_address(markdown: str, text: str) -> None:
    assert texts(markdown) == [text]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("<https://example.com/p>", "https://example.com/p"),
        ("[https://example.com](https://example.com/)", "https://example.com"),
        ("[www.example.com](https://www.example.com)", "www.example.com"),
        ("Write to [a@example.com](mailto:a@example.com)", "Write to a@example.com"),
        ("Write to <a@example.com>", "Write to a@example.com"),
        ("[See above](#access)", "See above"),
    ],
)
def test_an_address_that_says_nothing_new_is_left_out(markdown: str, text: str) -> None:
    assert texts(markdown) == [text]


def test_an_address_is_kept_as_it_is_written() -> None:
    assert texts("[here](https://exämple.com/ä%20b)") == ["here (https://exämple.com/ä%20b)"]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Bold**, *slanted*, `code` and \\*stars\\*", "Bold, slanted, code and *stars*"),
        ("Fish &amp; chips &lt;5 min", "Fish & chips <5 min"),
        ("An example<b>Corp</b> product", "An exampleCorp product"),
        ("First<br>second<br />third", "First second third"),
        ("Wide \u00a0 space\u200b and\tsoft\u00adhyphens  ", "Wide space and softhyphens"),
        ("Latency is <5 ms and >1 ms", "Latency is <5 ms and >1 ms"),
        (":::tip Note\nKeep it.\n:::", "Keep it."),
        ("{% include badge.html %} Keep it.", "Keep it."),
    ],
)
def test_markup_is_gone_and_white_space_is_plain(markdown: str, text: str) -> None:
    assert texts(markdown) == [text]


@pytest.mark.parametrize(
    "component",
    [
        '<Badge text="Portal" link="https://example.com/" />',
        "<Badge size={{w: 1}} on={() => go} {...rest} />",
        "<Badge\n  text='Portal'\n/>",
        "![a picture](picture.png)",
        "[![a picture](picture.png)](https://example.com)",
        "<!-- a comment -->",
    ],
)
def test_a_component_inside_a_paragraph_drops_only_itself(component: str) -> None:
    assert texts(f"Please visit {component} today.") == ["Please visit today."]
    assert texts(f"Please visit our {component}.") == ["Please visit our."]


@pytest.mark.parametrize(
    "block",
    [
        "<HubSpotForm formId='1' message=\"Thank you. We will notify you.\" />",
        "<Foo\n  bar={x => 1}\n/>",
        "```\ncode()\n```",
        "    code()",
        "![a picture](picture.png)",
        "<!-- not\n\nprose -->",
        "<script>\nnot()\n\nprose()\n</script>",
        "---",
        "***",
    ],
)
def test_what_is_not_prose_is_no_passage(block: str) -> None:
    assert placed(f"Before.\n\n{block}\n\nAfter.") == [
        ("Before.", (1, 1)),
        ("After.", (4 + block.count("\n") + 1, 4 + block.count("\n") + 1)),
    ]


def test_prose_inside_tags_and_components_is_prose() -> None:
    assert placed("<div>\nWe *encrypt*.\n</div>\n\n<Note>\n\nWe back up.\n\n</Note>") == [
        ("We encrypt.", (2, 2)),
        ("We back up.", (7, 7)),
    ]


def test_lines_without_a_word_of_prose_do_not_count() -> None:
    assert placed('Visit our\n<Badge text="Portal" />.\n\n<b>\nBold.\n</b>') == [
        ("Visit our.", (1, 1)),
        ("Bold.", (5, 5)),
    ]


def test_lines_are_those_of_the_whole_paragraph_where_markup_spans_them() -> None:
    assert placed("Run `a\nb` or\n![picture\nof it](c.png)") == [("Run a b or", (1, 4))]


def test_struck_out_text_is_withdrawn_and_never_cited() -> None:
    assert texts("We are ~~certified ([proof](https://example.com))~~ audited.") == ["We are audited."]


def test_prose_lost_to_an_indentation_or_an_open_comment_is_pointed_out() -> None:
    read = prose.read("Text.\n\n    Indented by mistake.\n\n<!-- open\n\nLost.")
    assert [p.text for p in read.paragraphs] == ["Text."]
    assert [line for line, _ in read.oddities] == [3, 5]


PIECES = (
    "word;two words.;# ;- ;  - ;1. ;> ;    ;| a | b |;|---|---|;```;~~;**;`;<b>;</b>;<Badge a={b} />;<!--;-->;<div>"
    ";[x](y);![;](;:::;{%;\\;&amp;\t;\n;\n\n"
)


@given(st.lists(st.sampled_from(PIECES.split(";")), max_size=30))
def test_whatever_the_markup_a_passage_says_what_stands_on_its_lines(pieces: list[str]) -> None:
    markdown = "".join(pieces)
    lines = markdown.split("\n")
    for paragraph in prose.read(markdown).paragraphs:
        first, last = paragraph.lines
        assert 1 <= first <= last <= len(lines)
        assert paragraph.text == " ".join(paragraph.text.split())
        if "|" not in markdown:
            stands = " ".join(lines[first - 1 : last])
            assert paragraph.text.count("word") <= stands.count("word")
