"""PostgreSQL as the ledger needs it: with every acknowledged commit on disk."""
