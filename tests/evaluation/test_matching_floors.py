"""Matching against the knowledge that ships, on questions of our own: floors, not targets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from assistant.matching import Matcher, features, fit, model
from assistant.statement import Passage, Scope
from assistant.suggestion import Status
from tests.evaluation.fit import SCOPES, scope_of, statements_in
from tests.matching.conftest import TODAY

HERE = Path(__file__).parent
LABELS = fit.read_labels(HERE / "labels.jsonl")
NAMES = dict(scope_of(text) for text in SCOPES)


@cache
def passages() -> tuple[Passage, ...]:
    return tuple(statements_in(HERE.parent.parent / "knowledge"))


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    ready = Matcher(tmp_path_factory.mktemp("floors") / "index")
    ready.refresh(passages())
    return ready


def test_every_label_points_to_a_passage_that_stands() -> None:
    known = {(passage.path, line) for passage in passages() for line in range(passage.lines[0], passage.lines[1] + 1)}
    assert {
        (path, int(line)) for label in LABELS for path, line in (key.split(":") for key in label["passages"])
    } <= known


def test_the_shipped_model_keeps_its_floors() -> None:
    known = fit.examples(passages(), LABELS, NAMES)
    shipped = model.shipped(features.NAMES)
    figures = fit.figures(
        known, [shipped.confidence(example.values).astype(np.float64) for example in known], shipped.suggest
    )
    assert figures["right_at_1"] >= 0.8
    assert figures["right_at_3"] >= 0.9
    assert figures["auroc"] >= 0.85
    assert figures["suggested_precision"] >= 0.8


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_its_scope(matcher: Matcher, name: str) -> None:
    scope = NAMES[name]
    for found in matcher.suggest([label["question"] for label in LABELS], scope, TODAY):
        assert all(match.passage.holds_for(scope) for match in found.matches)


def test_what_nothing_answers_is_seldom_drafted(matcher: Matcher) -> None:
    for name, scope in NAMES.items():
        silent = [label["question"] for label in LABELS if not label["passages"]]
        drafted = [
            found.question for found in matcher.suggest(silent, scope, TODAY) if found.status is Status.SUGGESTED
        ]
        assert len(drafted) <= 1, (name, drafted)


def test_fitting_on_few_labels_gives_a_model_and_an_honest_report() -> None:
    known = fit.examples(passages(), LABELS[::2], {"cloud": Scope("Sourcegraph", "cloud")})
    report = fit.report({"own": known}, None)
    assert "cross-validated by question" in report
    assert "suggested from" in report
    assert all(name in report for name in features.NAMES)


def test_a_control_of_something_unheard_of_is_seldom_drafted(matcher: Matcher) -> None:
    """Questions such as "Are houseplants rotated every 90 days?"; none of them was fitted on."""
    questions = [label["question"] for label in fit.read_labels(HERE / "unknown_things.jsonl")]
    for scope in NAMES.values():
        drafted = [found for found in matcher.suggest(questions, scope, TODAY) if found.status is Status.SUGGESTED]
        assert len(drafted) <= len(questions) / 3
