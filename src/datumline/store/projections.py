"""What was worked out from the ledger, kept ready: read while it holds, worked out again when it does not.

A row is found under the person, what it is and how far its reader's rights reach. It holds for the very ends
of the streams that it was made from, under the pack and until the day that it names: any new entry makes it
stale, and so does time. It is a copy of what the ledger gives and never more: `differences` works every row
out again. An append that strikes something out removes all rows in its own transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import DatabaseError, connection

from datumline.domain.evidence.entry import Audience
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.people.reach import Reach
from datumline.domain.verdict import Json
from datumline.store.reading import HEAD_COLUMNS, Head, digest, head_of, streams_of
from datumline.store.sql import marks

KEY = ("subject", "what", "reach")
COLUMNS = (*KEY, "pack", "heads", "as_of", "holds_until", "body")
TOGETHER = 50  # documents in one statement
A_MOMENT = 200  # milliseconds that storing a copy waits for another writer: nobody's page should wait longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is worked out: something about a person, from as much of their streams as `reach` says.

    `pack` names the policy; private streams belong to one author and are in nobody's reach.
    """

    what: str
    subject: PersonId
    reach: Reach
    pack: str
    as_of: date


Computed = tuple[Json, date | None]  # the document, and the first day on which time alone changes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """How far everything has come that a document is worked out from: streams, and `frame` for all else."""

    heads: tuple[Head, ...]
    frame: str = ""

    @property
    def name(self) -> str:
        """One name for all of it."""
        return sha256(f"{digest(self.heads)} {self.frame}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How something is worked out.

    Attributes:
        ends: how far all that it is worked out from has come by now.
        compute: the document.
    """

    ends: Callable[[Question], Ends]
    compute: Callable[[Question], Computed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A row: the document as text, and what it holds for."""

    pack: str
    heads: str
    as_of: str
    holds_until: str | None
    body: str

    def holds(self, *, pack: str, heads: str, on: str) -> bool:
        """Whether this is what the ledger gives under that pack, from those heads, on that day."""
        return (
            self.heads == heads
            and self.pack == pack
            and self.as_of <= on
            and (self.holds_until is None or on < self.holds_until)
        )


def cached(question: Question, making: Making) -> Json:
    """The answer, from what is kept if that still holds. A database that cannot be written is read only."""
    now = making.ends(question)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(COLUMNS[len(KEY) :])} FROM projection "
            "WHERE subject = %s AND what = %s AND reach = %s",
            _key(question),
        )
        row = cursor.fetchone()
    found = None if row is None else _kept(row)
    if found and found.holds(pack=question.pack, heads=now.name, on=question.as_of.isoformat()):
        document: Json = json.loads(found.body)
        return document
    computed = making.compute(question)
    keep([(question, now, computed)])
    return computed[0]


def ends_and_kept(
    *,
    subjects: Collection[PersonId] | None,
    audiences: Collection[Audience],
    what: str,
    reaches: Collection[Reach],
) -> tuple[list[Head], dict[tuple[PersonId, str], Kept]]:
    """The ends of these streams, and what is kept of their subjects, by subject and `reach_name`."""
    named = sorted(map(reach_name, reaches))
    condition, values = streams_of(subjects, audiences)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {HEAD_COLUMNS}, p.reach, {', '.join(f'p.{each}' for each in COLUMNS[len(KEY) :])} "
            "FROM ledger_stream s JOIN ledger_head h ON h.stream = s.id LEFT JOIN projection p "
            "ON p.subject = s.subject AND s.audience = 'shared' AND p.what = %s "
            f"AND p.reach IN ({marks(len(named))}) WHERE {condition}",
            [what, *named, *values],
        )
        told = cursor.fetchall()
    width = HEAD_COLUMNS.count(",") + 1
    found = {row[0]: head_of(row[:width]) for row in told}
    return list(found.values()), {
        (row[1], row[width]): _kept(row[width + 1 :]) for row in told if row[width] is not None
    }


def kept_heads(what: str) -> dict[tuple[PersonId, str], Kept]:
    """What every row of this kind holds for, without its document."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject, reach, pack, heads, as_of, holds_until, '' FROM projection WHERE what = %s",
            [what],
        )
        return {(row[0], row[1]): _kept(row[2:]) for row in cursor.fetchall()}


def keep(computed: Sequence[tuple[Question, Ends, Computed]]) -> None:
    """Store documents under the ends that were read before they were worked out. Nobody waits for it.

    Where a stream has gone on meanwhile nothing is stored: what was read may have been struck out since.
    """
    try:
        with _at_once():
            for at in range(0, len(computed), TOGETHER):
                _store(computed[at : at + TOGETHER])
    except DatabaseError:
        if connection.in_atomic_block:
            raise


def _store(computed: Sequence[tuple[Question, Ends, Computed]]) -> None:
    """One statement, so that the streams are looked at and the rows written at one moment."""
    new = [(_row(question, ends.name, made), ends) for question, ends, made in computed]
    new.sort(key=lambda each: each[0][: len(KEY)])  # writers of the same rows meet in one order
    seen = [(n, head.stream, head.hash) for n, (_, ends) in enumerate(new) for head in ends.heads]
    listed = ", ".join([f"(%s, {marks(len(COLUMNS))})"] * len(new))
    names, held = ", ".join(COLUMNS), "FOR SHARE" if connection.vendor == "postgresql" else ""
    replaced = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[len(KEY) :])
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH new (n, {names}) AS (VALUES {listed}), "
            f"seen (n, stream, hash) AS (VALUES {', '.join(['(%s, %s, %s)'] * len(seen))}), "
            f"now AS (SELECT stream, hash FROM ledger_head WHERE stream IN (SELECT stream FROM seen) {held}) "
            f"INSERT INTO projection ({names}) SELECT {names} FROM new WHERE NOT EXISTS ("
            "SELECT 1 FROM seen LEFT JOIN now ON now.stream = seen.stream AND now.hash = seen.hash "
            "WHERE seen.n = new.n AND now.stream IS NULL) "
            f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {replaced}",
            [
                *(value for n, (row, _) in enumerate(new) for value in (n, *row)),
                *(value for row in seen for value in row),
            ],
        )


@contextmanager
def _at_once() -> Iterator[None]:
    """SQLite's own patience with other writers, cut short for as long as the block lasts."""
    connection.ensure_connection()
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    plain = connection.connection
    (usual,) = plain.execute("PRAGMA busy_timeout").fetchone()
    plain.execute(f"PRAGMA busy_timeout = {A_MOMENT}")
    try:
        yield
    finally:
        plain.execute(f"PRAGMA busy_timeout = {usual}")


def reach_name(reach: Reach) -> str:
    """A reach as the table has it."""
    return " ".join(sorted(noun.value for noun in reach))


def reach_named(name: str) -> Reach:
    """The reach that a row names. Raises ValueError for a word that is none."""
    return frozenset(Noun(each) for each in name.split())


def _key(question: Question) -> list[str]:
    return [question.subject, question.what, reach_name(question.reach)]


def _kept(row: Sequence[str]) -> Kept:
    pack, heads, as_of, holds_until, body = row
    return Kept(pack=pack, heads=heads, as_of=as_of, holds_until=holds_until, body=body)


def _row(question: Question, heads: str, computed: Computed) -> tuple[str | None, ...]:
    until = None if computed[1] is None else computed[1].isoformat()
    return (*_key(question), question.pack, heads, question.as_of.isoformat(), until, _text(computed[0]))


def _text(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def differences(making: Mapping[str, Making]) -> Iterator[tuple[str, str]]:
    """The subject and the name of each row that working it out again does not give.

    `making` says how each kind is worked out. A row that is stale, or of a kind that is not among them, is
    never shown.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM projection ORDER BY as_of, subject, what")
        stored = cursor.fetchall()
    for row in stored:
        said = dict(zip(COLUMNS, row, strict=True))
        if said["what"] in making and not _same(said, making[said["what"]]):
            yield said["subject"], said["what"]


def _same(said: Mapping[str, str], making: Making) -> bool:
    try:
        question = Question(
            what=said["what"],
            subject=said["subject"],
            reach=reach_named(said["reach"]),
            pack=said["pack"],
            as_of=date.fromisoformat(said["as_of"]),
        )
        if making.ends(question).name != said["heads"]:
            return True
        document, until = making.compute(question)
        return (None if until is None else until.isoformat(), _text(document)) == (
            said["holds_until"],
            said["body"],
        )
    except (ValueError, KeyError, TypeError):
        return False
