"""The PostgreSQL store: any number of services and functions on one database."""
