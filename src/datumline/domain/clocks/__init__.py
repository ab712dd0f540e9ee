"""Deadlines: a day computed from an event and a policy, by the engineer's own calendar."""
