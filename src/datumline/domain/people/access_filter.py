"""The same rights as `access.can`, turned round: which entries may this actor read at all?

Lists ask the store with this filter instead of asking `can` row by row. Both are made from the one matrix,
and a test proves that they agree on every cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby

from datumline.domain.people.access import SINCE, Actor, Relations, first_day
from datumline.domain.people.access_matrix import AUDIENCES, SHARED_KINDS
from datumline.domain.people.access_rules import kinds_of, rules
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb
from datumline.domain.people.person import PersonId

ORGANISATION = "organisation"  # the audience of streams that are about nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Entries that one right lets the actor read; an entry is readable when some clause admits it.

    Attributes:
        audience: of the stream.
        subjects: whose; None for every person's. `but` takes persons out again.
        kinds: only these kinds, when not empty; `except_kinds`: all but these.
        author: only what this author wrote; `not_author`: only what others did. None: whoever.
        since: only what was recorded on this day or later.
        states: what must hold of the entry itself, such as `cited`; the ledger alone cannot tell.
    """

    audience: str
    subjects: frozenset[PersonId | None] | None = None
    but: frozenset[PersonId] = frozenset()
    kinds: frozenset[str] = frozenset()
    except_kinds: frozenset[str] = frozenset()
    author: str | None = None
    not_author: str | None = None
    since: date | None = None
    states: frozenset[Condition] = frozenset()

    def admits(self, row: Row) -> bool:
        """Whether this right lets the actor read that entry."""
        return (
            row.audience == self.audience
            and (row.subject is not None if self.subjects is None else row.subject in self.subjects)
            and row.subject not in self.but
            and (not self.kinds or row.kind in self.kinds)
            and row.kind not in self.except_kinds
            and (self.author is None or row.author == self.author)
            and (self.not_author is None or row.author != self.not_author)
            and (self.since is None or row.recorded_on >= self.since)
            and self.states <= row.states
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the filter looks at in an entry."""

    subject: PersonId | None
    audience: str
    kind: str
    author: str
    recorded_on: date
    states: frozenset[Condition] = frozenset()


def readable_streams(actor: Actor, relations: Relations, at: date) -> tuple[Clause, ...]:
    """The clauses that together admit exactly the entries that `actor` may read on the day `at`."""
    found: list[Clause] = []
    for rule in (each for each in rules() if each.verb is Verb.READ):
        for stream in _streams(rule.noun):
            clause = _whose(rule.relation, stream, relations)
            found += [] if clause is None else _under(rule.conditions, clause, actor, relations, at)
    return tuple(found)


def admits(clauses: tuple[Clause, ...], row: Row) -> bool:
    """Whether some clause lets the entry through."""
    return any(clause.admits(row) for clause in clauses)


@cache
def _streams(noun: Noun) -> tuple[Clause, ...]:
    """Where entries that are this noun lie; nothing for what the ledger does not hold."""
    found = [Clause(audience="shared", kinds=kinds_of(noun))] if kinds_of(noun) else []
    for audience in (each for each, name in AUDIENCES.items() if name == noun):
        others = frozenset(SHARED_KINDS) if audience == "shared" else frozenset()
        found.append(Clause(audience=audience, except_kinds=others))
    return tuple(found)


def _whose(relation: Relation, stream: Clause, relations: Relations) -> Clause | None:
    """The stream's clause for those to whom the actor has the relation; None when there are none."""
    if stream.audience == ORGANISATION:
        return replace(stream, subjects=frozenset({None})) if relation in relations.organisation else None
    holding = frozenset(each for each in relations.to if relation in relations.towards(each))
    if relation in relations.everyone:
        return replace(stream, but=frozenset(relations.to) - holding)
    return replace(stream, subjects=holding) if holding else None


def _under(
    conditions: tuple[Condition, ...], clause: Clause, actor: Actor, relations: Relations, at: date
) -> Iterator[Clause]:
    """The clause narrowed to where all conditions hold; none when one of them never can."""
    if Condition.MINE in conditions and not actor.author:
        return
    for condition in conditions:
        clause = _narrowed(clause, condition, actor)
    days = [condition for condition in conditions if condition in SINCE]
    yield from _dated(clause, days, relations, at) if days else (clause,)


def _dated(clause: Clause, days: list[Condition], relations: Relations, at: date) -> Iterator[Clause]:
    """The clause from the first day that meets the conditions, for each group of people who share it."""

    def first(subject: PersonId | None) -> date:
        return max(first_day(each, subject, relations, at) for each in days)

    if clause.subjects is None:
        yield replace(clause, since=first(None))
        return
    for since, subjects in groupby(
        sorted(clause.subjects, key=lambda each: (first(each), each or "")), first
    ):
        yield replace(clause, since=since, subjects=frozenset(subjects))


def _narrowed(clause: Clause, condition: Condition, actor: Actor) -> Clause:
    if condition is Condition.MINE:
        return replace(clause, author=actor.author)
    if condition is Condition.NOT_MINE:
        own = frozenset({actor.person} if actor.person else ())
        return replace(clause, not_author=actor.author, but=clause.but | own)
    if condition in SINCE:
        return clause
    return replace(clause, states=clause.states | {condition})
