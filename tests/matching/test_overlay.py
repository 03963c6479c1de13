"""A security team's own vocabulary: add a concept, silence one, see the ranking follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import StatementFormatError
from assistant.matching import Matcher
from tests.matching.conftest import CLOUD, TODAY, passage

PASSAGES = [
    passage("Project Lighthouse inspects every outgoing message for customer identifiers.", 1),
    passage("Every outgoing shipment is inspected for customs.", 2),
]
QUESTION = "Do you operate data loss prevention?"

OVERLAY = """
concepts:
  data-loss-prevention:
    phrases: project lighthouse
"""


def matched(tmp_path: Path, overlay: str | None) -> tuple[float, tuple[str, ...]]:
    path = tmp_path / "concepts.yaml"
    if overlay is not None:
        path.write_text(overlay, encoding="utf-8")
    matcher = Matcher(tmp_path / "index", path)
    matcher.refresh(PASSAGES)
    found = [m for m in matcher.suggest([QUESTION], CLOUD, TODAY)[0].matches if m.passage.lines == (1, 1)]
    return (found[0].confidence, found[0].shared) if found else (0.0, ())


def test_an_added_phrase_lifts_the_passage_and_is_told(tmp_path: Path) -> None:
    before, _ = matched(tmp_path, None)
    after, shared = matched(tmp_path, OVERLAY)
    assert after > before + 0.1
    assert "Data loss prevention" in shared


def test_the_index_follows_the_file(tmp_path: Path) -> None:
    path = tmp_path / "concepts.yaml"
    matcher = Matcher(tmp_path / "index", path)
    assert matcher.refresh(PASSAGES)
    assert not matcher.refresh(PASSAGES)
    path.write_text(OVERLAY, encoding="utf-8")
    assert matcher.refresh(PASSAGES)


def test_a_silenced_concept_counts_no_longer(tmp_path: Path) -> None:
    _, shared = matched(tmp_path, "concepts:\n  data-loss-prevention:\n    silence: true\n")
    assert "Data loss prevention" not in shared


def test_a_fault_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(StatementFormatError, match=r"concepts\.yaml:\d+"):
        matched(tmp_path, "concepts:\n  data-loss-prevention:\n    broader: no-such-concept\n    phrases: x\n")
