"""Feedback that can be used: where to begin, how it reads, how to mend it, what was agreed."""
