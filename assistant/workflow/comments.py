"""What people say to each other about a question; none of it ever reaches the customer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Comment:
    """One remark on a question. `mentions` are the accounts named in it."""

    id: int
    question: int
    by: int
    at: datetime
    text: str
    mentions: tuple[int, ...] = ()


class Comments(Protocol):
    """Remarks on questions, within one transaction; those that were removed are never returned."""

    def of(self, question: int) -> list[Comment]:
        """Return what was said on the question, the earliest first."""

    def counts(self, questionnaire: int) -> Mapping[int, int]:
        """Return question id -> how many comments it has, for the questions that have any."""

    def get(self, comment: int) -> Comment | None:
        """Return one, or None."""

    def add(self, question: int, by: int, at: datetime, text: str, mentions: Collection[int]) -> Comment:
        """Save a comment and return it."""

    def remove(self, comment: int, at: datetime) -> None:
        """Show it to nobody any more."""


def mentioned(text: str, names: Iterable[tuple[int, str]]) -> list[tuple[int, int, int]]:
    """Return start, end and account of every `@name` in `text`; `names` are accounts with what they are called.

    A whole name counts, in upper or lower case, and the first name alone where only one person has it. The longest
    name wins, and it ends where a word ends: "@Ann" does not mention Anna.
    """
    known = [(account, name.casefold()) for account, name in names if name.strip()]
    called = dict(known[::-1])
    firsts = [name.split()[0] for name in called.values()]
    wanted = [(name, account) for account, name in called.items()]
    wanted += [(f, account) for f, account in zip(firsts, called, strict=True) if firsts.count(f) == 1]
    wanted.sort(key=lambda pair: -len(pair[0]))
    found = []
    at = text.find("@")
    while at >= 0:
        end = at + 1
        if not (at and (text[at - 1].isalnum() or text[at - 1] in "._-")):  # an address of mail mentions nobody
            for name, account in wanted:
                stop = at + 1 + len(name)
                if text[at + 1 : stop].casefold() == name and not text[stop : stop + 1].isalnum():
                    found.append((at, stop, account))
                    end = stop
                    break
        at = text.find("@", end)
    return found
