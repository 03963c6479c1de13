"""Who may see a restricted questionnaire."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from assistant.storage.desk_tables import members


class Members:
    """The members of questionnaires within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def of(self, questionnaire: int) -> frozenset[int]:
        """Return the accounts of its members."""
        own = select(members.c.person).where(members.c.questionnaire == questionnaire)
        return frozenset(self._connection.execute(own).scalars())

    def questionnaires(self, person: int) -> frozenset[int]:
        """Return the questionnaires of which `person` is a member."""
        theirs = select(members.c.questionnaire).where(members.c.person == person)
        return frozenset(self._connection.execute(theirs).scalars())

    def add(self, questionnaire: int, person: int) -> None:
        """Make `person` a member, if they are none yet."""
        if person not in self.of(questionnaire):
            self._connection.execute(insert(members).values(questionnaire=questionnaire, person=person))

    def remove(self, questionnaire: int, person: int) -> None:
        """Take `person` out."""
        self._connection.execute(
            delete(members).where(members.c.questionnaire == questionnaire, members.c.person == person)
        )
