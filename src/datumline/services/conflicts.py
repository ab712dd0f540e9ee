"""Conflicts of interest, declared by the person: in the own record, for the line and HR to see."""

from __future__ import annotations

from datumline.domain.evidence.body import REASON
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.conflicts import Declared, Why
from datumline.domain.people.nearness import Nearness, nearness
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.services.access import absent
from datumline.services.ledger import append
from datumline.services.people import find_person
from datumline.services.policy import active_policy
from datumline.services.visit import Visit


def known(asked: Visit) -> tuple[Declared, ...]:
    """Every conflict that the one who asks may know of, their own first, then by name."""
    seen = (each for each in asked.gate.records.conflicts if asked.sees(each.person, Noun.CONFLICT))
    return tuple(
        sorted(seen, key=lambda each: (each.person != asked.me, asked.name_of(each.person), each.entry))
    )


def declare(asked: Visit, *, other: str, why: Why, key: str) -> Receipt:
    """Say that one is too near to somebody to judge their case. Raises Problem."""
    me = _me(asked)
    try:
        found = find_person(asked.context, other)
    except Problem as problem:
        raise Problem(problem.what, where="other", expected=problem.expected) from problem
    if found.id == me:
        raise Problem("everybody is near to themselves", where="other", expected="somebody else")
    draft = Draft(
        kind=Kind.CONFLICT,
        author=asked.context.actor.author,
        subject=me,
        occurred_on=asked.context.today,
        key=key,
        amounts={"with": found.id, "why": why.value},
    )
    return append(asked.context, [draft])[0]


def withdraw(asked: Visit, conflict: EntryId, *, key: str) -> Receipt:
    """Take back what one declared oneself. Raises Problem."""
    me = _me(asked)
    if all((each.entry, each.person) != (conflict, me) for each in asked.gate.records.conflicts):
        raise absent("such conflict")
    draft = Draft(
        kind=Kind.RETRACTION,
        author=asked.context.actor.author,
        subject=me,
        occurred_on=asked.context.today,
        ref=conflict,
        key=key,
        amounts={REASON: f"ended on {asked.context.today}"},
    )
    return append(asked.context, [draft])[0]


def _me(asked: Visit) -> PersonId:
    me = asked.me
    if me is None or not asked.gate.allows(Verb.WRITE, Noun.CONFLICT, me):
        raise absent("such page")
    return me


def near(asked: Visit, person: PersonId, subject: PersonId) -> Nearness:
    """What stands between somebody and the case of another today, for whoever runs a session to see."""
    months = former_report_months(asked)
    return nearness(person, subject, asked.gate.records, asked.context.at(), months=months)


def former_report_months(asked: Visit) -> int:
    """For how many months whoever reported to somebody counts as near to them."""
    return active_policy(asked.context).whole("access.conflict_former_report", asked.context.today)
