"""Every error the assistant raises on purpose.

    AssistantError
    ├── InputError                  the user can mend it (HTTP 400, exit status 1)
    │   ├── UnreadableDocumentError     the customer's file cannot be read
    │   ├── StatementFormatError        a file under knowledge/ is at fault, at a line
    │   ├── InvalidValueError           a value typed or chosen does not fit its place
    │   └── SettingError                an environment variable is at fault
    ├── StateError                  not possible in the present state (HTTP 409)
    │   ├── ConflictError               somebody else changed it meanwhile
    │   └── VerificationError           the completed document differs where it must not
    ├── NotWritableError            a place in the document cannot take an answer
    ├── PermissionDeniedError       this person may not do this (HTTP 403)
    └── NotFoundError               there is no such thing (HTTP 404)

Messages are whole sentences for the person in front of the screen: what is wrong, where,
and what to do. What a caller needs to act on stands in fields, not only in the text.
"""

from __future__ import annotations

from collections.abc import Sequence


class AssistantError(Exception):
    """Base of all errors raised on purpose."""


class InputError(AssistantError):
    """Something the user gave is at fault and can be mended by them."""


class UnreadableDocumentError(InputError):
    """The customer's file cannot be read; `remedy` says what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep the `problem` and the `remedy`, each a sentence."""
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


class StatementFormatError(InputError):
    """A statement, library or profile file is at fault at `path`:`line`."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        """Keep where it is (`line` counts from 1) and what is wrong."""
        super().__init__(f"{path}:{line}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


class InvalidValueError(InputError):
    """A value does not fit the place it is meant for."""


class SettingError(InputError):
    """An environment variable holds something that cannot be used."""


class StateError(AssistantError):
    """The thing asked for is not possible in the present state."""


class ConflictError(StateError):
    """Somebody else changed the same thing meanwhile; nothing was overwritten."""


class VerificationError(StateError):
    """The completed document differs from the original outside the answer places."""

    def __init__(self, differences: Sequence[str]) -> None:
        """Keep the `differences`, each one readable line."""
        super().__init__(
            "The completed document was refused, because more than the answers changed: "
            + "; ".join(differences[:5])
            + (f"; and {len(differences) - 5} more" if len(differences) > 5 else "")
        )
        self.differences = tuple(differences)


class NotWritableError(AssistantError):
    """The place `location` cannot take an answer, for `reason`."""

    def __init__(self, location: str, reason: str) -> None:
        """Keep the place and the reason."""
        super().__init__(f"{location}: {reason}")
        self.location = location
        self.reason = reason


class PermissionDeniedError(AssistantError):
    """The person's role does not allow this."""


class NotFoundError(AssistantError):
    """There is no such thing, or it is not for this person to see."""
