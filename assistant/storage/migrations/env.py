"""What Alembic runs: the migrations, on the connection and within the transaction it is given."""

from alembic import context

from assistant.storage import desk_tables

context.configure(connection=context.config.attributes["connection"], target_metadata=desk_tables.metadata)
context.run_migrations()
