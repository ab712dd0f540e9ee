"""Settings and wiring: the only folder that knows everyone."""
