"""The words of entries, kept for searching: a projection of the ledger, taken in when somebody searches.

Appending costs nothing here. `take_in` brings the index up to the ledger; a redaction takes its words out in
its own transaction (`forget_words`). `search_faults` holds the index against the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db import DatabaseError, connection

from datumline.domain.evidence.entry import EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.sought import SOUGHT, SOUGHT_IN, words_in
from datumline.domain.problem import Problem
from datumline.store.sql import marks, rows
from datumline.store.transaction import in_transaction
from datumline.store.version import ledger_version

LISTED = 100_000  # missing entries listed at once, to be taken in by many transactions
AT_ONCE = 1_000  # entries of one transaction: a quarter of a second during which nobody else can write
MANY = 10_000  # entries taken in at once that change how common words are
KIND = ":"  # before a kind among the words of an entry; no word of a text begins so
Words = frozenset[str]


class Missing(NamedTuple):
    """An entry that the index does not hold yet."""

    stream: StreamId
    seq: int
    entry: EntryId


_taken_in: dict[tuple[str, ...], tuple[int, int]] = {}  # by database, the ledger's version that is wholly in


def take_in(*, most: int | None = None) -> bool:
    """Take in what was written since; at most so many entries. Says whether the index is now complete.

    Where the database cannot be written, what is there is searched.
    """
    version, database = ledger_version(), _database()
    if _taken_in.get(database) == version:
        return True
    left = most
    while left is None or left > 0:
        wanted = LISTED if left is None else min(left, LISTED)
        missing = _missing(wanted)
        try:
            for at in range(0, len(missing), AT_ONCE):
                part = missing[at : at + AT_ONCE]
                in_transaction(lambda part=part: _take(part))  # type: ignore[misc]  # this round's
        except DatabaseError:
            if connection.in_atomic_block:
                raise
            return False
        if len(missing) > MANY:
            _count_again()
        if len(missing) < wanted:
            _taken_in[database] = version
            return True
        left = None if left is None else left - len(missing)
    return False


def _count_again() -> None:
    """Let PostgreSQL see how common words are, so that it chooses the right way to them."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_entry, ledger_entry, ledger_stream, ledger_head")


def _database() -> tuple[str, ...]:
    return tuple(str(connection.settings_dict[name]) for name in ("NAME", "HOST", "PORT"))


def _missing(most: int) -> list[Missing]:
    """The entries that the index lacks, those written first before the others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.stream, e.seq, e.hash FROM ledger_head h "
            "JOIN ledger_stream s ON s.id = h.stream LEFT JOIN search_mark m ON m.stream = h.stream "
            "JOIN ledger_entry e ON e.stream = h.stream AND e.seq > COALESCE(m.seq, -1) "
            f"WHERE (m.seq IS NULL OR m.seq < h.seq) AND s.audience IN ({marks(len(SOUGHT_IN))}) "
            "ORDER BY e.recorded_at, e.stream, e.seq LIMIT %s",
            [*SOUGHT_IN, most],
        )
        return [Missing._make(row) for row in cursor.fetchall()]


def _take(part: Sequence[Missing]) -> None:
    """Take these in, but for those that somebody else took in meanwhile."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE search_mark IN EXCLUSIVE MODE")
        cursor.execute("SELECT COALESCE(MAX(number), 0) FROM search_entry")
        number = int(cursor.fetchone()[0])
    come = dict(
        rows("SELECT stream, seq FROM search_mark WHERE stream IN ({})", {each.stream for each in part})
    )
    missing = [each for each in part if each.seq > come.get(each.stream, -1)]
    bodies = {
        row[0]: row[1:]
        for row in rows(
            "SELECT hash, kind, body FROM ledger_entry WHERE hash IN ({})", [each.entry for each in missing]
        )
    }
    found = [
        (each, words_of_entry(each.stream, *bodies[each.entry]))
        for each in missing
        if bodies[each.entry][0] in SOUGHT
    ]
    _write(number + 1, [(each, words, bodies[each.entry][0]) for each, words in found])
    _mark({each.stream: each.seq for each in missing})


def words_of_entry(stream: StreamId, kind: str, body: str) -> Words:
    """The words by which an entry is found. Raises Problem for a body that cannot be read."""
    try:
        said = {name: json.loads(held[1]) for name, held in json.loads(body).items() if held}
        return words_in(Kind(kind), said)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError) as wrong:
        raise Problem(
            "an entry is damaged", where=f"stream {stream}", expected="see `datumline ledger verify`"
        ) from wrong


def token_of(kind: str) -> str:
    """A kind as it stands among the words of an entry."""
    return KIND + kind.replace("-", "")


def spaced(words: Iterable[str]) -> str:
    """Words as one text in which each has a space before and behind it."""
    return f" {' '.join(sorted(words))} "


def _write(number: int, found: Sequence[tuple[Missing, Words, str]]) -> None:
    numbered = [(number + at, each, words, token_of(kind)) for at, (each, words, kind) in enumerate(found)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_word (word) VALUES (%s) ON CONFLICT DO NOTHING",
            [(word,) for word in sorted(frozenset[str]().union(*(words for _, words, _ in found)))],
        )
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO search_entry (number, entry, stream, words) "
                "VALUES (%s, %s, %s, array_to_tsvector(%s))",
                [(at, each.entry, each.stream, sorted({*words, kind})) for at, each, words, kind in numbered],
            )
            return
        cursor.executemany(
            "INSERT INTO search_entry (number, entry, stream, words) VALUES (%s, %s, %s, %s)",
            [(at, each.entry, each.stream, spaced({*words, kind})) for at, each, words, kind in numbered],
        )
        cursor.executemany(
            "INSERT INTO search_words (rowid, words) VALUES (%s, %s)",
            [(at, spaced({*words, kind})) for at, _, words, kind in numbered],
        )


def _mark(ends: dict[StreamId, int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_mark (stream, seq) VALUES (%s, %s) "
            "ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq",
            list(ends.items()),
        )


def forget_words(stream: StreamId, entry: EntryId, kind: str, before: str, after: str) -> None:
    """Take out of the index what a redaction took out of a body, in the redaction's own transaction.

    A full-text index keeps a word for a while after nothing says it, so it is written anew as a whole: on
    SQLite here, on PostgreSQL once all is committed (`transaction.forget`): seconds in a large ledger.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM search_entry WHERE entry = %s", [entry])
        row = cursor.fetchone()
        if row is None:
            return
        token = token_of(kind)
        old, new = ({*words_of_entry(stream, kind, body), token} for body in (before, after))
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE search_entry SET words = array_to_tsvector(%s) WHERE number = %s",
                [sorted(new), row[0]],
            )
        else:
            cursor.execute("UPDATE search_entry SET words = %s WHERE number = %s", [spaced(new), row[0]])
            cursor.execute(
                "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', %s, %s)",
                [row[0], spaced(old)],
            )
            cursor.execute("INSERT INTO search_words (rowid, words) VALUES (%s, %s)", [row[0], spaced(new)])
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
    _forget_unsaid(old - new)


def _forget_unsaid(words: Collection[str]) -> None:
    """Take out of the list of words those that no entry says any more."""
    says = {
        "sqlite": ("SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT 1", '"{}"'),
        "postgresql": ("SELECT 1 FROM search_entry WHERE words @@ %s::tsquery LIMIT 1", "'{}'"),
    }
    question, quoted = says[connection.vendor]
    with connection.cursor() as cursor:
        for word in words:
            cursor.execute(question, [quoted.format(word)])
            if cursor.fetchone() is None:
                cursor.execute("DELETE FROM search_word WHERE word = %s", [word])


def rebuild() -> None:
    """Make the index anew from the ledger."""
    _taken_in.pop(_database(), None)
    in_transaction(_empty)
    take_in()


def _empty() -> None:
    with connection.cursor() as cursor:
        for table in ("search_entry", "search_mark", "search_word"):
            cursor.execute(f"DELETE FROM {table}")
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
