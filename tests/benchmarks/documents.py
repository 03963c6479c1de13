"""What reading, completing and verifying documents costs, beside openpyxl and python-docx in the same run.

    python tests/benchmarks/documents.py FILE...

For every file: processor time of `inspect`, `fill` (which writes and verifies) and `verify`, and of
the library's load and of its load and save; the ratios inspect/load and fill/(load and save); and
the peak memory that each side adds, measured in processes of their own. Imports and start-up are
left out. The last line holds the medians. Not a test: it prints, and judges nothing.
"""

from __future__ import annotations

import argparse
import gc
import io
import multiprocessing
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.documents import fill, inspect, verify
from assistant.filling import Entry

_TEXT = "An answer of usual length, which says what is done and how often.\nIts second line names the evidence."
_ROUNDS = 5


def answers(file: bytes, name: str) -> list[Entry]:
    """Return an entry for every place that takes an answer."""
    entries = []
    for question in inspect(file, name).questions:
        choice, text = question.choice_field, question.text_field
        if choice is not None:
            entries.append(Entry(choice, (choice.allowed() or ("Yes",))[0]))
        if text is not None and (choice is None or choice.location != text.location):
            entries.append(Entry(text, _TEXT[: text.max_length or len(_TEXT)]))
    return entries


def library(file: bytes, save: bool) -> None:
    """Load the document with the library of its kind, and save it when asked to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if b"word/document.xml" in file:
            import docx

            document = docx.Document(io.BytesIO(file))
            if save:
                document.save(io.BytesIO())
        else:
            import openpyxl

            book = openpyxl.load_workbook(io.BytesIO(file))
            if save:
                book.save(io.BytesIO())


def seconds(what: Callable[[], object]) -> float:
    """Return the median processor time of `what` over a few rounds."""
    taken = []
    for _ in range(_ROUNDS):
        gc.collect()
        start = time.process_time()
        what()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _high_water() -> int:
    """Return the most memory this process had so far, in KB; `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def _peak(kind: str, file: bytes, name: str, pipe: multiprocessing.connection.Connection) -> None:
    before = _high_water()
    if kind == "library":
        library(file, save=True)
    else:
        fill(file, answers(file, name), name)
    pipe.send((_high_water() - before) / 1024)
    pipe.close()


def peak(kind: str, file: bytes, name: str) -> float:
    """Return how many MB of memory the work adds at its peak, measured in a process of its own."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_peak, args=(kind, file, name, sender))
    process.start()
    added = float(receiver.recv())
    process.join()
    return added


def main() -> int:
    """Print one line a file and the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    columns = ("inspect", "load", "ratio", "fill", "verify", "load+save", "ratio", "MB", "MB lib.")
    print(f"{'document':28}" + "".join(f"{column:>10}" for column in columns))
    ratios: list[tuple[float, float]] = []
    for path in parser.parse_args().files:
        file, name = path.read_bytes(), path.name
        entries = answers(file, name)
        completed = fill(file, entries, name)
        places = {place for entry in entries for place in entry.field.places()}
        library(file, save=True)
        reading = seconds(lambda file=file, name=name: inspect(file, name))  # type: ignore[misc]
        loading = seconds(lambda file=file: library(file, save=False))  # type: ignore[misc]
        writing = seconds(lambda file=file, name=name, entries=entries: fill(file, entries, name))  # type: ignore[misc]
        proving = seconds(
            lambda file=file, completed=completed, places=places, name=name: verify(file, completed, places, name)  # type: ignore[misc]
        )
        saving = seconds(lambda file=file: library(file, save=True))  # type: ignore[misc]
        ratios.append((reading / loading, writing / saving))
        figures = (reading, loading, reading / loading, writing, proving, saving, writing / saving)
        memory = (peak("ours", file, name), peak("library", file, name))
        print(f"{name[:27]:28}" + "".join(f"{f:10.3f}" for f in figures) + "".join(f"{f:10.1f}" for f in memory))
    print(
        f"median ratio of inspect to load {statistics.median(r for r, _ in ratios):.3f}, "
        f"of fill to load and save {statistics.median(r for _, r in ratios):.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
