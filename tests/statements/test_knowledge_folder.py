"""The knowledge folder: which files are read, in which order, and when it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError, StatementFormatError
from assistant.statement import ProfileFact
from assistant.statements import digest, load, problems

STATEMENT = "---\nproduct: Example\ndeployments: [{}]\n---\nText."
ENTRY = "- question: Q?\n  answer: A.\n"


def write(folder: Path, **files: str) -> None:
    """Write files given as `folder__name_md="…"`."""
    for name, text in files.items():
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        path = folder / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_statements_are_read_from_every_folder_below_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, b_md=STATEMENT.format("x"), a__deep__z_md=STATEMENT.format("x"), a__c_md=STATEMENT.format("x"))
    assert [statement.path for statement in load(tmp_path).statements] == ["a/c.md", "a/deep/z.md", "b.md"]


def test_library_files_are_known_by_their_name_or_their_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        library_yaml=ENTRY,
        library_2026_yml=ENTRY,
        library__access_yaml=ENTRY,
        team__library__x_yaml=ENTRY,
        concepts_yaml="- 1",
        other__profile_yaml="- 1",
        library_txt="no",
    )
    assert [path for path, _ in load(tmp_path).library] == [
        "library.yaml",
        "library/access.yaml",
        "library_2026.yml",
        "team/library/x.yaml",
    ]


def test_hidden_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, a_md=STATEMENT.format("x"))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "b.md").write_text("no statement")
    (tmp_path / ".draft.md").write_text("no statement")
    assert len(load(tmp_path).statements) == 1


def test_an_empty_folder_is_empty_knowledge(tmp_path: Path) -> None:
    assert load(tmp_path).passages() == ()
    assert problems(tmp_path) == []


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    for ask in (load, problems, digest):
        with pytest.raises(InputError, match="There is no knowledge folder"):
            ask(tmp_path / "nowhere")


def test_scopes_are_the_products_with_their_deployments_as_first_seen(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_md=STATEMENT.format("managed, cloud"),
        b_md=STATEMENT.format("Cloud, on-premise").replace("Example", "EXAMPLE"),
        c_md="---\nproduct: Other\n---\nText.",
        library_yaml=ENTRY + "  product: Example\n  deployments: [edge]\n" + ENTRY + ENTRY + "  product: Third\n",
    )
    assert load(tmp_path).scopes == {
        "Example": ("managed", "cloud", "on-premise", "edge"),
        "Other": (),
        "Third": (),
    }


def test_entries_are_passages_behind_those_of_the_statements(tmp_path: Path) -> None:
    write(tmp_path, a_md=STATEMENT.format("cloud"), library_yaml="# kept\n" + ENTRY)
    assert [(passage.path, passage.lines, passage.question) for passage in load(tmp_path).passages()] == [
        ("a.md", (5, 5), ""),
        ("library.yaml", (2, 2), "Q?"),
    ]


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_md="no front matter",
        b__c_md="---\nproduct: E\nreview_by: soon\naudience: all\n---\n",
        library_yaml="- question: Q?\n",
        profile_yaml="- a",
        fine_md=STATEMENT.format("cloud"),
    )
    assert [(fault.path, fault.line) for fault in problems(tmp_path)] == [
        ("a.md", 1),
        ("b/c.md", 3),
        ("b/c.md", 4),
        ("library.yaml", 1),
        ("profile.yaml", 1),
    ]
    with pytest.raises(StatementFormatError, match=r"^a\.md:1: "):
        load(tmp_path)


def test_a_file_that_cannot_be_opened_is_a_fault_of_that_file(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    assert [(fault.path, fault.line) for fault in problems(tmp_path)] == [("gone.md", 1)]
    assert digest(tmp_path) == digest(tmp_path)


def test_the_digest_changes_with_what_is_read_and_with_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, a_md=STATEMENT.format("cloud"))
    seen = [digest(tmp_path)]
    write(tmp_path, notes_txt="x")
    assert digest(tmp_path) == seen[0]
    write(tmp_path, a_md=STATEMENT.format("Cloud"))
    seen.append(digest(tmp_path))
    write(tmp_path, library_yaml=ENTRY)
    seen.append(digest(tmp_path))
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    seen.append(digest(tmp_path))
    write(tmp_path, profile_yaml="Country: Norway")
    seen.append(digest(tmp_path))
    assert len(set(seen)) == 5


def test_a_profile_names_facts_with_the_labels_customers_use(tmp_path: Path) -> None:
    write(
        tmp_path,
        profile_yaml="Country: NO\nLegal name:\n  value: Example Ltd\n  labels: [Vendor, Company]\nFounded: 2009\n",
    )
    assert load(tmp_path).profile == (
        ProfileFact("Country", "NO", line=1),
        ProfileFact("Legal name", "Example Ltd", ("Vendor", "Company"), line=2),
        ProfileFact("Founded", "2009", line=5),
    )


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("- Legal name: Example Ltd", 1, "mapping"),
        ("Country: Norway\nLegal name:", 2, "no value"),
        ("Legal name:\n  labels: [Vendor]", 2, "no value"),
        ("Legal name:\n  value: Example Ltd\n  label: Vendor", 3, "“label” is not known"),
        ("Legal name:\n  value: Example Ltd\n  labels: {a: b}", 3, "list of texts"),
        ("Country: Norway\nCountry: Sweden", 2, "second time"),
        ("Country: [Norway, Sweden]", 1, "must be text"),
        ("Country: 'Norway", 1, "not valid YAML"),
    ],
)
def test_a_fault_in_the_profile_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    write(tmp_path, profile_yaml=text)
    (fault,) = problems(tmp_path)
    assert (fault.path, fault.line) == ("profile.yaml", line)
    assert says in fault.problem


def test_an_empty_profile_has_no_facts(tmp_path: Path) -> None:
    write(tmp_path, profile_yaml="# nothing yet\n")
    assert load(tmp_path).profile == ()


def test_a_change_of_the_teams_vocabulary_is_noticed(tmp_path: Path) -> None:
    before = digest(tmp_path)
    (tmp_path / "concepts.yaml").write_text("[]\n", encoding="utf-8")
    assert digest(tmp_path) != before
