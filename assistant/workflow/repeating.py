"""Noticing that an answer repeats, word for word, a passage that this customer must not be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assistant.statement import Audience, Passage, Scope

_FEWEST = 6
"""Words from which on a text is somebody's own: shorter ones are said by everybody."""


def own_words(text: str) -> bool:
    """Return whether a text is long enough to be known again by its words alone."""
    return len(_words(text)) >= _FEWEST


class Restricted:
    """The passages that not everybody may be told, by the words they begin with."""

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        """Keep those of `passages` that are not public, and whose text is nowhere told to the public."""
        every = tuple(passages)
        public = {tuple(_words(passage.text)) for passage in every if passage.audience is Audience.PUBLIC}
        begun: dict[tuple[str, ...], list[tuple[Sequence[str], Passage]]] = defaultdict(list)
        for passage in every:
            words = _words(passage.text)
            if passage.audience is not Audience.PUBLIC and len(words) >= _FEWEST and tuple(words) not in public:
                begun[tuple(words[:_FEWEST])].append((words, passage))
        self._begun: Mapping[tuple[str, ...], Sequence[tuple[Sequence[str], Passage]]] = begun

    def repeated(self, text: str, scope: Scope) -> Passage | None:
        """Return a passage that must not be told in `scope` and that `text` repeats, None when there is none."""
        if not self._begun:
            return None
        words = _words(text)
        for start in range(len(words) - _FEWEST + 1):
            for theirs, passage in self._begun.get(tuple(words[start : start + _FEWEST]), ()):
                if words[start : start + len(theirs)] == theirs and not passage.tellable(scope):
                    return passage
        return None


def _words(text: str) -> list[str]:
    return [word for word in (each.strip(".,;:!?()“”\"'") for each in text.casefold().split()) if word]
