"""Holding back Python's cyclic garbage collector while many objects are made at once.

Reading a document makes tens of thousands of objects that all stay; the collector would walk through
them again and again and find nothing (it took half of the time of building the blocks of a long form).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_held() -> Iterator[None]:
    """Hold the collector back for a while; reference counting goes on, and it runs again afterwards.

    Threads may overlap in it: the first to leave lets the collector run again, which only costs time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
