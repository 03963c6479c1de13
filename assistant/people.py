"""Who uses the assistant, and what each role may do. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import PermissionDeniedError


class Role(StrEnum):
    """The four roles of the glossary."""

    SALES = "sales"
    EXPERT = "expert"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing a role may do; the words complete "may …"."""

    READ = "read questionnaires"
    UPLOAD = "upload questionnaires"
    EDIT = "edit and submit answers"
    ASSIGN = "give questions to people"
    APPROVE = "approve and reject answers"
    COMPLETE = "complete and download documents"
    KEEP_LIBRARY = "keep the answer library"
    ADMINISTER = "keep accounts and settings"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.SALES: frozenset(
        {Permission.READ, Permission.UPLOAD, Permission.EDIT, Permission.ASSIGN, Permission.COMPLETE}
    ),
    Role.EXPERT: frozenset({Permission.READ, Permission.EDIT}),
    Role.REVIEWER: frozenset(Permission) - {Permission.ADMINISTER},
    Role.ADMINISTRATOR: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in. `id` is the account's key, `name` what pages call them."""

    id: int
    name: str
    email: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Return whether the person's role grants `permission`."""
        return permission in GRANTS[self.role]

    def require(self, permission: Permission) -> None:
        """Return when the role grants `permission`.

        :raises PermissionDeniedError: when it does not.
        """
        if not self.may(permission):
            raise PermissionDeniedError(f"The role {self.role.value} may not {permission.value}.")
