"""Verdicts and figures kept ready: read if they still hold, else computed and kept.

What is kept is keyed by the streams' heads, so that any new entry makes it stale, and by `holds_until`,
so that time does too. It is a copy of what the ledger gives and never more: `differences` computes every row
again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection

from datumline.domain.evidence.canonical import canonical
from datumline.domain.evidence.entry import Audience
from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Json
from datumline.store.reading import digest, heads
from datumline.store.sql import marks

COLUMNS = "subject, audiences, what, pack, heads, as_of, holds_until, body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is computed: something about a person, from some of their streams, under one pack.

    `pack` is its name and version; private streams belong to one author and are never kept ready.
    """

    what: str
    subject: PersonId
    audiences: frozenset[Audience]
    pack: str
    as_of: date


Computed = tuple[Json, date | None]  # the document, and the first day on which time alone changes it
Compute = Callable[[Question], Computed]

_COMPUTE: dict[str, Compute] = {}


def keep_ready(what: str, compute: Compute) -> None:
    """Name how something is computed; the room that asks for it does so once, when it is imported."""
    _COMPUTE[what] = compute


def cached(question: Question) -> Json:
    """The answer, from what is kept if that still holds. A database that cannot be written is read only."""
    if Audience.PRIVATE in question.audiences:
        return _COMPUTE[question.what](question)[0]
    now = digest(heads(subjects=[question.subject], audiences=question.audiences))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT heads, as_of, holds_until, body FROM projection "
            "WHERE subject = %s AND audiences = %s AND what = %s AND pack = %s",
            _key(question),
        )
        row = cursor.fetchone()
    if row is not None and row[0] == now and _holds(row[1], row[2], question.as_of):
        kept: Json = json.loads(row[3])
        return kept
    return _compute_and_keep(question, now)


def _holds(computed_on: str, holds_until: str | None, as_of: date) -> bool:
    return computed_on <= as_of.isoformat() and (holds_until is None or as_of.isoformat() < holds_until)


def _key(question: Question) -> list[str]:
    return [question.subject, _names(question.audiences), question.what, question.pack]


def _names(audiences: Collection[Audience]) -> str:
    return " ".join(sorted(audience.value for audience in audiences))


def _compute_and_keep(question: Question, now: str) -> Json:
    document, holds_until = _COMPUTE[question.what](question)
    until = None if holds_until is None else holds_until.isoformat()
    row = [*_key(question), now, question.as_of.isoformat(), until, canonical(document)]
    kept = ", ".join(f"{name} = excluded.{name}" for name in ("heads", "as_of", "holds_until", "body"))
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO projection ({COLUMNS}) VALUES ({marks(len(row))}) "
                f"ON CONFLICT (subject, audiences, what, pack) DO UPDATE SET {kept}",
                row,
            )
    except DatabaseError:
        if connection.in_atomic_block:
            raise
    return document


def differences() -> Iterator[tuple[str, str]]:
    """The subject and the name of each row that a recomputation does not give; stale rows are never shown."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM projection ORDER BY subject, what")
        rows = cursor.fetchall()
    for subject, audiences, what, pack, at_heads, as_of, *kept in rows:
        try:
            question = Question(
                what=what,
                subject=subject,
                audiences=frozenset(Audience(name) for name in audiences.split()),
                pack=pack,
                as_of=date.fromisoformat(as_of),
            )
            same = _is_stale(question, at_heads) or _again(question) == kept
        except (ValueError, KeyError, TypeError):
            same = False
        if not same:
            yield subject, what


def _is_stale(question: Question, at_heads: str) -> bool:
    return digest(heads(subjects=[question.subject], audiences=question.audiences)) != at_heads


def _again(question: Question) -> list[str | None]:
    document, until = _COMPUTE[question.what](question)
    return [None if until is None else until.isoformat(), canonical(document)]
