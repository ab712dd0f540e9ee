"""Connectors: one folder a source, each with a client that fetches raw data and a pure translation to drafts."""
