"""Imports: evidence and people from elsewhere, with a report of what became of every row."""
