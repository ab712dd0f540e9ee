"""Incidents: what went wrong, and who did what in it, from a table."""
