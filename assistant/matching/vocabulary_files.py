"""Reading the files of the vocabulary: YAML, with the line of every fault. Their form is told in `concepts`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import yaml

from assistant.errors import StatementFormatError

__all__ = ["ConceptEntry", "VocabularyFile", "WrittenPhrase", "fault", "read_vocabulary"]

# The parser in C is some ten times faster; PyYAML has it only where it was built with libyaml.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEYS = {"name", "area", "broader", "narrows", "phrases", "except", "together"}
_OVERLAY_KEYS = {"without", "silence"}


class WrittenPhrase(NamedTuple):
    """A phrase as it is written, and where."""

    text: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """One concept as a file has it. `without` and `silence` occur in a team's file only."""

    id: str
    path: str
    line: int
    name: str = ""
    area: str = ""
    broader: tuple[str, ...] = ()
    narrows: bool | None = None
    phrases: tuple[WrittenPhrase, ...] = ()
    exceptions: tuple[WrittenPhrase, ...] = ()
    together: tuple[WrittenPhrase, ...] = ()
    without: tuple[WrittenPhrase, ...] = ()
    silence: bool = False

    def checked(self) -> ConceptEntry:
        """Return the entry as a concept of its own, its name taken from the id where it has none.

        :raises StatementFormatError: if it has no phrases.
        """
        if not self.phrases:
            raise fault(self.path, self.line, f"The concept {self.id!r} has no phrases.")
        return replace(self, name=self.name or self.id.replace("-", " ").capitalize())

    def extended(self, team: ConceptEntry) -> ConceptEntry:
        """Return the entry with what the `team` says of the same concept laid over it.

        :raises StatementFormatError: if it goes without a phrase that the entry does not have.
        """
        gone = {phrase.text for phrase in team.without}
        for phrase in team.without:
            if phrase.text not in {own.text for own in self.phrases}:
                raise fault(phrase.path, phrase.line, f"The concept {self.id!r} has no phrase {phrase.text!r}.")
        return replace(
            self,
            name=team.name or self.name,
            area=team.area or self.area,
            broader=tuple(dict.fromkeys(self.broader + team.broader)),
            narrows=self.narrows if team.narrows is None else team.narrows,
            phrases=tuple(phrase for phrase in self.phrases if phrase.text not in gone) + team.phrases,
            exceptions=self.exceptions + team.exceptions,
            together=self.together + team.together,
            path=team.path,
            line=team.line,
        )

    def moved_up(self, silenced: Mapping[str, tuple[str, ...]]) -> ConceptEntry:
        """Return the entry without what is `silenced`: broader concepts replaced by those broader still, pairs gone."""
        together = tuple(
            pair for pair in self.together if not any(part.strip() in silenced for part in pair.text.split("+"))
        )
        if not silenced.keys() & set(self.broader):
            return replace(self, together=together)
        broader = tuple(dict.fromkeys(up for own in self.broader for up in silenced.get(own, (own,))))
        return replace(self, broader=broader, together=together).moved_up(silenced)


def fault(path: str, line: int, problem: str) -> StatementFormatError:
    """Return the error that `problem` stands at `path`:`line`."""
    return StatementFormatError(path, line, problem)


class VocabularyFile(NamedTuple):
    """What one file has: concepts, and groups of words that mean the same."""

    concepts: list[ConceptEntry]
    groups: dict[str, tuple[str, ...]]


def read_vocabulary(path: Path, *, overlay: bool = False) -> VocabularyFile:
    """Return the concepts and groups of the file at `path`; with `overlay` it may also take away from others.

    :raises StatementFormatError: if the file is not of the form that `concepts` tells.
    """
    return _Reader(path, overlay).read()


class _Reader:
    """One file while it is read: the path for messages, and what it may say."""

    def __init__(self, path: Path, overlay: bool) -> None:
        self._file = path
        # The last two parts name the file well enough, and no message tells where the project is installed.
        self._path = "/".join(path.parts[-2:])
        self._overlay = overlay

    def read(self) -> VocabularyFile:
        try:
            root = yaml.compose(self._file.read_text(encoding="utf-8"), Loader=_LOADER)
        except UnicodeDecodeError as error:
            raise fault(self._path, 1, "The file is not UTF-8 text.") from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise fault(self._path, line, f"The file is not valid YAML: {error.problem}.") from error
        if root is None:
            return VocabularyFile([], {})
        top = self._mapping(root, {"area", "concepts", "groups"}, "the file")
        area = self._text(top["area"]) if "area" in top else "Team"
        concepts = self._mapping(top["concepts"], None, "concepts") if "concepts" in top else {}
        groups = self._mapping(top["groups"], None, "groups") if "groups" in top else {}
        entries = [self._entry(name, node, area) for name, node in concepts.items()]
        return VocabularyFile(
            concepts=entries if self._overlay else [entry.checked() for entry in entries],
            groups={name: tuple(member.text for member in self._list(node)) for name, node in groups.items()},
        )

    def _entry(self, name: str, node: yaml.Node, area: str) -> ConceptEntry:
        line = node.start_mark.line + 1
        if not _ID.fullmatch(name):
            raise self._fault(node, f"The id {name!r} is not of lower-case words joined by hyphens.")
        known = _KEYS | _OVERLAY_KEYS if self._overlay else _KEYS
        values = self._mapping(node, known, f"the concept {name!r}")
        return ConceptEntry(
            id=name,
            path=self._path,
            line=line,
            name=self._text(values["name"]) if "name" in values else "",
            area=self._text(values["area"]) if "area" in values else area,
            broader=tuple(phrase.text for phrase in self._list(values.get("broader"))),
            narrows=self._mark(values.get("narrows")),
            phrases=self._list(values.get("phrases")),
            exceptions=self._list(values.get("except")),
            together=self._list(values.get("together")),
            without=self._list(values.get("without")),
            silence=bool(self._mark(values.get("silence"))),
        )

    def _list(self, node: yaml.Node | None) -> tuple[WrittenPhrase, ...]:
        """Return what `node` lists: a YAML list, or text with commas and line ends between the items."""
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode):
            items = [WrittenPhrase(self._text(item), self._path, item.start_mark.line + 1) for item in node.value]
        else:
            # The text of a block (|) begins on the line after its mark.
            first = node.start_mark.line + (2 if getattr(node, "style", None) in {"|", ">"} else 1)
            items = [
                WrittenPhrase(" ".join(item.split()), self._path, first + offset)
                for offset, line in enumerate(self._plain(node).split("\n"))
                for item in line.removesuffix(",").split(",")
                if line.strip()
            ]
        for item in items:
            if not item.text:
                raise fault(self._path, item.line, "An empty phrase would be found everywhere; take it out.")
        return tuple(items)

    def _mark(self, node: yaml.Node | None) -> bool | None:
        if node is None:
            return None
        if node.value not in {"true", "false"}:
            raise self._fault(node, f"Here stands {node.value!r}; it can be true or false.")
        return bool(node.value == "true")

    def _text(self, node: yaml.Node) -> str:
        return self._plain(node).strip()

    def _plain(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._fault(node, "Here a plain text is expected.")
        return str(node.value)

    def _mapping(self, node: yaml.Node, known: set[str] | None, what: str) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._fault(node, f"In {what} keys with values are expected.")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self._text(key)
            if known is not None and name not in known:
                raise self._fault(key, f"In {what} {name!r} is no known key; known are {', '.join(sorted(known))}.")
            if name in found:
                raise self._fault(key, f"In {what} {name!r} stands twice.")
            found[name] = value
        return found

    def _fault(self, node: yaml.Node, problem: str) -> StatementFormatError:
        return fault(self._path, node.start_mark.line + 1, problem)
