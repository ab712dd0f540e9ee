"""May this actor do this, to this thing, on this day? The one place that answers (spec 90, M1).

Rights are relations: they follow the reporting line of the day on which the request is made, never the day
that a question is about, so they end with the line at the next request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from datumline.domain.people.access_rules import Rule, rules_for
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb
from datumline.domain.people.limits import Limits
from datumline.domain.people.person import PersonId

OPERATOR = "operator"  # the author of what an operator writes who is not on file as a person
APART = frozenset({Relation.PEER_MANAGER, Relation.PANELIST, Relation.BREAK_GLASS})
OWN = frozenset({Relation.SELF, Relation.MEMBER, Relation.CANDIDATE, Relation.OPERATOR})


class Duty(StrEnum):
    """A duty in the organisation, recorded as the role of a position (`docs/rooms/access.md`)."""

    HR_PARTNER = "hr-partner"
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks.

    Attributes:
        person: their id; None for an operator who is not on file, and for a visitor.
        duties: what they are charged with, for shells to show; rights come from the records of the day.
        operator: whether they are alone on an own machine and so hold everything (law 11).
    """

    person: PersonId | None = None
    duties: frozenset[Duty] = frozenset()
    operator: bool = False

    @property
    def author(self) -> str:
        """Under which name this actor's entries are written. Empty for a visitor, who writes none."""
        return self.person or (OPERATOR if self.operator else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What is asked for.

    Attributes:
        noun: what it is.
        subject: whom it is about; None for what is the organisation's.
        author: who wrote it; for a thing about to be written, who is going to.
        recorded_on: the day on which it was written, if it has been.
        states: the conditions about the thing itself that hold for this actor, such as `issued` or `cited`.
        reads: what it was computed from. Only who may read all of that may do anything with it.
    """

    noun: Noun
    subject: PersonId | None = None
    author: str = ""
    recorded_on: date | None = None
    states: frozenset[Condition] = frozenset()
    reads: frozenset[Noun] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """How one actor stands to everybody on one day; `people.relations.relations_of` computes it.

    Attributes:
        to: what the actor is to each person to whom they are anything in particular.
        everyone: what the actor is to all persons.
        organisation: what the actor is to the organisation's own things.
        limits: how long rights last that end by themselves.
        began: since when each report's line goes to the actor.
    """

    to: Mapping[PersonId, frozenset[Relation]] = field(default_factory=dict)
    everyone: frozenset[Relation] = frozenset()
    organisation: frozenset[Relation] = frozenset()
    limits: Limits = field(default_factory=Limits)
    began: Mapping[PersonId, date] = field(default_factory=dict)

    def towards(self, subject: PersonId | None) -> frozenset[Relation]:
        """Every relation of the actor to the subject.

        A conflict takes a seat and break-glass away (M3). Towards the own record nobody is anything but
        themselves: neither a duty nor a seat nor standing in for somebody reaches it (M4).
        """
        if subject is None:
            return self.organisation
        held = self.everyone | self.to.get(subject, frozenset())
        held -= APART if Relation.CONFLICTED in held else frozenset()
        return held & OWN if Relation.SELF in held else held


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One right that was looked at, and the first of its conditions that did not hold, if any."""

    rule: Rule
    lacking: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether, and why: the rights that gave it, or those that were looked at and did not.

    `unreadable` names what the thing was computed from and the actor may not read.
    """

    allowed: bool
    reasons: tuple[Reason, ...] = ()
    unreadable: tuple[Noun, ...] = ()


def can(actor: Actor, verb: Verb, thing: Thing, relations: Relations, at: date) -> Permission:
    """May `actor` do `verb` to `thing` on the day `at`?

    `relations` are the actor's, computed for the same day.
    """
    held = relations.towards(thing.subject)
    reasons = tuple(
        Reason(rule=rule, lacking=_lacking(actor, rule, thing, relations, at))
        for rule in rules_for(thing.noun, verb)
        if rule.relation in held
    )
    granted = tuple(reason for reason in reasons if reason.lacking is None)
    if not granted:
        return Permission(allowed=False, reasons=reasons)
    hidden = _unreadable(actor, thing, relations, at)
    return Permission(allowed=not hidden, reasons=granted, unreadable=hidden)


def _unreadable(actor: Actor, thing: Thing, relations: Relations, at: date) -> tuple[Noun, ...]:
    parts: Iterable[Thing] = (
        replace(thing, noun=noun, reads=frozenset()) for noun in sorted(thing.reads - {thing.noun})
    )
    return tuple(part.noun for part in parts if not can(actor, Verb.READ, part, relations, at).allowed)


def _lacking(actor: Actor, rule: Rule, thing: Thing, relations: Relations, at: date) -> Condition | None:
    return next((c for c in rule.conditions if not _holds(c, actor, thing, relations, at)), None)


def _holds(condition: Condition, actor: Actor, thing: Thing, relations: Relations, at: date) -> bool:
    if condition is Condition.MINE:
        return bool(actor.author) and thing.author == actor.author
    if condition is Condition.NOT_MINE:
        return actor.author != thing.author and (actor.person is None or actor.person != thing.subject)
    if condition is Condition.SOURCED:
        return ":" in thing.author
    if condition in SINCE:
        first = first_day(condition, thing.subject, relations, at)
        return thing.recorded_on is None or thing.recorded_on >= first
    return condition in thing.states


SINCE = frozenset({Condition.FRESH, Condition.IN_LINE})


def first_day(condition: Condition, subject: PersonId | None, relations: Relations, at: date) -> date:
    """From which day on what was recorded about the subject meets a condition about days."""
    if condition is Condition.FRESH:
        return at - relations.limits.private_note
    return relations.began.get(subject or "", at)
