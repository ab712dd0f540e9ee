"""Signing: the installation's Ed25519 key and the receipts that it signs."""
