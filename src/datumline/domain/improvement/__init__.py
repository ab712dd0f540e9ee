"""Improvement: the decision table before a formal plan, and later the plan itself."""
