"""Reviewers are told of what was submitted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_KINDS = "kind IN ('assigned', 'mentioned', 'submitted', 'due', 'rejected', 'review_due')"


def upgrade() -> None:
    """Let a notification be of one kind more."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_notifications_kind"), "notifications", type_="check")
        op.create_check_constraint(op.f("ck_notifications_kind"), "notifications", _KINDS)
        return
    # SQLite changes no rule of a table: the table is copied into one that has the new rule.
    notifications = sa.Table(
        "notifications",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_KINDS, name=op.f("ck_notifications_kind")),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_notifications_by")),
        sa.ForeignKeyConstraint(["person"], ["accounts.id"], name=op.f("fk_notifications_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sqlite_autoincrement=True,
    )
    sa.Index(op.f("ix_notifications_person_seen"), notifications.c.person, notifications.c.seen)
    with op.batch_alter_table("notifications", copy_from=notifications, recreate="always"):
        pass
