"""The tables of the search: a projection of the ledger, for each kind of database.

`search_entry` numbers the entries that can be found, in the order of their writing, each with its words;
`search_mark` says how far each stream was taken in; `search_word` holds every word once, so that a beginning
leads to whole words. Over the words of all entries stands an index: on SQLite a full-text table (FTS5) of its
own, on PostgreSQL one over the column.
"""

from __future__ import annotations


def search(vendor: str) -> tuple[str, ...]:
    """The statements that make the tables."""
    return SQLITE if vendor == "sqlite" else POSTGRESQL


def _tables(text: str, words: str) -> tuple[str, ...]:
    return (
        f"""CREATE TABLE search_entry (
            number bigint NOT NULL PRIMARY KEY,
            entry {text} NOT NULL UNIQUE,
            stream {text} NOT NULL,
            words {words} NOT NULL
        )""",
        "CREATE INDEX search_entry_stream ON search_entry (stream, number)",
        f"CREATE TABLE search_mark (stream {text} NOT NULL PRIMARY KEY, seq bigint NOT NULL)",
        f"CREATE TABLE search_word (word {text} NOT NULL PRIMARY KEY)",
    )


SQLITE = (
    *_tables("text", "text"),
    """CREATE VIRTUAL TABLE search_words USING fts5(
        words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars ':'"
    )""",
    "CREATE VIRTUAL TABLE search_term USING fts5vocab(search_words, instance)",
)
POSTGRESQL = (
    *_tables('text COLLATE "C"', "tsvector"),
    "CREATE INDEX search_words ON search_entry USING gin (words) WITH (fastupdate = off)",
)
