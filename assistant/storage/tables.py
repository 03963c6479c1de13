"""The tables as they are now; `migrations` leads there, and a test holds that both are the same.

What a row may hold is said by CHECK constraints here; what may become of a row by triggers (migration 0002).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from assistant.storage.columns import Json, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", Text, nullable=False),
    # The address folded in case, by which an account is found; SQL's lower() differs between the engines.
    Column("email_key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("second_factor", Text, nullable=False),
    # The last time step a code of the second factor was used for: no code is taken twice (RFC 6238, section 5.2).
    Column("second_factor_step", Integer, nullable=False, server_default="0"),
    # The time zone in which moments are shown, "" for that of the browser; and the notifications switched off.
    Column("zone", Text, nullable=False, server_default=""),
    Column("muted", Json, nullable=False, server_default="[]"),
    CheckConstraint("role IN ('sales', 'expert', 'reviewer', 'administrator')", name="role"),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("agent", Text, nullable=False),
    Column("address", Text, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("expires", Moment, nullable=False),
    Column("used", Moment),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE")),
    # Who made it; nobody, when it was made on the console.
    Column("by", ForeignKey("accounts.id")),
    CheckConstraint("role IN ('sales', 'expert', 'reviewer', 'administrator')", name="role"),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email_key", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "email_key", "at"),
    Index(None, "address", "at"),
)

originals = Table(
    "originals",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("length(digest) = 64", name="digest"),
)

questionnaires = Table(
    "questionnaires",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("deployment", Text),
    Column("nda", Boolean, nullable=False),
    Column("due", Date),
    Column("owner", ForeignKey("accounts.id"), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("created", Moment, nullable=False),
    Column("original", ForeignKey("originals.digest"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("format", String(20), nullable=False),
    # Several files for one deal bear its name.
    Column("deal", Text, nullable=False, server_default=""),
    Column("archived", Moment),
    # Only its members, its owner and administrators see it.
    Column("restricted", Boolean, nullable=False, server_default=false()),
    # Large, so last: a list of questionnaires is read without it.
    Column("found", Json, nullable=False),
    # What people put right in it, as `layout.as_json` has it, and whether somebody should look at it.
    Column("corrections", Json, nullable=False, server_default="[]"),
    Column("doubtful", Boolean, nullable=False, server_default=false()),
    CheckConstraint("stage IN ('layout', 'drafting', 'open', 'completed', 'sent')", name="stage"),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("questionnaire", ForeignKey("questionnaires.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    # The question, column by column the keys of `Question.as_json`.
    Column("text", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("location", Text, nullable=False),
    # The normal form of the text, by which the same question is found in other questionnaires.
    Column("key", Text, nullable=False, server_default="", index=True),
    Column("certainty", Float, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("label", Boolean, nullable=False),
    Column("fields", Json, nullable=False),
    # Whether the customer's file holds an answer already, where ours would go.
    Column("kept", Boolean, nullable=False, server_default=false()),
    # The answer.
    Column("state", String(20), nullable=False),
    Column("choice", Text),
    Column("answer", Text, nullable=False),
    Column("citations", Json, nullable=False),
    Column("not_applicable", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("objection", Text, nullable=False),
    Column("author", ForeignKey("accounts.id")),
    # Whether somebody worded what matching drafted in another way.
    Column("reworded", Boolean, nullable=False, server_default=false()),
    Column("approved_by", ForeignKey("accounts.id")),
    Column("approved_at", Moment),
    Column("approved_digest", String(64)),
    # What matching found.
    Column("status", String(20)),
    Column("confidence", Float, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("questionnaire", "position"),
    # All that a list of questionnaires counts, so that it need not read the texts.
    Index(None, "questionnaire", "state", "kept"),
    Index(
        "ix_questions_objection",
        "questionnaire",
        sqlite_where=text("objection <> ''"),
        postgresql_where=text("objection <> ''"),
    ),
    # All that the figures count, so that they need not read the texts.
    Index(
        "ix_questions_figures",
        *("status", "state", "confidence", "reworded", "author", "approved_at", "label", "questionnaire", "version"),
    ),
    CheckConstraint("state IN ('unanswered', 'drafted', 'submitted', 'approved')", name="state"),
    CheckConstraint("status IN ('suggested', 'weak', 'no_match', 'routed')", name="status"),
    CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence"),
    CheckConstraint(
        "state = 'unanswered' OR coalesce(choice, '') <> '' OR answer <> '' OR not_applicable <> ''", name="said"
    ),
    CheckConstraint("state = 'unanswered' OR author IS NOT NULL OR CAST(citations AS TEXT) <> '[]'", name="cited"),
    CheckConstraint(
        "(state = 'approved') = (approved_by IS NOT NULL)"
        " AND (state = 'approved') = (approved_at IS NOT NULL)"
        " AND (state = 'approved') = (approved_digest IS NOT NULL)",
        name="approval",
    ),
    CheckConstraint("length(approved_digest) = 64", name="approved_digest"),
    sqlite_autoincrement=True,
)

completed = Table(
    "completed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("questionnaire", ForeignKey("questionnaires.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("places", Integer, nullable=False),
    Column("approved", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # A digest of which value went to which place; of documents made before it was kept, nothing.
    Column("written", String(64), nullable=False, server_default=""),
    CheckConstraint("length(digest) = 64", name="digest"),
    sqlite_autoincrement=True,
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("created", Moment, nullable=False),
    Column("worker", Text),
    # When the worker was last heard of, and how often the job was taken up.
    Column("heard", Moment),
    Column("claims", Integer, nullable=False),
    Column("finished", Moment),
    Column("error", Text, nullable=False),
    Index(
        "uq_jobs_unfinished",
        "kind",
        "subject",
        unique=True,
        sqlite_where=text("finished IS NULL"),
        postgresql_where=text("finished IS NULL"),
    ),
    Index(None, "kind", "subject"),
    sqlite_autoincrement=True,
)

library = Table(
    "library",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("deployments", Json, nullable=False),
    Column("also_asked", Json, nullable=False),
    Column("choice", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_on", Date),
    Column("review_by", Date),
    Column("evidence", Json, nullable=False),
    Column("tags", Json, nullable=False),
    Column("audience", String(20), nullable=False),
    Column("retired", Boolean, nullable=False),
    # Waits for a reviewer; never used before one takes it.
    Column("proposed", Boolean, nullable=False, server_default=false()),
    # The entry that a proposal would change; of a new one, none. Entries are never deleted.
    Column("replaces", Integer),
    # Indexed, so that a look for changes reads no entry.
    Column("version", Integer, nullable=False, index=True),
    CheckConstraint("audience IN ('public', 'nda', 'internal')", name="audience"),
    sqlite_autoincrement=True,
)

layouts = Table(
    "layouts",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("corrections", Json, nullable=False),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("length(fingerprint) = 64", name="fingerprint"),
)

rejections = Table(
    "rejections",
    metadata,
    Column("question_key", Text, primary_key=True),
    Column("passage_digest", String(64), primary_key=True),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
)

both_right = Table(
    "both_right",
    metadata,
    # The digests of two passages that look like a conflict, in alphabetical order.
    Column("one", String(64), primary_key=True),
    Column("other", String(64), primary_key=True),
    Column("by", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("length(one) = 64 AND length(other) = 64", name="digests"),
)

audit = Table(
    "audit",
    metadata,
    # Given out by the log itself, so that a missing row is a gap.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", ForeignKey("accounts.id")),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("before", Json),
    Column("after", Json),
    Column("mac", String(64), nullable=False),
    # For the page of the log, which is read by id: each filter finds its events there in that order.
    Index(None, "by", "id"),
    Index(None, "action", "id"),
    Index(None, "by", "action", "id"),
    Index(None, "at"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("mac", String(64), nullable=False),
    # Keyed like the rows, so that a shortened log cannot be given a matching head.
    Column("seal", String(64), nullable=False),
    CheckConstraint("id = 1", name="single"),
)
