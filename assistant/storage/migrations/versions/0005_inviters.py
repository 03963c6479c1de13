"""Who made an invitation; it does not outlive their being an administrator."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; for invitations that are under way nobody stands in it, as for those from the console."""
    # SQLite names a reference only in a table that is made with it, so there the table is copied.
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("by", sa.Integer()))
        table.create_foreign_key(op.f("fk_invitations_by"), "accounts", ["by"], ["id"])
