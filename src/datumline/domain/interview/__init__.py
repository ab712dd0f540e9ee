"""Interviews: what an answer covers, what it earns, what is asked next, and how a round goes on."""
