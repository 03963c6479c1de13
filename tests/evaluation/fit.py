"""Fit the model to labelled questions, cross-validate it and write its numbers.

    python -m tests.evaluation.fit --labels FILE[=DIR]... [--knowledge DIR] [--scope NAME=PRODUCT[/DEPLOYMENT]...]
                                   [--write]

Labels name lines of statements: those in the folder behind `=`, or in `--knowledge`. Approved answers are left out, as
nobody has labelled them. Joins the statements' loader to `assistant.matching.fit`, which may not know it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant import statements
from assistant.matching import fit, model
from assistant.statement import Passage, Scope

HERE = Path(__file__).parent
SCOPES = ("cloud=Sourcegraph/cloud", "onprem=Sourcegraph/on-premise", "sonar=SonarCloud/cloud")


def scope_of(text: str) -> tuple[str, Scope]:
    """Return the name and scope that `name=product/deployment` stands for."""
    name, _, told = text.partition("=")
    product, _, deployment = told.partition("/")
    return name, Scope(product, deployment or None)


def statements_in(knowledge: Path) -> list[Passage]:
    """Return the passages of the statements in a folder, without those of its library."""
    return [passage for statement in statements.load(knowledge).statements for passage in statement.passages]


def main() -> None:
    """Print the figures; with --write replace the model that ships."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", nargs="+", default=[str(HERE / "labels.jsonl")], metavar="FILE[=DIR]")
    parser.add_argument("--knowledge", type=Path, default=HERE.parent.parent / "knowledge")
    parser.add_argument("--scope", nargs="+", default=list(SCOPES))
    parser.add_argument("--write", action="store_true", help="replace the model that ships")
    options = parser.parse_args()
    scopes = dict(scope_of(text) for text in options.scope)
    sets = {}
    for named in options.labels:
        file, _, folder = named.partition("=")
        passages = statements_in(Path(folder) if folder else options.knowledge)
        sets[Path(file).stem] = fit.examples(passages, fit.read_labels(Path(file)), scopes)
    print(fit.report(sets, model.SHIPPED if options.write else None))


if __name__ == "__main__":
    main()
