"""How often each concept fires on the lines of text files: `python -m assistant.matching.concept_report FILE...`.

With `--concepts FILE` the team's own concepts are laid over the shipped ones. A concept that fires
on many lines says little about any of them; one that never does may lack the phrases people use.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from assistant.matching.concepts import Vocabulary, firing


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the report that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m assistant.matching.concept_report", description=__doc__)
    parser.add_argument("--concepts", type=Path, help="the team's concepts.yaml")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a text file, one question or passage a line"
    )
    options = parser.parse_args(arguments)
    vocabulary = Vocabulary.load(options.concepts)
    lines = [line for path in options.files for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [line for line in lines if line.strip()]
    counts = firing(texts, vocabulary)
    for concept, count in counts.items():
        print(f"{count:6} {count / max(1, len(texts)):6.1%}  {concept}")
    untagged = sum(not vocabulary.tag(text) for text in texts)
    silent = sum(not count for count in counts.values())
    print(f"{len(texts)} texts, {untagged} without any concept; {silent} concepts never fire")


if __name__ == "__main__":
    main()
