"""What each completed document wrote, as a digest: so that it is known whether the same would be written now."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; of documents made before nobody knows, and any change counts as one."""
    op.add_column("completed", sa.Column("written", sa.String(64), nullable=False, server_default=""))
