"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("second_factor", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('sales', 'expert', 'reviewer', 'administrator')", name=op.f("ck_accounts_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email_key", name=op.f("uq_accounts_email_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("worker", sa.Text()),
        sa.Column("heard", _MOMENT),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("finished", _MOMENT),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_jobs_kind_subject"), "jobs", ["kind", "subject"])
    op.create_index(
        "uq_jobs_unfinished",
        "jobs",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("finished IS NULL"),
        postgresql_where=sa.text("finished IS NULL"),
    )
    op.create_table(
        "library",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("deployments", sa.JSON(), nullable=False),
        sa.Column("also_asked", sa.JSON(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date()),
        sa.Column("review_by", sa.Date()),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("audience IN ('public', 'nda', 'internal')", name=op.f("ck_library_audience")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "login_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failures")),
    )
    op.create_index(op.f("ix_login_failures_address_at"), "login_failures", ["address", "at"])
    op.create_index(op.f("ix_login_failures_email_key_at"), "login_failures", ["email_key", "at"])
    op.create_table(
        "originals",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_originals_digest")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_originals")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.Integer()),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_audit_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"])
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT),
        sa.Column("account", sa.Integer()),
        sa.CheckConstraint(
            "role IN ('sales', 'expert', 'reviewer', 'administrator')", name=op.f("ck_invitations_role")
        ),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_invitations_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_email_key"), "invitations", ["email_key"])
    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("deployment", sa.Text()),
        sa.Column("nda", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("original", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('layout', 'drafting', 'open', 'completed', 'sent')", name=op.f("ck_questionnaires_stage")
        ),
        sa.ForeignKeyConstraint(["original"], ["originals.digest"], name=op.f("fk_questionnaires_original")),
        sa.ForeignKeyConstraint(["owner"], ["accounts.id"], name=op.f("fk_questionnaires_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_questionnaires_original"), "questionnaires", ["original"])
    op.create_table(
        "rejections",
        sa.Column("question_key", sa.Text(), nullable=False),
        sa.Column("passage_digest", sa.String(length=64), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_rejections_by")),
        sa.PrimaryKeyConstraint("question_key", "passage_digest", name=op.f("pk_rejections")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_sessions_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"])
    op.create_table(
        "completed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_completed_digest")),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_completed_by")),
        sa.ForeignKeyConstraint(
            ["questionnaire"], ["questionnaires.id"], name=op.f("fk_completed_questionnaire"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completed")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_completed_questionnaire"), "completed", ["questionnaire"])
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("label", sa.Boolean(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("choice", sa.Text()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("not_applicable", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("author", sa.Integer()),
        sa.Column("approved_by", sa.Integer()),
        sa.Column("approved_at", _MOMENT),
        sa.Column("approved_digest", sa.String(length=64)),
        sa.Column("status", sa.String(length=20)),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_by IS NOT NULL)"
            " AND (state = 'approved') = (approved_at IS NOT NULL)"
            " AND (state = 'approved') = (approved_digest IS NOT NULL)",
            name=op.f("ck_questions_approval"),
        ),
        sa.CheckConstraint(
            "state = 'unanswered' OR author IS NOT NULL OR CAST(citations AS TEXT) <> '[]'",
            name=op.f("ck_questions_cited"),
        ),
        sa.CheckConstraint(
            "state = 'unanswered' OR coalesce(choice, '') <> '' OR answer <> '' OR not_applicable <> ''",
            name=op.f("ck_questions_said"),
        ),
        sa.CheckConstraint(
            "state IN ('unanswered', 'drafted', 'submitted', 'approved')", name=op.f("ck_questions_state")
        ),
        sa.CheckConstraint("status IN ('suggested', 'weak', 'no_match', 'routed')", name=op.f("ck_questions_status")),
        sa.CheckConstraint("confidence >= 0 AND confidence <= 1", name=op.f("ck_questions_confidence")),
        sa.CheckConstraint("length(approved_digest) = 64", name=op.f("ck_questions_approved_digest")),
        sa.ForeignKeyConstraint(["approved_by"], ["accounts.id"], name=op.f("fk_questions_approved_by")),
        sa.ForeignKeyConstraint(["author"], ["accounts.id"], name=op.f("fk_questions_author")),
        sa.ForeignKeyConstraint(
            ["questionnaire"], ["questionnaires.id"], name=op.f("fk_questions_questionnaire"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("questionnaire", "position", name=op.f("uq_questions_questionnaire_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_questions_questionnaire_state"), "questions", ["questionnaire", "state"])
