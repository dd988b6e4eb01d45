"""Alembic's entry point: runs the migrations on the connection of `bot.records.migrate`."""

from alembic import context

from bot.records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
