"""People: who works here and to whom they report, from a table."""
