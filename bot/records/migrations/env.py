"""What Alembic runs: the migrations, on the connection that `bot.records.migrate` hands over."""

from alembic import context

from bot.records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
