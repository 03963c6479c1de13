"""The tables of what people do around answers and the library: who has what, what was said, what was sent.

`tables` holds the questionnaires and answers themselves; both share one `metadata`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from assistant.storage.columns import Json, Moment
from assistant.storage.tables import metadata as metadata  # the migrations see both modules through this one

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("used", Moment),
)

members = Table(
    "members",
    metadata,
    # Who may see a questionnaire that is `restricted`.
    Column("questionnaire", ForeignKey("questionnaires.id", ondelete="CASCADE"), primary_key=True),
    Column("person", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
)

rounds = Table(
    "rounds",
    metadata,
    # A questionnaire that goes on from an earlier one: a newer version of the form, or a new round after sending.
    Column("questionnaire", ForeignKey("questionnaires.id", ondelete="CASCADE"), primary_key=True),
    Column("previous", ForeignKey("questionnaires.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
)

alike = Table(
    "alike",
    metadata,
    # The normal forms (`questions.key`) of two questions that are nearly the same, in both orders.
    Column("key", Text, primary_key=True),
    Column("other", Text, primary_key=True),
)

assignments = Table(
    "assignments",
    metadata,
    Column("question", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("person", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("due", Date),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
)

comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", ForeignKey("questions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    # The accounts mentioned in it.
    Column("mentions", Json, nullable=False),
    Column("removed", Moment),
    sqlite_autoincrement=True,
)

opened = Table(
    "opened",
    metadata,
    # Which version of an answer somebody last had in front of them.
    Column("question", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("person", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    # What somebody did to an answer and may still take back: from which version to which, and the answer before it.
    Column("id", Integer, primary_key=True),
    Column("question", ForeignKey("questions.id", ondelete="CASCADE"), nullable=False),
    Column("by", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("action", String(20), nullable=False),
    Column("base", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("before", Json, nullable=False),
    # Digests of the passages that a rejection turned down.
    Column("lowered", Json, nullable=False),
    Index(None, "question", "version"),
    sqlite_autoincrement=True,
)

completed_answers = Table(
    "completed_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("completed", ForeignKey("completed.id", ondelete="CASCADE"), nullable=False, index=True),
    # The question as it stood then; it may be gone since, by a corrected layout.
    Column("question", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("choice", Text),
    Column("answer", Text, nullable=False),
    Column("citations", Json, nullable=False),
    sqlite_autoincrement=True,
)

sendings = Table(
    "sendings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("completed", ForeignKey("completed.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("recipient", Text, nullable=False),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

told = Table(
    "told",
    metadata,
    # The customer was told that what this answer said has changed since it was sent.
    Column("sending", ForeignKey("sendings.id", ondelete="CASCADE"), primary_key=True),
    Column("answer", ForeignKey("completed_answers.id", ondelete="CASCADE"), primary_key=True),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
)

notifications = Table(
    "notifications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(20), nullable=False),
    # What it is about, as the audit log names things: `question 12`, `questionnaire 3`, `library entry 7`.
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    # Who caused it; nobody, when the application did.
    Column("by", ForeignKey("accounts.id")),
    Column("at", Moment, nullable=False),
    Column("seen", Moment),
    Index(None, "person", "seen"),
    CheckConstraint("kind IN ('assigned', 'mentioned', 'submitted', 'due', 'rejected', 'review_due')", name="kind"),
    sqlite_autoincrement=True,
)

statement_versions = Table(
    "statement_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    # Of a statement file; a row is added whenever its digest changes, with an empty text when the file is gone.
    Column("path", Text, nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("length(digest) = 64", name="digest"),
    sqlite_autoincrement=True,
)

statement_proposals = Table(
    "statement_proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    # Of the file the proposal was made from.
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("closed", Moment),
    Column("closed_by", ForeignKey("accounts.id")),
    Column("outcome", String(20), nullable=False, server_default=""),
    CheckConstraint("outcome IN ('', 'taken', 'turned down', 'withdrawn')", name="outcome"),
    CheckConstraint("length(digest) = 64", name="digest"),
    sqlite_autoincrement=True,
)
