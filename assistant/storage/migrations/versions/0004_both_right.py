"""Pairs of passages that look like a conflict and of which a reviewer said that both are right."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "both_right",
        sa.Column("one", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=64), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(one) = 64 AND length(other) = 64", name=op.f("ck_both_right_digests")),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_both_right_by")),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_both_right")),
    )
