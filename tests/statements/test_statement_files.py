"""A statement file: front matter, scope and passages, and every fault at its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from assistant.errors import StatementFormatError
from assistant.statement import Audience, Statement
from assistant.statements import load, problems


def read(folder: Path, content: str | bytes) -> Statement:
    """Return the one statement of `folder` after `content` was written into it."""
    raw = content if isinstance(content, bytes) else dedent(content).encode()
    (folder / "security.md").write_bytes(raw)
    return load(folder).statements[0]


def faults(folder: Path, content: str | bytes) -> list[tuple[int, str]]:
    """Return line and text of every fault in `content`."""
    raw = content if isinstance(content, bytes) else dedent(content).encode()
    (folder / "security.md").write_bytes(raw)
    found = problems(folder)
    assert {fault.path for fault in found} <= {"security.md"}
    return [(fault.line, fault.problem) for fault in found]


FULL = """\
    ---
    title: Security at Example
    product: Example
    deployments: [cloud, on-premise]
    owner: security@example.com
    source: https://example.com/security
    reviewed: 2026-11-01
    review_by: 2027-03-31
    audience: nda
    tags: [hosting, encryption]
    ---
    ## Backups

    Made every day.
    """


def test_the_front_matter_describes_the_statement_and_its_passages(tmp_path: Path) -> None:
    statement = read(tmp_path, FULL)
    assert statement.title == "Security at Example"
    assert statement.product == "Example"
    assert statement.deployments == {"cloud", "on-premise"}
    assert statement.owner == "security@example.com"
    assert statement.source == "https://example.com/security"
    assert statement.reviewed == date(2026, 11, 1)
    assert statement.review_by == date(2027, 3, 31)
    assert statement.audience is Audience.NDA
    assert statement.tags == ("hosting", "encryption")
    assert statement.notices == ()
    (passage,) = statement.passages
    assert (passage.path, passage.lines, passage.text) == ("security.md", (14, 14), "Made every day.")
    assert passage.headings == ("Backups",)
    assert (passage.title, passage.product) == ("Security at Example", "Example")
    assert passage.deployments == {"cloud", "on-premise"}
    assert (passage.owner, passage.audience) == ("security@example.com", Audience.NDA)
    assert (passage.reviewed, passage.review_by) == (date(2026, 11, 1), date(2027, 3, 31))


def test_only_the_product_is_required(tmp_path: Path) -> None:
    statement = read(tmp_path, "---\nproduct: Example\n---\nText.")
    assert statement.title == "security"
    assert statement.audience is Audience.PUBLIC
    assert statement.passages[0].deployments == frozenset()
    assert statement.passages[0].review_by is None


def test_without_a_title_the_first_heading_is_the_title(tmp_path: Path) -> None:
    assert read(tmp_path, "---\nproduct: Example\n---\n# Our *security*\n").title == "Our security"


def test_the_url_of_a_page_stands_in_for_its_source(tmp_path: Path) -> None:
    assert read(tmp_path, "---\nproduct: Example\nurl: /security/\n---\n").source == "/security/"


def test_a_heading_that_is_sentences_is_cited_under_the_headings_above_it(tmp_path: Path) -> None:
    text = "---\nproduct: Example\n---\n# Security\n## We keep code safe. We never look at it.\nMore."
    headings = [passage.headings for passage in read(tmp_path, text).passages]
    assert headings == [("Security",), ("Security", "We keep code safe. We never look at it.")]


def test_an_unknown_key_is_ignored_with_a_notice(tmp_path: Path) -> None:
    statement = read(tmp_path, "---\nproduct: Example\nlayout: page\n---\nText.")
    assert statement.notices == ("security.md:3: The key “layout” is not known and was ignored.",)


def test_lines_lost_to_an_indentation_are_noticed(tmp_path: Path) -> None:
    statement = read(tmp_path, "---\nproduct: Example\n---\n\n    Text.")
    assert [notice.split(" ")[0] for notice in statement.notices] == ["security.md:5:"]


SCOPED = """\
    ---
    product: Example
    deployments:
      In the Cloud: [cloud]
      Hosted › Shared: [cloud, managed]
      Your own servers: on-premise
      For everybody: []
    ---
    Intro.
    # In the cloud
    Cloud.
    ## Below
    Below the cloud.
    ## Your own servers
    Listed below the cloud.
    ## For everybody
    Everybody below the cloud.
    # Hosted
    Hosted.
    ## Shared
    Shared.
    # Elsewhere
    ## Shared
    Another.
    """


def test_the_deployments_of_a_heading_hold_for_all_that_stands_below_it(tmp_path: Path) -> None:
    statement = read(tmp_path, SCOPED)
    assert statement.deployments == frozenset()
    assert {passage.text: set(passage.deployments) for passage in statement.passages} == {
        "Intro.": set(),
        "Cloud.": {"cloud"},
        "Below the cloud.": {"cloud"},
        "Listed below the cloud.": {"on-premise"},
        "Everybody below the cloud.": set(),
        "Hosted.": set(),
        "Shared.": {"cloud", "managed"},
        "Another.": set(),
    }


def test_a_heading_is_named_by_its_text_without_markup(tmp_path: Path) -> None:
    text = "---\nproduct: Example\ndeployments:\n  The cloud: [cloud]\n---\n## The *cloud* <Badge a={1} />\nText."
    assert read(tmp_path, text).passages[0].deployments == {"cloud"}


def test_wrongly_decoded_characters_are_put_right_and_no_others(tmp_path: Path) -> None:
    text = "---\nproduct: Example\ntitle: Weâ€™re safe\n---\nUsers donâ€™t have one. “Curly” — ½ ﬁle ＡＢ naïve …"
    statement = read(tmp_path, text)
    assert statement.title == "We’re safe"
    assert statement.passages[0].text == "Users don’t have one. “Curly” — ½ ﬁle ＡＢ naïve …"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path: Path, ending: str) -> None:
    content = "\ufeff---\nproduct: Example\n---\n\nFirst.\n\nSecond.\n".replace("\n", ending).encode()
    assert [passage.lines for passage in read(tmp_path, content).passages] == [(5, 5), (7, 7)]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("Just text.", 1, "front matter"),
        ("", 1, "front matter"),
        ("\n---\nproduct: Example\n---\n", 1, "front matter"),
        ("---\nproduct: Example\n\nText.", 1, "never closed"),
        ("---\n---\nText.", 2, "mapping"),
        ("---\n- product\n---\nText.", 2, "mapping"),
        ("---\ntitle: T\n---\nText.", 2, "“product”"),
        ("---\ntitle: T\nproduct:\n---\nText.", 3, "“product”"),
        ("---\ntitle: T\nproduct: '  '\n---\nText.", 3, "“product”"),
        ("---\ntitle: T\nproduct: [a]\n---\nText.", 3, "“product” must be text"),
        ("---\nproduct: E\nproduct: F\n---\n", 3, "second time"),
        ("---\nproduct: E\nreview_by: soon\n---\n", 3, "“soon”"),
        ("---\nproduct: E\nreview_by: 2027-02-30\n---\n", 3, "2027-02-30"),
        ("---\nproduct: E\nreviewed: 31.3.2027\n---\n", 3, "31.3.2027"),
        ("---\nproduct: E\naudience: everyone\n---\n", 3, "public, nda or internal"),
        ("---\nproduct: E\ntags:\n  a: b\n---\n", 4, "“tags” must be a list"),
        ("---\nproduct: E\ntags:\n  - a\n  -\n---\n", 5, "empty item"),
        ("---\nproduct: E\nowner: {a: b}\n---\n", 3, "“owner” must be text"),
        ("---\nproduct: E\n[a]: b\n---\n", 3, "key"),
        ("---\nproduct: E\ndeployments:\n---\n", 3, "no deployment"),
        ("---\nproduct: E\ndeployments: ''\n---\n", 3, "empty item"),
        ("---\nproduct: E\ndeployments: [[cloud]]\n---\n", 3, "list of texts"),
        ("---\nproduct: E\ndeployments:\n  A: [cloud]\n  B: [cloud]\n---\n# A\n", 5, "“B”"),
        ("---\nproduct: E\ndeployments:\n  A:\n---\n# A\n", 4, "no deployment"),
        ("---\nproduct: E\ndeployments:\n  A: {b: c}\n---\n# A\n", 4, "list of texts"),
        ("---\nproduct: E\ndeployments:\n  A: [cloud]\n---\n# A\n\n# A\n", 4, "lines 6 and 8"),
        ("---\nproduct: E\ntitle: a: b\n---\n", 3, "not valid YAML"),
        ("---\nproduct: E\ntitle: 'open\n---\n", 3, "not valid YAML"),
        ("---\nproduct: E\n\ttitle: tab\n---\n", 3, "not valid YAML"),
        ("---\nproduct: &p E\ntitle: *p\n---\n", 3, "aliases"),
        ("---\nproduct: E\ntitle: a\x07\n---\n", 3, "control character"),
        (b"---\nproduct: E\n---\n\nna\xefve", 5, "UTF-8"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, content: str | bytes, line: int, says: str) -> None:
    found = faults(tmp_path, content)
    assert [at for at, _ in found] == [line]
    assert says in found[0][1]
    with pytest.raises(StatementFormatError, match=rf"^security\.md:{line}: "):
        load(tmp_path)


def test_all_faults_of_a_file_are_told_in_the_order_of_their_lines(tmp_path: Path) -> None:
    content = "---\naudience: all\nreview_by: soon\ndeployments:\n  Nowhere: [cloud]\n---\nText."
    assert [line for line, _ in faults(tmp_path, content)] == [2, 2, 3, 5]


def test_nesting_that_would_exhaust_the_stack_is_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, f"---\nproduct: E\ntags: {'[' * 100_000}\n---\n")
    assert [line for line, _ in found] == [3]
    assert "nested" in found[0][1]
