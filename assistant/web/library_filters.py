"""What a list of the library asks for; it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.workflow.reuse import ANY_USE, OFTEN, UseWanted
from assistant.workflow.shelf import EntryState, Wanted

PLAIN = ("product", "deployment", "owner", "tag", "state", "audience")
USES: Mapping[str, str] = {"some": "used", "often": f"used {OFTEN} times or more", "never": "never used"}
_NOT_INDEXED = frozenset({EntryState.PROPOSED.value, EntryState.RETIRED.value, EntryState.TURNED_DOWN.value})
"""States of entries that matching does not know: they are searched for the words as they stand."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for, as it was `given`; what makes no sense asks for nothing."""

    given: Mapping[str, str]
    wanted: Wanted
    use: UseWanted

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Filters:
        """Return the filters in an address, or in the fields of a form."""
        given = {name: arguments.get(name, "").strip() for name in ("q", *PLAIN, "used", "unused")}
        how = given["used"] if given["used"] in USES else ""
        try:
            not_since = date.fromisoformat(given["unused"]) if given["unused"] else None
        except ValueError:
            given["unused"], not_since = "", None
        return cls(given, Wanted(given["q"], **{name: given[name] for name in PLAIN}), UseWanted(how, not_since))

    @property
    def arguments(self) -> dict[str, str]:
        """Return them for an address, without those that ask for nothing."""
        return {name: value for name, value in self.given.items() if value}

    @property
    def narrow(self) -> bool:
        """Return whether something besides words is asked for."""
        return any(self.given[name] for name in PLAIN) or self.use != ANY_USE

    @property
    def matched(self) -> bool:
        """Return whether the words are looked for as a question is matched."""
        return bool(self.wanted.words) and self.wanted.state not in _NOT_INDEXED
