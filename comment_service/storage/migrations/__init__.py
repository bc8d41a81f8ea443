"""The way of a PostgreSQL database from one release's tables to the next."""
