"""The one database: SQLite or PostgreSQL, behind the protocols of `assistant.workflow.ports`.

Nothing outside this package knows SQL. Files of customers are kept here too, so that a backup
is the database and the knowledge folder; the index never is.
"""

from assistant.storage.database import Database

__all__ = ["Database"]
