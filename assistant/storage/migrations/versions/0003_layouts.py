"""What people put right in how a document was understood, and the layouts remembered for a form."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("questionnaires", sa.Column("corrections", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("questionnaires", sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "layouts",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_layouts_fingerprint")),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_layouts_by")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_layouts")),
    )
