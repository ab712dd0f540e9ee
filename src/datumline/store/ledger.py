"""The ledger, for those above the store: append to it and read it. There is no update and no delete."""

from __future__ import annotations

from datumline.store.appending import Clock, append, place
from datumline.store.reading import Head, by_id, digest, entries, heads, placed

__all__ = ["Clock", "Head", "append", "by_id", "digest", "entries", "heads", "place", "placed"]
