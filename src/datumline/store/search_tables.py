"""The tables of the search: a projection of the ledger, for each kind of database.

`search_entry` numbers the entries that can be found, in the order of their writing; `search_mark` says how
far each stream was taken in. The words of each entry stand in `search_words`: on SQLite a full-text table
(FTS5) that keeps words alone, on PostgreSQL a column and its index.
"""

from __future__ import annotations


def search(vendor: str) -> tuple[str, ...]:
    """The statements that make the tables."""
    return SQLITE if vendor == "sqlite" else POSTGRESQL


_MARK = "CREATE TABLE search_mark (stream {text} NOT NULL PRIMARY KEY, seq bigint NOT NULL)"
SQLITE = (
    "CREATE TABLE search_entry (number integer NOT NULL PRIMARY KEY, entry text NOT NULL UNIQUE)",
    _MARK.format(text="text"),
    """CREATE VIRTUAL TABLE search_words USING fts5(
        words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars ':'"
    )""",
    "CREATE VIRTUAL TABLE search_term USING fts5vocab(search_words, instance)",
)
POSTGRESQL = (
    """CREATE TABLE search_entry (
        number bigint NOT NULL PRIMARY KEY,
        entry text COLLATE "C" NOT NULL UNIQUE,
        words tsvector NOT NULL
    )""",
    _MARK.format(text='text COLLATE "C"'),
    "CREATE INDEX search_words ON search_entry USING gin (words) WITH (fastupdate = off)",
)
