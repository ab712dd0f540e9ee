"""Outgoing mail: a letter that is safe to hand over, and the server that takes it."""
