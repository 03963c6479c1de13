"""The fitted model: features into the probability that a passage answers the question.

A logistic model, plain numbers in `model.json`, written by `assistant.matching.fit`. The threshold from
which a draft is made is part of it: it is chosen by cross-validation on the same labels.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.matching.scoring import Floats

SHIPPED = Path(__file__).with_name("model.json")


@dataclass(frozen=True)
class Model:
    """`weights` belong to `features` in order; a draft is made from `suggest` on, shown from `show` on."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    suggest: float
    show: float

    def confidence(self, values: Floats) -> Floats:
        """Return the probabilities for features in the last axis of `values`."""
        linear = values @ np.array(self.weights, dtype=np.float32) + np.float32(self.bias)
        return np.asarray(1.0 / (1.0 + np.exp(-linear)), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the model's numbers to `path`."""
        rounded = {
            **asdict(self),
            "weights": dict(zip(self.features, (round(w, 4) for w in self.weights), strict=True)),
            "bias": round(self.bias, 4),
        }
        del rounded["features"]
        path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path, features: Sequence[str]) -> Model:
        """Return the model kept in `path`, its weights in the order of `features`."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        weights = kept["weights"]
        return cls(
            tuple(features),
            tuple(float(weights.get(name, 0.0)) for name in features),
            float(kept["bias"]),
            float(kept["suggest"]),
            float(kept["show"]),
        )


@cache
def shipped(features: tuple[str, ...]) -> Model:
    """Return the model that ships."""
    return Model.load(SHIPPED, features)
