"""What is kept in mind while a document is worked on, and Python's cyclic garbage collector held back meanwhile.

Doing so makes tens of thousands of objects that all stay; the collector would walk through
them again and again and find nothing (it took half of the time of building the blocks of a long form).
Several rules ask the same of the same text; each is asked once a document, and nothing is kept beyond it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

_Answer = TypeVar("_Answer")
_MOST = 10_000
"""Texts that a rule's answers are kept for."""
_FORGETTING: list[Callable[[], None]] = []


def in_mind(rule: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Return `rule`, asked once for each text as long as a document is worked on."""
    kept = lru_cache(maxsize=_MOST)(rule)
    _FORGETTING.append(kept.cache_clear)
    return kept


@contextmanager
def memory() -> Iterator[None]:
    """Hold the collector back, and forget afterwards what was kept in mind of the texts.

    Threads may overlap in it: the first to leave lets the collector run again and forgets, which only costs time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        for forget in _FORGETTING:
            forget()
        if running:
            gc.enable()
