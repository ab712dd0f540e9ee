"""The demo: an invented organisation over two years, replayed into a ledger of its own."""
