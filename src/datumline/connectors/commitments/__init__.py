"""Commitments: what somebody was to deliver by when, from a table."""
