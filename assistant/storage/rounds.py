"""Which questionnaire goes on from which."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from assistant.storage.desk_tables import rounds
from assistant.workflow.rounds import Round


class Rounds:
    """Which questionnaire goes on from which, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def add(self, round_: Round) -> None:
        """Save it."""
        values = {"questionnaire": round_.questionnaire, "previous": round_.previous, "number": round_.number}
        self._connection.execute(insert(rounds).values(values))

    def get(self, questionnaire: int) -> Round | None:
        """Return from which one the questionnaire goes on, None when it is the first."""
        row = self._connection.execute(select(rounds).where(rounds.c.questionnaire == questionnaire)).one_or_none()
        return Round(row.questionnaire, row.previous, row.number) if row is not None else None

    def next(self, questionnaire: int) -> list[int]:
        """Return the questionnaires that go on from this one, the oldest first."""
        later = select(rounds.c.questionnaire).where(rounds.c.previous == questionnaire)
        return list(self._connection.execute(later.order_by(rounds.c.questionnaire)).scalars())

    def superseded(self) -> frozenset[int]:
        """Return the questionnaires that others go on from."""
        return frozenset(self._connection.execute(select(rounds.c.previous)).scalars())
