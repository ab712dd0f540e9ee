"""People: who somebody is, where they stand from which day on, and who may see what."""
