"""Recovery after a "no" from the bar raiser: whether to ask for a re-run."""
