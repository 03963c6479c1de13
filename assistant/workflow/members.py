"""Keeping who may see a restricted questionnaire."""

from __future__ import annotations

from typing import Protocol


class Members(Protocol):
    """Who may see a restricted questionnaire, within one transaction."""

    def of(self, questionnaire: int) -> frozenset[int]:
        """Return the accounts of its members."""

    def questionnaires(self, person: int) -> frozenset[int]:
        """Return the questionnaires of which `person` is a member."""

    def add(self, questionnaire: int, person: int) -> None:
        """Make `person` a member, if they are none yet."""

    def remove(self, questionnaire: int, person: int) -> None:
        """Take `person` out."""
