"""Clocks: a deadline from an event and a policy, in the engineer's own calendar."""
