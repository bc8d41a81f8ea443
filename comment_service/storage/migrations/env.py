"""What Alembic runs to migrate: the connection and its transaction are the caller's."""

from alembic import context

from comment_service.storage.postgres.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
