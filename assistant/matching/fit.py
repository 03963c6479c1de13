"""Fitting the model to labelled questions, and saying honestly how good it is.

Labels are JSON lines: `question`, `passages` ({"file:line": grade}, 2 and 1.5 answer it, 1 and 0.5
are related), `answerable` ({scope: yes, no or unsure}). Every figure that is printed comes from
cross-validation: a question is only ever scored by a model that has not seen it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.matching import features
from assistant.matching.index import IndexFolder, version_of
from assistant.matching.model import Model
from assistant.matching.ranking import WEIGHTS
from assistant.matching.reading import Reader
from assistant.matching.scoring import Floats
from assistant.matching.traits import Traits
from assistant.statement import Passage, Scope

ANSWERS = 1.5
"""The grade from which a passage answers a question."""

RIDGE = 1.0
"""How strongly weights are drawn to zero; without effect between 0.3 and 3."""

FOLDS = 6
SHUFFLES = 4
"""How often questions are dealt into folds anew for the thresholds: few questions stand near them."""

HIGH, MEDIUM = 0.9, 0.85
"""Shares of right first passages that the bands promise: suggested from the second on."""

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One labelled question in one scope: the features of every passage in scope, and their grades."""

    id: str
    domain: str
    answerable: str
    values: Floats
    grades: Doubles


def examples(
    passages: Sequence[Passage], labels: Sequence[Mapping[str, Any]], scopes: Mapping[str, Scope]
) -> list[Example]:
    """Return one example for each label and scope. `scopes` tells what the scopes' names in the labels mean."""
    reader = Reader.load(None)
    with tempfile.TemporaryDirectory(prefix="fit-") as folder:
        postings, _ = IndexFolder(Path(folder) / "index").hold(version_of(passages, reader), passages, reader)
    traits = Traits.of(postings, reader.vocabulary)
    asked = [reader.question(label["question"]) for label in labels]
    scores = postings.scores([question.terms for question in asked], WEIGHTS)
    found = []
    for name, scope in scopes.items():
        numbers = np.array([n for n, passage in enumerate(passages) if passage.holds_for(scope)], dtype=np.intp)
        candidates = np.tile(numbers, (len(asked), 1))
        values = features.features(traits, asked, candidates, scores[:, numbers])
        for label, row in zip(labels, values, strict=True):
            if name in label["answerable"]:
                grades = np.array([_grade(passages[number], label["passages"]) for number in numbers])
                found.append(Example(label["id"], _domain(label["id"]), label["answerable"][name], row, grades))
    return found


def _grade(passage: Passage, grades: Mapping[str, float]) -> float:
    """Return the mean grade of a passage's graded lines."""
    first, last = passage.lines
    given = [grades.get(f"{passage.path}:{line}", 0.0) for line in range(first, last + 1)]
    return sum(given) / max(1, sum(grade > 0 for grade in given)) if given else 0.0


def _domain(name: str) -> str:
    """Return the part of a label's id that names the domain or the file it is of."""
    return name.split("-")[0].split("!")[0]


def fitted(train: Sequence[Example]) -> tuple[Doubles, float]:
    """Return weights and bias of the logistic model, by Newton's method on all passages of clear examples."""
    clear = [example for example in train if example.answerable != "unsure"]
    values = np.vstack([example.values for example in clear]).astype(np.float64)
    answers = np.concatenate([example.grades >= ANSWERS for example in clear]).astype(np.float64)
    design = np.hstack([values, np.ones((len(values), 1))])
    ridge = np.full(design.shape[1], RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(design @ weights)))
        gradient = design.T @ (chance - answers) + ridge * weights
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights[:-1], float(weights[-1])


def cross_validated(known: Sequence[Example], group: Callable[[Example], str], shuffle: int = 0) -> list[Doubles]:
    """Return the confidences of every example from models fitted without its group, dealt into folds by `shuffle`."""
    names = sorted({group(example) for example in known})
    fold = {
        name: number % FOLDS for number, name in enumerate(np.random.default_rng(shuffle).permutation(names).tolist())
    }
    found: dict[int, Doubles] = {}
    for number in range(FOLDS):
        train = [example for example in known if fold[group(example)] != number]
        weights, bias = fitted(train)
        for place, example in enumerate(known):
            if fold[group(example)] == number:
                found[place] = 1 / (1 + np.exp(-(example.values @ weights + bias)))
    return [found[place] for place in range(len(known))]


def figures(known: Sequence[Example], confidences: Sequence[Doubles], suggest: float) -> dict[str, float]:
    """Return how often the right passage stands first, and what suggesting from `suggest` on would give."""
    rows = []
    for example, values in zip(known, confidences, strict=True):
        order = np.argsort(-values, kind="stable")
        right = example.grades[order] >= ANSWERS
        rows.append((example.answerable, float(values[order[0]]), bool(right[0]), bool(right[:3].any())))
    answerable = [row for row in rows if row[0] == "yes"]
    others = [row[1] for row in rows if row[0] == "no"]
    given = [row for row in rows if row[0] != "unsure" and row[1] >= suggest]
    wins = sum((row[1] > other) + 0.5 * (row[1] == other) for row in answerable for other in others)
    return {
        "answerable": len(answerable),
        "right_at_1": _share([row[2] for row in answerable]),
        "right_at_3": _share([row[3] for row in answerable]),
        "auroc": wins / max(1, len(answerable) * len(others)),
        "suggested_precision": _share([row[2] for row in given]),
        "suggested_recall": sum(row[2] for row in given) / max(1, len(answerable)),
    }


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def threshold(known: Sequence[Example], confidences: Sequence[Doubles], precision: float) -> float:
    """Return the lowest confidence from which on first passages are right with `precision`, 1 when none is."""
    ranked = sorted(
        (
            (float(values.max()), bool(example.grades[int(values.argmax())] >= ANSWERS))
            for example, values in zip(known, confidences, strict=True)
            if example.answerable != "unsure"
        ),
        reverse=True,
    )
    lowest, right = 1.0, 0
    for place, (confidence, hit) in enumerate(ranked, 1):
        right += hit
        if place >= 10 and right / place >= precision:
            lowest = confidence
    return lowest


def reliability(known: Sequence[Example], confidences: Sequence[Doubles]) -> str:
    """Return a table of what was promised and what was right, by band of confidence of the first passage."""
    first = [
        (float(values.max()), bool(example.grades[int(values.argmax())] >= ANSWERS))
        for example, values in zip(known, confidences, strict=True)
        if example.answerable != "unsure"
    ]
    lines = ["confidence     questions   promised   right"]
    for low in np.arange(0.0, 1.0, 0.1):
        band = [row for row in first if low <= row[0] < low + 0.1]
        if band:
            promised = sum(row[0] for row in band) / len(band)
            lines.append(
                f"{low:.1f} to {low + 0.1:.1f} {len(band):12} {promised:10.2f} {_share([r[1] for r in band]):7.2f}"
            )
    return "\n".join(lines)


def report(sets: Mapping[str, Sequence[Example]], output: Path | None) -> str:
    """Return the cross-validated figures of each set of labels; with `output` also write the model fitted on all."""
    known = [example for found in sets.values() for example in found]
    lines = []
    dealt = [cross_validated(known, lambda example: example.id, shuffle) for shuffle in range(SHUFFLES)]
    by_question = dealt[0]
    # Questions made up so that nothing answers them say nothing of how many real ones are answered.
    real = [place for place, found in enumerate(found for found in sets.values() for _ in found) if _answered(found)]
    pooled = [known[place] for _ in dealt for place in real], [found[place] for found in dealt for place in real]
    suggest, high = threshold(*pooled, MEDIUM), threshold(*pooled, HIGH)
    groupings = {"by question": by_question}
    if len({example.domain for example in known}) > 1:
        groupings["by domain"] = cross_validated(known, lambda example: example.domain)
    for grouping, confidences in groupings.items():
        start = 0
        for name, found in sets.items():
            part = confidences[start : start + len(found)]
            start += len(found)
            told = "  ".join(f"{key} {value:.3f}" for key, value in figures(found, part, suggest).items())
            lines.append(f"{name}, cross-validated {grouping}: {told}")
    lines += ["", reliability(known, by_question), ""]
    weights, bias = fitted(known)
    model = Model(features.NAMES, tuple(float(w) for w in weights), bias, round(suggest, 3), SHOW)
    lines += [f"{weight:8.3f}  {name}" for name, weight in zip(features.NAMES, weights, strict=True)]
    lines.append(f"suggested from {model.suggest}, high from {high:.3f}")
    if output is not None:
        model.save(output)
    return "\n".join(lines)


def _answered(found: Sequence[Example]) -> bool:
    """Return whether something answers any of the questions of a set."""
    return any(example.answerable == "yes" for example in found)


SHOW = 0.08
"""Below this nothing is worth showing as more than a gap."""


def read_labels(path: Path) -> list[Mapping[str, Any]]:
    """Return the labels in a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
