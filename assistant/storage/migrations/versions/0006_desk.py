"""What people do around answers and the library: who has what, what was said, what was sent to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_FIXED = {
    "completed_answers": "What a completed document says is never changed.",
    "sendings": "What was sent to whom is never changed.",
}
_STILL_THERE = "EXISTS (SELECT 1 FROM completed WHERE completed.id = OLD.completed)"

# What earlier versions did not keep: what a completed document says is known of the newest one, where its
# questionnaire was not changed since and every answer that is approved now went into it.
_SAID = """
INSERT INTO completed_answers (completed, question, position, number, text, choice, answer, citations)
SELECT done.id, asked.id, asked.position, asked.number, asked.text, asked.choice, asked.answer, asked.citations
FROM completed AS done
JOIN questionnaires AS form ON form.id = done.questionnaire
JOIN questions AS asked ON asked.questionnaire = form.id
WHERE form.stage IN ('completed', 'sent') AND asked.state = 'approved'
AND done.id = (SELECT max(other.id) FROM completed AS other WHERE other.questionnaire = form.id)
AND done.approved = (
    SELECT count(*) FROM questions AS other WHERE other.questionnaire = form.id AND other.state = 'approved'
)
ORDER BY done.id, asked.position
"""


def upgrade() -> None:
    """Add the tables and columns, and the triggers that keep what was sent as it was."""
    op.create_table(
        "statement_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_statement_versions_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_versions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_statement_versions_path"), "statement_versions", ["path"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('assigned', 'mentioned', 'due', 'rejected', 'review_due')", name=op.f("ck_notifications_kind")
        ),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_notifications_by")),
        sa.ForeignKeyConstraint(["person"], ["accounts.id"], name=op.f("fk_notifications_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notifications_person_seen"), "notifications", ["person", "seen"], unique=False)
    op.create_table(
        "recovery_codes",
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_recovery_codes_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "statement_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), server_default="", nullable=False),
        sa.CheckConstraint(
            "outcome IN ('', 'taken', 'turned down', 'withdrawn')", name=op.f("ck_statement_proposals_outcome")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_statement_proposals_digest")),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_statement_proposals_by")),
        sa.ForeignKeyConstraint(["closed_by"], ["accounts.id"], name=op.f("fk_statement_proposals_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "members",
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["accounts.id"], name=op.f("fk_members_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["questionnaire"], ["questionnaires.id"], name=op.f("fk_members_questionnaire"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("questionnaire", "person", name=op.f("pk_members")),
    )
    op.create_table(
        "rounds",
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["previous"], ["questionnaires.id"], name=op.f("fk_rounds_previous"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire"], ["questionnaires.id"], name=op.f("fk_rounds_questionnaire"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("questionnaire", name=op.f("pk_rounds")),
    )
    op.create_index(op.f("ix_rounds_previous"), "rounds", ["previous"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_assignments_by")),
        sa.ForeignKeyConstraint(["person"], ["accounts.id"], name=op.f("fk_assignments_person")),
        sa.ForeignKeyConstraint(
            ["question"], ["questions.id"], name=op.f("fk_assignments_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_person"), "assignments", ["person"], unique=False)
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_comments_by")),
        sa.ForeignKeyConstraint(["question"], ["questions.id"], name=op.f("fk_comments_question"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_comments_question"), "comments", ["question"], unique=False)
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("lowered", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_changes_by")),
        sa.ForeignKeyConstraint(["question"], ["questions.id"], name=op.f("fk_changes_question"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_by"), "changes", ["by"], unique=False)
    op.create_index(op.f("ix_changes_question_version"), "changes", ["question", "version"], unique=False)
    op.create_table(
        "completed_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["completed"], ["completed.id"], name=op.f("fk_completed_answers_completed"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completed_answers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_completed_answers_completed"), "completed_answers", ["completed"], unique=False)
    op.create_table(
        "opened",
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["accounts.id"], name=op.f("fk_opened_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["question"], ["questions.id"], name=op.f("fk_opened_question"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question", "person", name=op.f("pk_opened")),
    )
    op.create_table(
        "sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_sendings_by")),
        sa.ForeignKeyConstraint(
            ["completed"], ["completed.id"], name=op.f("fk_sendings_completed"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sendings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sendings_completed"), "sendings", ["completed"], unique=False)
    op.create_table(
        "told",
        sa.Column("sending", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer"], ["completed_answers.id"], name=op.f("fk_told_answer"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_told_by")),
        sa.ForeignKeyConstraint(["sending"], ["sendings.id"], name=op.f("fk_told_sending"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sending", "answer", name=op.f("pk_told")),
    )
    for columns in (["by", "id"], ["action", "id"], ["by", "action", "id"], ["at"]):
        op.create_index(op.f(f"ix_audit_{'_'.join(columns)}"), "audit", columns)
    op.add_column("accounts", sa.Column("second_factor_step", sa.Integer(), server_default="0", nullable=False))
    op.add_column("accounts", sa.Column("zone", sa.Text(), server_default="", nullable=False))
    op.add_column("accounts", sa.Column("muted", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("library", sa.Column("proposed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("library", sa.Column("replaces", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_library_version"), "library", ["version"], unique=False)
    op.add_column("questionnaires", sa.Column("deal", sa.Text(), server_default="", nullable=False))
    op.add_column("questionnaires", sa.Column("archived", sa.DateTime(timezone=True), nullable=True))
    op.add_column("questionnaires", sa.Column("restricted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "alike",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "other", name=op.f("pk_alike")),
    )
    op.add_column("questions", sa.Column("key", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_questions_key"), "questions", ["key"], unique=False)
    op.add_column("questions", sa.Column("reworded", sa.Boolean(), server_default=sa.false(), nullable=False))
    figures = [
        "status",
        "state",
        "confidence",
        "reworded",
        "author",
        "approved_at",
        "label",
        "questionnaire",
        "version",
    ]
    op.create_index("ix_questions_figures", "questions", figures, unique=False)
    op.add_column("questions", sa.Column("kept", sa.Boolean(), server_default=sa.false(), nullable=False))
    _mark_kept(op.get_bind())
    op.execute(_SAID)
    op.drop_index(op.f("ix_questions_questionnaire_state"), table_name="questions")
    counted = ["questionnaire", "state", "kept"]
    op.create_index(op.f("ix_questions_questionnaire_state_kept"), "questions", counted, unique=False)
    objected = sa.text("objection <> ''")
    op.create_index(
        "ix_questions_objection", "questions", ["questionnaire"], sqlite_where=objected, postgresql_where=objected
    )
    for table, message in _FIXED.items():
        _fix(table, message, op.get_bind().dialect.name == "sqlite")


def _mark_kept(connection: sa.Connection) -> None:
    """Mark the questions whose place for the choice, or for the text, held something as the customer sent it."""
    questions = sa.table("questions", sa.column("id"), sa.column("fields", sa.JSON()), sa.column("kept"))
    for row in connection.execute(sa.select(questions.c.id, questions.c.fields)).all():
        first: dict[str, str] = {}
        for field in row.fields:
            first.setdefault(field["kind"], field["value"] or "")
        if any(first.get(kind, "").strip() for kind in ("choice" if "choice" in first else "mark", "text")):
            connection.execute(sa.update(questions).where(questions.c.id == row.id).values(kept=True))


def _fix(table: str, message: str, sqlite: bool) -> None:
    """Refuse every change of a row, and its deletion but together with its completed document."""
    if sqlite:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN {_STILL_THERE} {refuse}")
        there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
        op.execute(f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} WHEN {there} {refuse}")
        return
    # The function `refuse` stands since migration 0002.
    refuse = f"EXECUTE FUNCTION refuse('{message}')"
    op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW {refuse}")
    op.execute(f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")
    op.execute(
        f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_STILL_THERE} THEN RAISE EXCEPTION '{message}'; END IF; RETURN OLD; END $$"
    )
    op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_kept()")
