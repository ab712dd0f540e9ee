"""Evidence: the closed list of kinds, what an entry says, and how entries form a chain."""
