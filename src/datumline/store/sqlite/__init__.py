"""SQLite as the ledger needs it: durable, forgetting what was struck, with triggers that fire on REPLACE."""
