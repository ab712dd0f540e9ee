"""Figures over a window, each with its count, its interval and the entries behind it."""
