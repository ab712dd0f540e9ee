"""Find entries by their words, with the reader's rights inside the query.

Who reads few streams is answered from these streams alone, so that not even the time tells of any others.
Who reads more is answered from the index over everything, the latest first, as far as is shown.
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
from datumline.store.readable import NOTHING, Condition, where
from datumline.store.reading import STORED_COLUMNS
from datumline.store.search_index import token_of
from datumline.store.sql import marks

FEW_STREAMS, FEW_ENTRIES = (
    2_000,
    30_000,
)  # what is read through, half a second at worst
MOST_MEANT = 200  # words that a beginning stands for, the shortest of them
LAST = "\U0010ffff"  # sorts behind every letter
UNSAID = "?"  # no word of any text


def find(  # noqa: PLR0913 - each of them narrows the one question
    words: Collection[str],
    *,
    readable: Sequence[Clause],
    most: int,
    kinds: Collection[Kind] = (),
    but: Collection[Kind] = (),
    after: EntryId | None = None,
) -> list[Entry]:
    """The entries that say all these words and that the reader may read, the latest written first.

    `kinds` keeps to these kinds, `but` leaves some out; `after` goes on behind that entry. At most `most`,
    and no count of any others.
    """
    rights = [each for each in readable if not each.kinds or each.kinds & SOUGHT]
    condition, values = where(rights)
    if not words or condition == NOTHING:
        return []
    streams = _streams(rights)
    if streams == []:
        return []
    if streams is None and any(_meant(word) == [UNSAID] for word in words):
        return []
    if streams is None:
        source, number, (sought, asked) = (
            _EVERYWHERE[connection.vendor],
            _EVERYWHERE_BY[connection.vendor],
            _everywhere(words, kinds),
        )
    else:
        source, number, (sought, asked) = (
            _WITHIN[connection.vendor],
            "x.number",
            _within(words, kinds, streams),
        )
    if after is not None:
        sought += f" AND {number} < (SELECT number FROM search_entry WHERE entry = %s)"
        asked.append(after)
    if but:
        sought += f" AND e.kind NOT IN ({marks(len(but))})"
        asked += but
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {STORED_COLUMNS} FROM {source.format(marks(len(streams or ())))} "
            "CROSS JOIN ledger_entry e CROSS JOIN ledger_stream s "
            f"WHERE {sought} AND e.hash = x.entry AND s.id = e.stream AND {condition} "
            f"ORDER BY {number} DESC LIMIT %s",
            [*asked, *values, most],
        )
        return [entry_of(Stored._make(row)) for row in cursor.fetchall()]


def _streams(rights: Sequence[Clause]) -> list[StreamId] | None:
    """The streams in which the reader may read what is sought; None for more than are read through."""
    streams = [
        replace(each, kinds=frozenset(), except_kinds=frozenset(), author=None, not_author=None, since=None)
        for each in rights
    ]
    condition, values = where(streams)
    own = sorted({each.author for each in rights if each.audience == Audience.PRIVATE and each.author})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, h.seq FROM ledger_stream s JOIN ledger_head h ON h.stream = s.id "
            f"WHERE {condition} AND s.owner IN ({marks(len(own) + 1)}) LIMIT {FEW_STREAMS + 1}",
            [*values, "", *own],
        )
        found = cursor.fetchall()
    few = len(found) <= FEW_STREAMS and sum(row[1] for row in found) <= FEW_ENTRIES
    return [row[0] for row in found] if few else None


# Within some streams their entries are read through; no planner may choose the index over everything here.
_WITHIN = {
    "sqlite": "(SELECT number, entry, words FROM search_entry WHERE stream IN ({})) x",
    "postgresql": "(SELECT number, entry, words FROM search_entry WHERE stream IN ({}) OFFSET 0) x",
}


def _within(words: Collection[str], kinds: Collection[Kind], streams: Collection[StreamId]) -> Condition:
    if connection.vendor == "postgresql":
        asked = [f"'{word}'{':*' if begins(word) else ''}" for word in words]
        asked += [" | ".join(f"'{token_of(each)}'" for each in kinds)] if kinds else []
        return "x.words @@ %s::tsquery", [*streams, " & ".join(f"({each})" for each in asked)]
    says = [[f" {word}{'' if begins(word) else ' '}"] for word in words]
    says += [[f" {token_of(each)} " for each in kinds]] if kinds else []
    sql = " AND ".join(f"({' OR '.join(['instr(x.words, %s) > 0'] * len(group))})" for group in says)
    return sql, [*streams, *(text for group in says for text in group)]


_EVERYWHERE_BY = {"sqlite": "w.rowid", "postgresql": "x.number"}
_EVERYWHERE = {"sqlite": "search_words w CROSS JOIN search_entry x", "postgresql": "search_entry x"}


def _everywhere(words: Collection[str], kinds: Collection[Kind]) -> Condition:
    groups = [*map(_meant, words), [token_of(each) for each in kinds]] if kinds else [*map(_meant, words)]
    if connection.vendor == "postgresql":
        asked = " & ".join(f"({' | '.join(map(_single, group))})" for group in groups)
        return "x.words @@ %s::tsquery", [asked]
    asked = " AND ".join(f"({' OR '.join(map(_double, group))})" for group in groups)
    return "w.search_words MATCH %s AND x.number = w.rowid", [asked]


def _single(token: str) -> str:
    return f"'{token}'"


def _double(token: str) -> str:
    return f'"{token}"'


def _meant(word: str) -> list[str]:
    """Those words of the record that begin with it, itself among them; `UNSAID` where none does."""
    if not begins(word):
        return [word]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM search_word WHERE word >= %s AND word < %s "
            "ORDER BY length(word), word LIMIT %s",
            [word, word + LAST, MOST_MEANT],
        )
        return [row[0] for row in cursor.fetchall()] or [UNSAID]
