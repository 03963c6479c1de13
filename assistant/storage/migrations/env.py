"""What Alembic runs: the migrations, on the connection and within the transaction it is given."""

from alembic import context

from assistant.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
