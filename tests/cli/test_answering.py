"""suggest, inspect, fill and verify: their shapes are contracts."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "assistant" / "samples" / "supplier-questionnaire.xlsx"
SCOPE = ("--knowledge", ROOT / "knowledge", "--product", "Sourcegraph", "--deployment", "cloud")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.txt"
    path.write_text("Is data encrypted at rest?\n\nDo you keep bees?\n", encoding="utf-8")
    return path


def test_suggest_prints_one_object_a_question_in_order(run: Run, questions: Path) -> None:
    done = run("suggest", *SCOPE, "--format", "jsonl", "--top", "2", questions)
    first, second = (json.loads(line) for line in done.out.splitlines())
    assert (first["question"], second["question"]) == ("Is data encrypted at rest?", "Do you keep bees?")
    assert set(first) >= {"question", "status", "confidence", "choice", "answer", "reason", "passages"}
    assert set(first["passages"][0]) >= {"path", "lines", "heading", "text", "confidence", "concepts"}
    assert len(first["passages"]) == 2
    assert first["status"] == "suggested"
    assert (second["status"] != "suggested", second["answer"]) == (True, None)
    assert first["confidence"] == first["passages"][0]["confidence"]


def test_suggest_explains_itself_in_text(run: Run, questions: Path) -> None:
    done = run("suggest", *SCOPE, questions)
    assert "shared:" in done.out


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (("--product", "Other"), "SonarCloud"),
        (("--product", "Sourcegraph", "--deployment", "moon"), "on-premise"),
    ],
)
def test_an_unknown_scope_names_the_known_ones(run: Run, questions: Path, scope: tuple[str, ...], said: str) -> None:
    done = run("suggest", "--knowledge", ROOT / "knowledge", *scope, questions)
    assert done.status == 1
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_wrong_usage_is_told_from_bad_input(run: Run, questions: Path) -> None:
    assert run("suggest", questions).status == 2
    assert run("inspect").status == 2
    assert run("nonsense").status == 2


def test_inspect_prints_questions_fields_and_what_was_skipped(run: Run) -> None:
    shape = json.loads(run("inspect", "--format", "json", SAMPLE).out)
    question = next(found for found in shape["questions"] if found["number"] == "1.1")
    assert question["location"] == "Security questions!B10"
    assert [field["kind"] for field in question["fields"]] == ["choice", "text"]
    assert question["fields"][0]["options"] == ["Yes", "No", "Partial", "N/A"]
    assert shape["skipped"]
    assert "1.1" in run("inspect", SAMPLE).out


def test_fill_writes_a_draft_says_so_and_verify_agrees(run: Run, tmp_path: Path) -> None:
    draft, report = tmp_path / "draft.xlsx", tmp_path / "report.html"
    done = run("fill", SAMPLE, *SCOPE, "--output", draft, "--report", report)
    assert done.status == 0
    assert "nobody has reviewed" in done.err
    assert "Nobody has reviewed" in report.read_text(encoding="utf-8")
    assert load_workbook(draft)["Security questions"]["C10"].value == "Yes"
    assert run("verify", SAMPLE, draft).status == 0


def test_verify_names_what_else_changed(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    book = load_workbook(SAMPLE)
    book["Security questions"]["B10"] = "Another question?"
    book.save(other)
    done = run("verify", SAMPLE, other)
    assert done.status == 1
    assert "B10" in done.out


def test_verify_takes_a_list_of_places(run: Run, tmp_path: Path) -> None:
    draft, places = tmp_path / "draft.xlsx", tmp_path / "places.txt"
    run("fill", SAMPLE, *SCOPE, "--output", draft)
    places.write_text("Security questions!D10\n", encoding="utf-8")
    done = run("verify", SAMPLE, draft, "--places", places)
    assert done.status == 1
    assert "C10" in done.out


def answers(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_given_answers_are_written_as_they_are(run: Run, tmp_path: Path) -> None:
    given = answers(tmp_path, {"location": "Security questions!B10", "choice": "No", "text": "=1+1"})
    assert run("fill", SAMPLE, "--answers", given, "--output", tmp_path / "out.xlsx").status == 0
    sheet = load_workbook(tmp_path / "out.xlsx")["Security questions"]
    assert (sheet["C10"].value, sheet["D10"].value, sheet["D10"].data_type) == ("No", "=1+1", "s")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"location": "Security questions!Z99", "text": "x"}, "no question stands at"),
        ({"location": "Security questions!B10", "choice": "Perhaps"}, "not one of the allowed values"),
        ("not json", "expected an object"),
        ("[1]", "expected an object"),
        ({"location": 7}, "no question stands at"),
        ({"location": "Security questions!B10", "text": 7}, "expected an object"),
    ],
)
def test_a_faulty_answer_names_its_line_and_writes_nothing(run: Run, tmp_path: Path, line: object, said: str) -> None:
    given = answers(tmp_path, {"location": "Security questions!B11", "text": "fine"}, line)
    done = run("fill", SAMPLE, "--answers", given, "--output", tmp_path / "out.xlsx")
    assert done.status == 1
    assert f"{given}:2: " in done.err
    assert said in done.err
    assert not (tmp_path / "out.xlsx").exists()


def test_places_already_filled_are_kept_unless_asked(run: Run, tmp_path: Path) -> None:
    filled = tmp_path / "filled.xlsx"
    book = Workbook()
    sheet = book.create_sheet("Q", 0)
    sheet.append(["No.", "Question", "Answer"])
    for number, question in enumerate(("Is data encrypted at rest?", "Are logs kept?", "Do you patch?"), 1):
        sheet.append([number, question, "theirs" if number == 1 else None])
    book.save(filled)
    given = answers(tmp_path, {"location": "Q!B2", "text": "ours"}, {"location": "Q!B3", "text": "ours"})
    for option, expected in (("keep", "theirs"), ("replace", "ours")):
        out = tmp_path / f"{option}.xlsx"
        run("fill", filled, "--answers", given, "--existing", option, "--output", out)
        assert [load_workbook(out)["Q"][place].value for place in ("C2", "C3")] == [expected, "ours"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.xlsx", b""),
        ("text.xlsx", b"hello"),
        ("page.pdf", b"%PDF-1.7\n"),
        ("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
        ("cut.xlsx", SAMPLE.read_bytes()[:4000]),
        ("bomb.xlsx", bomb()),
    ],
)
@pytest.mark.parametrize("command", ["inspect", "fill"])
def test_a_bad_file_gets_one_line_and_nothing_is_written(
    run: Run, tmp_path: Path, name: str, content: bytes, command: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    out = tmp_path / "out.xlsx"
    done = run("inspect", path) if command == "inspect" else run("fill", path, *SCOPE, "--output", out)
    assert done.status == 1
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err
    assert not out.exists()
