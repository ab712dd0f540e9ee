"""Rendering: a document to a real PDF, its pages counted."""
