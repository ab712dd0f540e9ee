"""Find entries by their words, with the reader's rights inside the query.

Who reads few streams is answered from these streams alone, so that not even the time tells of any others.
Who reads more is answered from the index over everything, the latest first, as far as is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from datumline.domain.evidence.body import Stored, entry_of
from datumline.domain.evidence.entry import Audience, Entry, EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.sought import SOUGHT, begins
from datumline.domain.people.access_filter import Clause
from datumline.store.readable import NOTHING, Condition, where
from datumline.store.reading import STORED_COLUMNS
from datumline.store.search_index import token_of
from datumline.store.sql import Value, marks

FEW_STREAMS, FEW_ENTRIES = (
    2_000,
    30_000,
)  # what is read through, half a second at worst
MOST_MEANT = 200  # words that a beginning stands for, the shortest of them
LAST = "\U0010ffff"  # sorts behind every letter
UNSAID = "?"  # no word of any text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is wanted of all that is found: only these kinds, or all but those; at most so many."""

    most: int
    kinds: tuple[Kind, ...] = ()
    but: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where a reader may find anything.

    Attributes:
        rights: the clauses by which they may read what is sought.
        streams: the streams to read through; None for more than are read through, none for no right at all.
    """

    rights: tuple[Clause, ...]
    streams: tuple[StreamId, ...] | None


def reach(readable: Sequence[Clause]) -> Reach:
    """The reach of somebody who may read these; worked out once for all that is asked in one request."""
    rights = tuple(each for each in readable if not each.kinds or each.kinds & SOUGHT)
    if where(rights)[0] == NOTHING:
        return Reach(rights=rights, streams=())
    subjects = frozenset[str | None]().union(*(each.subjects or () for each in rights))
    many = len(subjects) > FEW_STREAMS
    return Reach(rights=rights, streams=None if many else _streams(rights))


def find(
    words: Collection[str], *, reach: Reach, parts: Sequence[Part], after: EntryId | None = None
) -> list[list[Entry]]:
    """The entries that say all these words and that the reader may read, the latest written first, by part.

    `after` goes on behind that entry. No count is given of any others.
    """
    if not words or reach.streams == ():
        return [[] for _ in parts]
    if reach.streams is not None:
        return _within(words, reach, parts, after)
    if any(_meant(word) == [UNSAID] for word in words):
        return [[] for _ in parts]
    return [_everywhere(words, reach, part, after) for part in parts]


def _streams(rights: Sequence[Clause]) -> tuple[StreamId, ...] | None:
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
    return tuple(row[0] for row in found) if few else None


BEHIND = "number < (SELECT number FROM search_entry WHERE entry = %s)"
# The rights are looked at for one match after the other, the latest first, until enough are found.
READ = (
    "CROSS JOIN ledger_entry e CROSS JOIN ledger_stream s "
    "WHERE e.hash = x.entry AND s.id = e.stream AND {} ORDER BY {} DESC LIMIT %s"
)
# PostgreSQL works out a subquery with an offset by itself: no planner may join it to anything before.
APART = {"sqlite": "", "postgresql": " OFFSET 0"}


def _within(
    words: Collection[str], reach: Reach, parts: Sequence[Part], after: EntryId | None
) -> list[list[Entry]]:
    """Read through some streams, once for all parts; no planner may choose the index over everything here."""
    apart, (rights, values) = APART[connection.vendor], where(reach.rights)
    says, said = _says(words)
    wanted = [_of_part(part) for part in parts]
    flags = ", ".join(f"{sql} AS part_{at}" for at, (sql, _) in enumerate(wanted))
    branches = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {at} AS part, x.number, {STORED_COLUMNS} "
        f"FROM (SELECT number, entry FROM found WHERE part_{at} ORDER BY number DESC{apart}) x "
        f"{READ.format(rights, 'x.number')}) part_{at}"
        for at in range(len(parts))
    )
    asked: list[Value] = [value for _, flagged in wanted for value in flagged]
    asked += [*(reach.streams or ()), *said, *([after] if after else [])]
    for part in parts:
        asked += [*values, part.most]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED (SELECT number, entry, {flags} FROM (SELECT number, entry, words "
            f"FROM search_entry WHERE stream IN ({marks(len(reach.streams or ()))}){apart}) r "
            f"WHERE {says}{f' AND {BEHIND}' if after else ''}) {branches} ORDER BY part, number DESC",
            asked,
        )
        found = cursor.fetchall()
    return [[entry_of(Stored._make(row[2:])) for row in found if row[0] == at] for at in range(len(parts))]


def _says(words: Collection[str]) -> Condition:
    """That a text says all the words."""
    if connection.vendor == "postgresql":
        return "words @@ %s::tsquery", [
            " & ".join(f"'{each}'{':*' if begins(each) else ''}" for each in words)
        ]
    return (
        " AND ".join(["instr(words, %s) > 0"] * len(words)),
        [f" {each}{'' if begins(each) else ' '}" for each in words],
    )


def _of_part(part: Part) -> Condition:
    """That an entry is of a part."""
    tokens, no = [token_of(each) for each in part.kinds or part.but], "" if part.kinds else "NOT "
    if not tokens:
        return "1 = 1", []
    if connection.vendor == "postgresql":
        return f"{no}(words @@ %s::tsquery)", [" | ".join(map(_single, tokens))]
    said = " OR ".join(["instr(words, %s) > 0"] * len(tokens))
    return f"{no}({said})", [f" {each} " for each in tokens]


def _everywhere(words: Collection[str], reach: Reach, part: Part, after: EntryId | None) -> list[Entry]:
    """Ask the index over everything.

    Documents are few: PostgreSQL finds all that say the words by the index, since it cannot know how rarely
    they do and would walk through every entry for one. Of all else it walks through the latest.
    """
    groups = [*map(_meant, words), *([[token_of(each) for each in part.kinds]] if part.kinds else [])]
    rights, values = where(reach.rights)
    if part.but:
        rights, values = f"e.kind NOT IN ({marks(len(part.but))}) AND {rights}", [*part.but, *values]
    if connection.vendor == "postgresql":
        asked, number = " & ".join(f"({' | '.join(map(_single, group))})" for group in groups), "x.number"
        matches = f"SELECT number, entry FROM search_entry WHERE words @@ %s::tsquery{_behind('', after)}"
        if part.kinds:
            matches = f"SELECT number, entry FROM ({matches}{APART['postgresql']}) f ORDER BY number DESC"
        source = f"({matches}) x"
    else:
        asked, number = " AND ".join(f"({' OR '.join(map(_double, group))})" for group in groups), "w.rowid"
        source = "search_words w CROSS JOIN search_entry x"
        rights = f"w.search_words MATCH %s AND x.number = w.rowid{_behind('x.', after)} AND {rights}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {STORED_COLUMNS} FROM {source} {READ.format(rights, number)}",
            [asked, *([after] if after else []), *values, part.most],
        )
        return [entry_of(Stored._make(row)) for row in cursor.fetchall()]


def _behind(prefix: str, after: EntryId | None) -> str:
    return f" AND {prefix}{BEHIND}" if after else ""


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
