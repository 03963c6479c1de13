"""Fit the model to labelled questions, cross-validate it and write its numbers.

    python -m tests.evaluation.fit --labels FILE... [--knowledge DIR] [--scope NAME=PRODUCT[/DEPLOYMENT]...] [--write]

Joins the statements' loader to `assistant.matching.fit`, which may not know it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant import statements
from assistant.matching import fit, model
from assistant.statement import Scope

HERE = Path(__file__).parent
SCOPES = ("cloud=Sourcegraph/cloud", "onprem=Sourcegraph/on-premise", "sonar=SonarCloud/cloud")


def scope_of(text: str) -> tuple[str, Scope]:
    """Return the name and scope that `name=product/deployment` stands for."""
    name, _, told = text.partition("=")
    product, _, deployment = told.partition("/")
    return name, Scope(product, deployment or None)


def main() -> None:
    """Print the figures; with --write replace the model that ships."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", nargs="+", type=Path, default=[HERE / "labels.jsonl"])
    parser.add_argument("--knowledge", type=Path, default=HERE.parent.parent / "knowledge")
    parser.add_argument("--scope", nargs="+", default=list(SCOPES))
    parser.add_argument("--write", action="store_true", help="replace the model that ships")
    options = parser.parse_args()
    passages = statements.load(options.knowledge).passages()
    scopes = dict(scope_of(text) for text in options.scope)
    sets = {path.stem: fit.examples(passages, fit.read_labels(path), scopes) for path in options.labels}
    print(fit.report(sets, model.SHIPPED if options.write else None))


if __name__ == "__main__":
    main()
