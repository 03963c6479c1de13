"""Making forms out of what the customers ask, and finding what somebody answers by hand."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.demo.questions import MATTERS


def asked(begin: int, count: int, wording: int) -> list[tuple[str, str]]:
    """Return sections with the questions of a form: so many matters from one on, in a wording of each."""
    matters = [MATTERS[(begin + number) % len(MATTERS)] for number in range(count)]
    order = list(dict.fromkeys(matter.section for matter in MATTERS))
    matters.sort(key=lambda matter: order.index(matter.section))
    return [(matter.section, matter.wording(wording)) for matter in matters]


def by_hand(question: str) -> tuple[str, str]:
    """Return choice and answer that somebody at the demonstration's company knows for a question."""
    return _KNOWN.get(question, ("", "This is described in the security overview that we sent along."))


def _known() -> Iterator[tuple[str, tuple[str, str]]]:
    for matter in MATTERS:
        if matter.answer:
            for wording in matter.wordings:
                yield wording, (matter.choice, matter.answer)


_KNOWN = dict(_known())
