"""Connectors: one folder a source: a client that fetches raw data, a pure translation to drafts."""
