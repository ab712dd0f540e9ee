"""The store: the only Django app and the only user of the database."""
