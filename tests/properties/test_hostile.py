"""Damaged and hostile packages: refused in our own words or handled whole, quickly and without much memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from assistant.documents import inspect
from assistant.errors import UnreadableDocumentError
from tests.benchmarks.hostile import document, handled, mutated, packed, unpacked, workbook

_CASES = 240
_SEED = 1_000_000


@pytest.fixture(scope="module")
def originals() -> tuple[bytes, bytes]:
    return workbook(), document()


@pytest.mark.parametrize("first", range(0, _CASES, 40))
def test_mutations_raise_nothing_but_our_own_errors(originals: tuple[bytes, bytes], first: int) -> None:
    for seed in range(_SEED + first, _SEED + first + 40):
        name, file = mutated(seed, originals)
        start = time.process_time()
        assert handled(file) in ("accepted", "refused"), (seed, name)
        assert time.process_time() - start < 5, (seed, name)


def test_the_originals_are_accepted(originals: tuple[bytes, bytes]) -> None:
    assert [handled(file) for file in originals] == ["accepted", "accepted"]


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_deep_nesting_is_refused_before_it_costs_anything(originals: tuple[bytes, bytes], part: str) -> None:
    parts = unpacked(originals[0])
    at = parts[part].index(b">", parts[part].index(b"<", 60)) + 1
    parts[part] = parts[part][:at] + b"<x>" * 200_000 + b"</x>" * 200_000 + parts[part][at:]
    start = time.process_time()
    with pytest.raises(UnreadableDocumentError):
        inspect(packed(parts))
    assert time.process_time() - start < 2


def test_enormous_ranges_take_no_memory(originals: tuple[bytes, bytes]) -> None:
    parts = unpacked(originals[0])
    ranges = "".join(f'<mergeCell ref="A{row}:XFD{row + 9000}"/>' for row in range(20, 90))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
    )
    tracemalloc.start()
    inspect(packed(parts))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000
