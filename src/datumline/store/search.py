"""Find entries by their words, with the reader's rights inside the query.

What may not be read is neither counted nor waited for: a reader of few streams asks within these alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db import connection

from datumline.domain.evidence.body import Stored, entry_of
from datumline.domain.evidence.entry import Audience, Entry, EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.sought import SOUGHT, begins
from datumline.domain.people.access_filter import Clause
from datumline.store.readable import NOTHING, where
from datumline.store.reading import STORED_COLUMNS
from datumline.store.search_index import KIND, STREAM, plain
from datumline.store.sql import Value, marks

NARROW = 400  # streams named in the question itself; a reader of more reads nearly everything


def find(
    words: Collection[str],
    *,
    readable: Sequence[Clause],
    most: int,
    kinds: Collection[Kind] = (),
    after: EntryId | None = None,
) -> list[Entry]:
    """The entries that say all these words and that the reader may read, the latest written first.

    `after` goes on behind that entry. At most `most`, and no count of any others.
    """
    condition, values = where([each for each in readable if not each.kinds or each.kinds & SOUGHT])
    if not words or condition == NOTHING:
        return []
    streams = _streams(readable)
    if streams is not None and not streams:
        return []
    sought, asked = _asked(words, streams, kinds)
    behind: list[Value] = []
    if after is not None:
        sought += " AND x.number < (SELECT number FROM search_entry WHERE entry = %s)"
        behind.append(after)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {STORED_COLUMNS} FROM {_FROM[connection.vendor]} "
            "CROSS JOIN ledger_entry e CROSS JOIN ledger_stream s "
            f"WHERE {sought} AND e.hash = x.entry AND s.id = e.stream AND {condition} "
            "ORDER BY x.number DESC LIMIT %s",
            [asked, *behind, *values, most],
        )
        return [entry_of(Stored._make(row)) for row in cursor.fetchall()]


_FROM = {"sqlite": "search_words w CROSS JOIN search_entry x", "postgresql": "search_entry x"}


def _asked(
    words: Collection[str], streams: Collection[StreamId] | None, kinds: Collection[Kind]
) -> tuple[str, str]:
    """The condition and the database's own question: all words, in one of the streams, of a kind."""
    some = [[f"{STREAM}{each}" for each in streams or ()], [f"{KIND}{plain(each)}" for each in kinds]]
    if connection.vendor == "postgresql":
        parts = [f"'{word}'{':*' if begins(word) else ''}" for word in words]
        parts += [f"({' | '.join(repr(each) for each in group)})" for group in some if group]
        return "x.words @@ %s::tsquery", " & ".join(parts)
    parts = [f'"{word}"{" *" if begins(word) else ""}' for word in words]
    parts += [f"({' OR '.join(_quoted(each) for each in group)})" for group in some if group]
    return "w.search_words MATCH %s AND x.number = w.rowid", " AND ".join(parts)


def _quoted(token: str) -> str:
    return f'"{token}"'


def _streams(readable: Sequence[Clause]) -> list[StreamId] | None:
    """The streams in which the reader may read anything that is sought; None for more than can be named."""
    wide = [
        replace(each, kinds=frozenset(), except_kinds=frozenset(), author=None, not_author=None, since=None)
        for each in readable
        if (not each.kinds or each.kinds & SOUGHT) and each.audience != Audience.PRIVATE
    ]
    condition, values = where(wide)
    own = sorted({each.author for each in readable if each.audience == Audience.PRIVATE and each.author})
    if own:
        condition = f"({condition} OR s.owner IN ({marks(len(own))}))"
        values = [*values, *own]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s.id FROM ledger_stream s WHERE {condition} LIMIT {NARROW + 1}", values)
        found = [row[0] for row in cursor.fetchall()]
    return None if len(found) > NARROW else found
