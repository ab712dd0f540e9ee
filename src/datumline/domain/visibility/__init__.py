"""The six-month visibility plan: four artifacts that both sign, audits, a forecast in time."""
